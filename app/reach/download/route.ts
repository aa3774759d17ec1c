import { lookAtReleaseCsv } from '#server/figures/releases/look-at-releases.ts'
import { openRequest } from '../../guards/request-context.ts'
import { readSignedIn } from '../../guards/require-actor.ts'
import { answerNotFound } from '../../guards/refused.ts'

/** The figures of a release as CSV: a file to be kept, never a page. */
export async function GET(request: Request): Promise<Response> {
  const signedIn = await readSignedIn()
  const { portal, accounts } = await openRequest()
  const reference = new URL(request.url).searchParams.get('release') ?? ''
  const read =
    signedIn === undefined
      ? undefined
      : await lookAtReleaseCsv(
          { releases: portal.releases, pool: accounts.pool },
          signedIn.actor,
          reference,
        )
  if (read?.ok !== true) return answerNotFound('Not found\n', { headers: PLAIN })
  return new Response(read.csv, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${read.reference}.csv"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}

const PLAIN = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
