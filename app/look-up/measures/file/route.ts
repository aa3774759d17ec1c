import { writeMeasures } from '#server/look-up/watching/measures.ts'
import { answerNoFile } from '../../../guards/refused.ts'
import { readSignedIn } from '../../../guards/require-actor.ts'
import { readMeasures } from '../read-measures.ts'

/** How look-ups were used, as CSV. */
export async function GET(request: Request): Promise<Response> {
  const signedIn = await readSignedIn()
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const measures = signedIn === undefined ? undefined : await readMeasures(signedIn.actor, query)
  if (measures === undefined) return answerNoFile()
  return new Response(writeMeasures(measures), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="look-ups-${measures.from}-${measures.to}.csv"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}
