import { cp, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openProgrammeStore, type OwnProgrammeStore } from '#server/store/store.ts'
import { LONGEST_HELD } from '#server/platform/storage/file-store.ts'
import { sweepFiles } from '#server/intake/submissions/sweep-files.ts'
import { countonce, type Ended } from '../../../bin/command-line.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'
import { makeSmallProgramme, removeFolder } from './small-programme.ts'

/** Stores that are prepared once and copied for each crash. */

/** A store at rest: a database and a data folder that nobody has open. */
export interface Prepared {
  readonly database: TestDatabase
  readonly dataDir: string
}

/** Makes a store and fills it; it is closed afterwards. */
export async function prepareStore(
  fill: (store: OwnProgrammeStore) => Promise<void>,
): Promise<Prepared> {
  const database = await createTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  const place = { dataDir, env: { DATABASE_URL: database.url } }
  await makeSmallProgramme(place)
  await opened({ database, dataDir }, fill)
  return { database, dataDir }
}

/** A copy of a prepared store, of which nothing is shared. */
export async function copyStore(of: Prepared): Promise<Prepared> {
  const dataDir = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  await cp(of.dataDir, dataDir, { recursive: true })
  return { database: await createTestDatabase({ copyOf: of.database }), dataDir }
}

/** Removes a store with its folder. */
export async function removeStore({ database, dataDir }: Prepared): Promise<void> {
  await database.drop()
  await removeFolder(dataDir)
}

/** Opens a store, works on it, and closes it. */
export async function opened<T>(
  { database, dataDir }: Prepared,
  work: (store: OwnProgrammeStore) => Promise<T>,
): Promise<T> {
  const store = await openProgrammeStore({ dataDir, env: { DATABASE_URL: database.url } })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Runs a command on a store, dying at the fault point when one is given. */
export async function runOn(
  { database, dataDir }: Prepared,
  args: readonly string[],
  killAt?: number,
): Promise<Ended> {
  return countonce(['--data', dataDir, ...args], {
    DATABASE_URL: database.url,
    ...(killAt === undefined ? {} : { COUNTONCE_KILL_AT: String(killAt) }),
  })
}

/** Writes a file beside a prepared store, to be named on the command line. */
export async function writeBeside(
  dataDir: string,
  name: string,
  bytes: Uint8Array,
): Promise<string> {
  const path = join(dataDir, name)
  await writeFile(path, bytes)
  return path
}

/** What the hourly sweep leaves a day later. */
export async function sweepTomorrow(store: OwnProgrammeStore): Promise<void> {
  await sweepFiles(store, new Date(Date.now() + LONGEST_HELD + 60_000))
}
