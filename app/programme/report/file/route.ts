import { readReport, writeReportCsv } from '#server/portal/screens/report/read-report.ts'
import { answerNoFile } from '../../../guards/refused.ts'
import { readSignedIn } from '../../../guards/require-actor.ts'
import { openRegister } from '../../register/read-choices.ts'

/** The report of a quarter as CSV. */
export async function GET(request: Request): Promise<Response> {
  const signedIn = await readSignedIn()
  const quarter = new URL(request.url).searchParams.get('quarter') ?? ''
  const read =
    signedIn === undefined
      ? undefined
      : await readReport(await openRegister(), signedIn.actor, quarter)
  if (read?.ok !== true) return answerNoFile()
  return new Response(writeReportCsv(read), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="report-${read.quarter}.csv"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}
