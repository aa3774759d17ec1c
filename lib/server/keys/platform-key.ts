import type pg from 'pg'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { NamedKey } from './key-ring.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'

/**
 * Makes sure, until the transaction ends, that what is stored is under the last of these platform
 * keys: records made under another would match nobody. The first to store anything sets it. Throws
 * `keys-behind` when the keys in hand are not those of the store, as while a rotation is half done.
 */
export async function demandCurrentKeys(
  client: pg.ClientBase,
  dataset: Dataset,
  platform: readonly NamedKey[],
): Promise<void> {
  const check = platform.at(-1)?.check ?? null
  // First: two first loads at once would each wait for the other, had both locked the row before.
  await inPrisma(client, (prisma) =>
    prisma.linkageState.updateMany({
      where: { dataset, platformKeyCheck: null },
      data: { platformKeyCheck: check },
    }),
  )
  const [held] = await run(client, 'keys/hold-platform-key', [dataset])
  const reached = held?.check ?? null
  if (reached !== check) {
    throw new Fault('keys-behind', { reached: reached ?? 'none', inHand: check ?? 'none' })
  }
}
