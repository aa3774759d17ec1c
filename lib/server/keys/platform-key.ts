import type pg from 'pg'
import { Fault } from '#server/platform/faults/fault.ts'
import type { NamedKey } from './key-ring.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'

/**
 * Makes sure, until the transaction ends, that what is stored is under the last of these platform keys: records made
 * under another would match nobody. The first to store anything sets it. Throws `keys-behind` when the keys in hand are
 * not those of the store, as while a rotation is half done.
 */
export async function demandCurrentKeys(
  client: pg.ClientBase,
  dataset: Dataset,
  platform: readonly NamedKey[],
): Promise<void> {
  const check = platform.at(-1)?.check ?? null
  // First: two first loads at once would each wait for the other, had both locked the row before.
  await client.query(
    'update linkage_state set platform_key_check = $2 where dataset = $1 and platform_key_check is null',
    [dataset, check],
  )
  // A rotation waits for this lock and linking does not, which only counts up the version.
  const { rows } = await client.query<{ check: string | null }>(
    'select platform_key_check as check from linkage_state where dataset = $1 for key share',
    [dataset],
  )
  const reached = rows[0]?.check ?? null
  if (reached !== check) {
    throw new Fault('keys-behind', { reached: reached ?? 'none', inHand: check ?? 'none' })
  }
}
