import type { Portal } from './portal.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { ProgrammeStore } from '#server/store/store.ts'

/**
 * The store as one actor of the portal reaches it: the database under row-level security, and the
 * files that are held. What writes records, links or figures is refused by the database; workers do
 * that.
 */
export async function openActorStore(
  { settings, accounts, programme, keys, files }: Portal,
  actor: Actor,
): Promise<ProgrammeStore> {
  return {
    dataDir: settings.dataDir,
    env: process.env,
    database: forActor(accounts.pool, actor),
    programme,
    keys: await keys(),
    files: await files(),
  }
}
