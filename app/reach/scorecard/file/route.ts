import { readOrder } from '#core/measures/scorecard.ts'
import {
  writeScorecardCsv,
  writeScorecardWorkbook,
} from '#server/figures/measures/scorecard-files.ts'
import { answerNoFile } from '../../../guards/refused.ts'
import { readSignedIn } from '../../../guards/require-actor.ts'
import { readScorecard } from '../read-scorecard.ts'

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** A scorecard as CSV or as a workbook; the look is audited as that of its page. */
export async function GET(request: Request): Promise<Response> {
  const signedIn = await readSignedIn()
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const form = query['form'] === 'xlsx' ? 'xlsx' : 'csv'
  const read =
    signedIn === undefined
      ? undefined
      : await readScorecard(signedIn.actor, query, readOrder(query['order'] ?? ''))
  if (read === undefined) return answerNoFile()
  const body =
    form === 'xlsx' ? new Uint8Array(writeScorecardWorkbook(read)) : writeScorecardCsv(read)
  return new Response(body, {
    headers: {
      'Content-Type': TYPES[form],
      'Content-Disposition': `attachment; filename="scorecard-${read.quarter}.${form}"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}
