import type { Actor } from '#server/identity/actors/actor.ts'
import type { AccessLetter } from '#server/linkage/rights/access-letter.ts'
import { isForgotten, readRightsRequest } from '#server/linkage/rights/handle-requests.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { openRequest } from '../guards/request-context.ts'

/** Has a worker make the letter of a request, sealed to the session that asks. */
export async function readLetter(
  actor: Actor,
  reference: string,
): Promise<AccessLetter | Refusal<'not-found' | 'rights-forgotten' | 'file-waits'>> {
  const { portal, accounts } = await openRequest()
  const view = await readRightsRequest(accounts, actor, reference)
  if (!view.ok) return view
  if (view.request.kind !== 'access' || view.request.state !== 'done') return refuse('not-found')
  if (isForgotten(view)) return refuse('rights-forgotten')
  const { asker } = await openActorStore(portal, actor)
  return asker.ask<AccessLetter | Refusal<'not-found' | 'rights-forgotten'>>('access-letter', {
    reference,
  })
}
