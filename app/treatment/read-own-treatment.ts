import type { Actor } from '#server/identity/actors/actor.ts'
import { readTreatment, type FileTreatment } from '#server/intake/held-files/file-treatment.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { openRequest } from '../guards/request-context.ts'

/** What is done to a service's file, as far as an actor reaches it. */
export async function readOwnTreatment(
  actor: Actor,
  service: string,
): Promise<FileTreatment | Refusal<'not-found'>> {
  const { portal } = await openRequest()
  return readTreatment(await openActorStore(portal, actor), actor, service)
}
