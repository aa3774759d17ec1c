import { PAGE_POLICY } from '#server/figures/publishing/page-policy.ts'
import { readReportFile } from '#server/figures/reports/report-file.ts'
import { answerNoFile } from '../../../../guards/refused.ts'
import { openRequest } from '../../../../guards/request-context.ts'
import { readSignedIn } from '../../../../guards/require-actor.ts'

/** The quarterly report of a release: to be read and printed, or as a file. */
export async function GET(
  request: Request,
  { params }: { readonly params: Promise<{ release: string; form: string }> },
): Promise<Response> {
  const signedIn = await readSignedIn()
  const { portal, accounts } = await openRequest()
  const { release, form } = await params
  const isDraft = new URL(request.url).searchParams.get('words') === 'draft'
  const file =
    signedIn === undefined
      ? undefined
      : await readReportFile({ ...accounts, releases: portal.releases }, signedIn.actor, {
          ...{ release, form, isDraft },
        })
  if (file?.ok !== true) return answerNoFile()
  const { type, body, name } = file
  return new Response(body, {
    headers: {
      'Content-Type': type,
      'Content-Security-Policy': PAGE_POLICY,
      ...(name === undefined ? {} : { 'Content-Disposition': `attachment; filename="${name}"` }),
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}
