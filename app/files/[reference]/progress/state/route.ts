import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { findJourney } from '#server/intake/journey/read-journey.ts'
import { openRequest } from '../../../../guards/request-context.ts'
import { readSignedIn } from '../../../../guards/require-actor.ts'
import { progressWords } from '../../../progress-words.ts'
import { answerNotFound } from '../../../../guards/refused.ts'

/** How far a check or a submission is, for the page that watches it. */
export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ reference: string }> },
): Promise<Response> {
  const { reference } = await params
  const signedIn = await readSignedIn()
  if (signedIn === undefined) return new Response('Sign in first.\n', { status: 401 })
  const { portal } = await openRequest()
  const store = await openActorStore(portal, signedIn.actor)
  const journey = await findJourney(store, signedIn.actor, reference)
  if (journey === undefined) return answerNotFound()
  return Response.json(progressWords(journey), { headers: { 'cache-control': 'no-store' } })
}
