import type { Programme } from '#server/programme/register/read-programme.ts'
import type { Database } from '#server/platform/db/database.ts'
import { runForRow } from '#server/platform/db/run.ts'
import type { KeyPlace } from './key-places.ts'
import { openKeys, type Keys } from './keys.ts'

/**
 * The keys of a process that lives long, as they are now: opened when first asked for, and again
 * after each rotation that the database knows of. While no key is rotated, asking costs one short
 * query and no walk to the vault.
 */
export function openCurrentKeys(
  place: KeyPlace & Pick<Programme, 'live' | 'purpose'>,
  database: Database,
): () => Promise<Keys> {
  let held: { readonly keys: Keys; readonly rotations: string | null } | undefined
  return async () => {
    // Asked before the keys are read: a rotation in between is then seen the next time.
    const { rotations } = await runForRow(database, 'keys/read-rotations', [])
    if (held?.rotations !== rotations) held = { keys: await openKeys(place), rotations }
    return held.keys
  }
}
