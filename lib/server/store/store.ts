import type pg from 'pg'
import { openDatabase, refuseEmbedded } from '#server/platform/opening/open-database.ts'
import { migrate } from '#server/platform/db/migrate.ts'
import { demandEncryption } from '#server/platform/db/encrypted-connection.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { armFaultPoints } from '#server/platform/faults/fault-points.ts'
import { loginVariable, prepareWorker } from './logins.ts'
import { demandAllKeysApart, openKeys, type Keys } from '#server/keys/keys.ts'
import { findProgramme, readProgramme } from '#server/programme/register/read-programme.ts'
import { openFileStore, type FileStore } from '#server/platform/storage/file-store.ts'
import type { ReceivingStore } from './receiving-store.ts'

/** The database, keys and files of one data folder, opened by their owner or by a worker. */
export interface Store {
  readonly dataDir: string
  readonly env: Environment
  /** Where the database is, and who signs in; it holds a password, so it is never shown. */
  readonly databaseUrl: string
  readonly pool: pg.Pool
  close(): Promise<void>
}

/**
 * What a worker and the command line work on: a programme with its database, and keys and files
 * that fit it.
 */
export interface ProgrammeStore extends ReceivingStore {
  readonly dataDir: string
  readonly env: Environment
  readonly keys: Keys
  readonly files: FileStore
}

/** The store of a programme in the hands of its owner. */
export interface OwnProgrammeStore extends Store, ProgrammeStore {
  readonly database: pg.Pool
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Where a store lies and how it is opened. */
export interface StorePlace {
  readonly dataDir: string
  readonly env: Environment
  readonly keepRunning?: boolean
  readonly onNotice?: (notice: string) => void
}

const CONNECTIONS = 6

/**
 * Opens the database of a data folder, brought to its present structure. Throws `restore-unfinished` where a restore was
 * stopped in it.
 */
export async function openStore(place: StorePlace): Promise<Store> {
  const database = await openDatabase(place)
  try {
    await migrate(database.url)
  } catch (error) {
    await database.close()
    throw error
  }
  const store = storeAt(place, database.url, database.close)
  try {
    await findProgramme(store.pool)
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Opens the database of a data folder as it stands, without bringing it up to date: to look at it. */
export async function openStandingStore(place: StorePlace): Promise<Store> {
  const database = await openDatabase(place)
  return storeAt(place, database.url, database.close)
}

/**
 * Opens the store of a running worker, who signs in as itself: at WORKER_DATABASE_URL or, where that
 * is not set, at an address that the owner of DATABASE_URL makes ready and then has no part in. Keys of a
 * live programme must be where they may be: else every job would fail of a worker that says it is ready.
 */
export async function openWorkerStore(place: StorePlace): Promise<Store> {
  const store = await openAsWorker(place)
  try {
    const programme = await findProgramme(store.pool)
    if (programme?.live === true) await demandAllKeysApart(place)
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

async function openAsWorker(place: StorePlace): Promise<Store> {
  const given = place.env[loginVariable('worker')] ?? ''
  if (given !== '') return storeAt(place, given, () => Promise.resolve())
  const database = await openDatabase(place)
  try {
    await migrate(database.url, { mayBeAhead: true })
    const url = await workerAddress(place, database.url)
    return storeAt(place, url, database.close)
  } catch (error) {
    await database.close()
    throw error
  }
}

async function workerAddress({ dataDir, env }: StorePlace, databaseUrl: string): Promise<string> {
  const pool = openPool(databaseUrl, { max: 2 })
  try {
    const programme = await findProgramme(pool)
    if (programme?.live === true) refuseEmbedded(env)
    return await prepareWorker({ databaseUrl, dataDir, env, pool })
  } finally {
    await pool.end()
  }
}

function storeAt(
  { dataDir, env }: StorePlace,
  databaseUrl: string,
  leave: () => Promise<void>,
): Store {
  const pool = openPool(databaseUrl, { max: CONNECTIONS })
  const close = async (): Promise<void> => {
    await pool.end().catch(() => undefined)
    await leave()
  }
  return { dataDir, env, databaseUrl, pool, close }
}

/**
 * Opens a store with its programme and keys; closes it again and throws `programme-missing` when
 * there is none.
 */
export async function openProgrammeStore(place: StorePlace): Promise<OwnProgrammeStore> {
  const store = await openStore(place)
  try {
    return await readProgrammeStore(store)
  } catch (error) {
    await store.close()
    throw error
  }
}

/**
 * The programme and keys of an open store as they are now: a process that lives long reads them
 * anew for each piece of work.
 */
export async function readProgrammeStore(store: Store): Promise<OwnProgrammeStore> {
  const { dataDir, env } = store
  const programme = await readProgramme(store.pool)
  if (programme.live) {
    refuseEmbedded(env)
    await demandEncryption(store.pool)
  }
  armFaultPoints(env, programme)
  const keys = await openKeys({ dataDir, env, live: programme.live, purpose: programme.purpose })
  const files = await openFileStore({ dataDir, env, keys: keys.files })
  return { ...store, database: store.pool, programme, keys, secrets: keys.portal, files }
}
