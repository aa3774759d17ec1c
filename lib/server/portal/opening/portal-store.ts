import type { Portal } from './portal.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { askWorkers } from '#server/store/ask-workers.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'

/**
 * The store as one actor of the portal reaches it: the database under row-level security, the files
 * that are held, sealed, and the workers, who are asked in the name of the session that `ticket`
 * opens. What writes records, links or figures is refused by the database; workers do that.
 */
export async function openActorStore(
  portal: Portal & { readonly ticket?: string | undefined },
  actor: Actor,
): Promise<PortalStore> {
  const { accounts, programme, secrets, files, blobs, ticket } = portal
  const database = forActor(accounts.pool, actor)
  return {
    ...{ database, programme, secrets },
    files: await files(),
    asker: askWorkers({ database, secrets, blobs, ticket }),
  }
}
