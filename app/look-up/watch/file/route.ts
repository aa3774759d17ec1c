import { writeLookUps } from '#server/look-up/watching/list-look-ups.ts'
import { answerNoFile } from '../../../guards/refused.ts'
import { openRequest } from '../../../guards/request-context.ts'
import { readSignedIn } from '../../../guards/require-actor.ts'
import { filterIn, watchOf } from '../watch-context.ts'

/** Look-ups as CSV; writing it is an entry. */
export async function GET(request: Request): Promise<Response> {
  const signedIn = await readSignedIn()
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const body =
    signedIn === undefined
      ? undefined
      : await writeLookUps(watchOf(await openRequest()), signedIn.actor, filterIn(query))
  if (body === undefined) return answerNoFile()
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="look-ups.csv"',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}
