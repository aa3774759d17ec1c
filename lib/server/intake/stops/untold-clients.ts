import type pg from 'pg'
import { openStopKey } from '#server/keys/stop-key.ts'
import { run } from '#server/platform/db/run.ts'
import { PSEUDONYM_NAMES } from '#server/store/record-columns.ts'
import {
  openClients,
  openDigests,
  sealColumns,
  sealDigests,
  sealPseudonym,
} from './sealed-marks.ts'
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
  /** What tells the person: the NHS number, the name with birth, and all of it as an array of PostgreSQL. */
  readonly nhs: readonly (string | null)[]
  readonly nameBirths: readonly (string | null)[]
  readonly tells: readonly string[]
}

/**
 * Remembers the clients of rows that are about to be taken out untold, in the caller's transaction:
 * their pseudonyms and digests, sealed, for as long as the records of the file are kept.
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
  const digests = described.map(({ says, whole }) => sealDigests(key, says, whole))
  await run(client, 'rights/keep-untold', [
    id,
    described.map(({ epoch }) => epoch),
    described.map((each) => sealPseudonym(key, each.client)),
    digests.map(([says]) => says),
    digests.map(([, whole]) => whole),
    store.keys.platform.length,
    described.map(({ telling }) => sealColumns(key, telling)),
  ])
}

/** Who was taken out untold of the files that a submission is compared with. */
export async function readUntold(
  client: pg.ClientBase,
  store: StopStore,
  submission: string,
): Promise<UntoldClients> {
  const kept = await run(client, 'rights/list-untold', [submission])
  if (kept.length === 0) return NOBODY
  const key = await openStopKey(store)
  const clients = openClients(key, store.keys.platform, kept)
  const digests = kept.map(({ says, whole }) => openDigests(key, says, whole))
  return {
    submissions: kept.map((each) => each.submission),
    epochs: kept.map(({ epoch }) => epoch),
    clients: clients.map((each) => each.client),
    says: digests.map(([says]) => says),
    wholes: digests.map(([, whole]) => whole),
    nhs: clients.map(({ telling }) => telling.nhsNumber),
    nameBirths: clients.map(({ telling }) => telling.nameBirth),
    tells: clients.map(({ telling }) => `{${Object.values(telling).filter(isGiven).join()}}`),
  }
}

function isGiven(value: string | null): boolean {
  return value !== null
}

const NOBODY: UntoldClients = {
  ...{ submissions: [], epochs: [], clients: [], says: [], wholes: [] },
  ...{ nhs: [], nameBirths: [], tells: [] },
}
