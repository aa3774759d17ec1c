import { lookAtReportCsv } from '#server/linkage/relinking/look-at-report.ts'
import { openRequest } from '../../../guards/request-context.ts'
import { readSignedIn } from '../../../guards/require-actor.ts'
import { answerNoFile } from '../../../guards/refused.ts'

/** What would change, as CSV with everybody who would join or part: a file to be kept, never a page. */
export async function GET(request: Request): Promise<Response> {
  const signedIn = await readSignedIn()
  const { portal } = await openRequest()
  const act = new URL(request.url).searchParams.get('report') ?? ''
  const read =
    signedIn === undefined ? undefined : await lookAtReportCsv(portal.looks, signedIn.actor, act)
  if (read?.ok !== true) return answerNoFile()
  return new Response(read.csv, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="linkage-report-${act}.csv"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}
