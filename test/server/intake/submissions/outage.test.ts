import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseFault } from '#server/platform/db/database-fault.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { processSubmission } from '#server/linkage/processing/process-submission.ts'
import { findLinked } from '#server/intake/submissions/read-submission.ts'
import { receiveSubmission } from '#server/intake/submissions/receive-submission.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import { startAzurite, type Azurite } from '../../setup/azurite.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'
import { sweepTomorrow } from './crashes.ts'
import { openFailingConnection, type FailingConnection } from './failing-connection.ts'
import { children, csv, mothers } from './small-files.ts'
import {
  ACTOR,
  countSubmissions,
  holdings,
  inPieces,
  lastSubmission,
  openSmallProgramme,
  removeFolder,
  send,
  take,
  type Holdings,
} from './small-programme.ts'

const PLACE = { dataset: 'production', service: 'stay-and-play', quarter: '2024-Q1' } as const
const FILE = csv([...children(4, 14), ...mothers(4, 8)])
const OTHERS = { bytes: csv([...children(0, 10), ...mothers(0, 6)]), service: 'health-visiting' }

describe('[S50] the way to the database is cut', () => {
  let database: TestDatabase
  let way: FailingConnection
  let dataDir: string
  let store: OwnProgrammeStore
  let before: Holdings
  let after: Holdings
  let words: number

  beforeAll(async () => {
    database = await createTestDatabase()
    way = await openFailingConnection(database.url)
    dataDir = await mkdtemp(join(tmpdir(), 'countonce-test-'))
    store = await openSmallProgramme({ dataDir, env: { DATABASE_URL: way.url } })
    await take(store, OTHERS)
    before = await holdings(store)
    way.fix()
    await take(store, { bytes: FILE })
    words = way.fix()
    after = await holdings(store)
    await withdrawStanding()
  })

  afterAll(async () => {
    await store.close()
    await way.close()
    await database.drop()
    await removeFolder(dataDir)
  })

  async function withdrawStanding(): Promise<void> {
    const standing = await findLinked(store.pool, PLACE)
    expect(await withdrawSubmission(store, standing?.reference ?? '', ACTOR)).toMatchObject({
      ok: true,
    })
    expect(await holdings(store)).toEqual(before)
  }

  /**
   * Places on the way, by how often an ingest speaks to the database; about half of the cuts are
   * for good.
   */
  const shares = Array.from({ length: 12 }, (_, index) => index / 12)

  test.each(shares)(
    'at %f of the way: no success is told that is not there, and a retry gives the same',
    async (share) => {
      const at = Math.floor(share * words)
      way.cutAfter(at, at % 2 === 0)
      const told = await send(store, { bytes: FILE }).catch(databaseFault)
      way.fix()
      const found = await holdings(store)
      expect(found).toMatchObject({ strays: 0, auditIsWhole: true })
      if ('ok' in told) expect(found.reach).toEqual(after.reach)
      else {
        expect(told).toMatchObject({ name: 'Fault', code: 'database-gone' })
        if (told.detail['outcome'] !== 'unknown') expect(found.linked).toEqual(before.linked)
        expect([before.reach, after.reach]).toContainEqual(found.reach)
      }
      await take(store, { bytes: FILE })
      await sweepTomorrow(store)
      expect(await holdings(store)).toEqual(after)
      await withdrawStanding()
    },
  )

  test('at the last word: whatever is told, a retry gives the same', async () => {
    way.cutAfter(words - 1, false)
    await send(store, { bytes: FILE }).catch(() => undefined)
    way.fix()
    await take(store, { bytes: FILE })
    await sweepTomorrow(store)
    expect(await holdings(store)).toEqual(after)
    await withdrawStanding()
  })
})

describe('[S50] the store of files is gone', () => {
  const gone = { code: 'storage-unavailable' }
  let database: TestDatabase
  let dataDir: string
  let azurite: Azurite
  let store: OwnProgrammeStore

  beforeEach(async () => {
    database = await createTestDatabase()
    dataDir = await mkdtemp(join(tmpdir(), 'countonce-test-'))
    azurite = await startAzurite()
    const env = { DATABASE_URL: database.url, BLOB_STORAGE: azurite.connectionString }
    store = await openSmallProgramme({ dataDir, env })
    await take(store, OTHERS)
  })

  afterEach(async () => {
    await azurite.stop()
    await store.close()
    await database.drop()
    await removeFolder(dataDir)
  })

  test('while a file comes in and before the next: nothing of either is kept', async () => {
    const before = await holdings(store)
    async function* interrupted(): AsyncGenerator<Uint8Array> {
      yield FILE.subarray(0, 500)
      await azurite.stop()
      yield FILE.subarray(500)
    }
    await expect(send(store, { bytes: interrupted() })).rejects.toMatchObject(gone)
    await expect(send(store, { bytes: FILE })).rejects.toMatchObject(gone)
    expect(await holdings(store)).toEqual(before)
    expect(await countSubmissions(store)).toBe(1)
  })

  test('after a file came in: it is not rejected, since nothing is wrong with it', async () => {
    const before = await holdings(store)
    const received = await receiveSubmission(store, {
      ...PLACE,
      bytes: inPieces(FILE),
      limit: FILE.length,
      actor: ACTOR,
    })
    await azurite.stop()
    const id = received.ok ? received.submission.id : ''
    const choices = { actor: ACTOR, leaveOut: false, confirm: false, replace: false }
    await expect(processSubmission(store, id, choices)).rejects.toMatchObject(gone)
    expect(await lastSubmission(store)).toMatchObject({ state: 'received' })
    expect(await holdings(store)).toMatchObject({
      reach: before.reach,
      records: before.records,
      strays: 0,
      auditIsWhole: true,
    })
  })
})
