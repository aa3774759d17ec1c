import type pg from 'pg'
import { openStopKey } from '#server/keys/stop-key.ts'
import { run } from '#server/platform/db/run.ts'
import { PSEUDONYM_NAMES } from '#server/store/record-columns.ts'
import { openClients, sealPseudonym } from './sealed-marks.ts'
import type { RowPlace, StoppedFile, StopStore } from './stopped-file.ts'

/**
 * Clients who were taken out of a file and of whom its provider is told nothing, as its next files are
 * compared with them: lists in one order.
 */
export interface UntoldClients {
  readonly submissions: readonly string[]
  readonly epochs: readonly number[]
  /** Their pseudonyms under the last platform key. */
  readonly clients: readonly string[]
  /** Digests of what tells the person, and of all that the rows say. */
  readonly says: readonly string[]
  readonly wholes: readonly string[]
}

/**
 * Remembers the clients of rows that are about to be taken out untold, in the caller's transaction:
 * their sealed pseudonym and digests, for as long as the records of the file are kept.
 */
export async function keepUntold(
  client: pg.ClientBase,
  store: StopStore,
  { id, dataset }: StoppedFile,
  places: readonly RowPlace[],
): Promise<void> {
  if (places.length === 0) return
  const described = await run(
    client,
    'rights/describe-clients',
    [id, places.map(({ row }) => row), places.map(({ role }) => role)],
    { dataset, ...PSEUDONYM_NAMES },
  )
  const key = await openStopKey(store)
  await run(client, 'rights/keep-untold', [
    id,
    described.map(({ epoch }) => epoch),
    described.map((each) => sealPseudonym(key, each.client)),
    described.map(({ says }) => says),
    described.map(({ whole }) => whole),
    store.keys.platform.length,
  ])
}

/** Who was taken out untold of the files that a submission is compared with. */
export async function readUntold(
  client: pg.ClientBase,
  store: StopStore,
  submission: string,
): Promise<UntoldClients> {
  const kept = await run(client, 'rights/list-untold', [submission])
  return {
    submissions: kept.map((each) => each.submission),
    epochs: kept.map(({ epoch }) => epoch),
    clients:
      kept.length === 0 ? [] : openClients(await openStopKey(store), store.keys.platform, kept),
    says: kept.map(({ says }) => says),
    wholes: kept.map(({ whole }) => whole),
  }
}
