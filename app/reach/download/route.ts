import { lookAtReleaseFile, RELEASE_FORMS } from '#server/figures/releases/look-at-releases.ts'
import { openRequest } from '../../guards/request-context.ts'
import { readSignedIn } from '../../guards/require-actor.ts'
import { answerNoFile } from '../../guards/refused.ts'

/** The figures of a release as CSV or signed: a file to be kept, never a page. */
export async function GET(request: Request): Promise<Response> {
  const signedIn = await readSignedIn()
  const { portal, accounts } = await openRequest()
  const { searchParams } = new URL(request.url)
  const reference = searchParams.get('release') ?? ''
  const form = RELEASE_FORMS.find((known) => known === (searchParams.get('form') ?? 'csv'))
  const read =
    signedIn === undefined || form === undefined
      ? undefined
      : await lookAtReleaseFile(
          { releases: portal.releases, pool: accounts.pool },
          signedIn.actor,
          { reference, form },
        )
  if (read?.ok !== true) return answerNoFile()
  return new Response(read.text, {
    headers: {
      'Content-Type': form === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
      'Content-Disposition': `attachment; filename="${read.name}"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}
