import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import type { Register } from '#server/programme/register/register.ts'
import { receiveSubmission } from '#server/intake/submissions/receive-submission.ts'
import { createTestDatabase } from './database.ts'
import {
  ACTOR,
  inPieces,
  openSmallProgramme,
  removeFolder,
} from '../intake/submissions/small-programme.ts'

/** A small programme in a database and a folder of its own. */
export interface TestProgramme {
  readonly store: OwnProgrammeStore
  readonly databaseUrl: string
  close(): Promise<void>
}

/** Makes one with these settings; close it in `afterAll` or `afterEach`. */
export async function openTestProgramme(
  env: Readonly<Record<string, string>> = {},
  register?: Register,
): Promise<TestProgramme> {
  const database = await createTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  const place = { dataDir, env: { DATABASE_URL: database.url, ...env } }
  const store = await openSmallProgramme(place, register)
  return {
    store,
    databaseUrl: database.url,
    async close() {
      await store.close()
      await database.drop()
      await removeFolder(dataDir)
    },
  }
}

/** Sends a file as the portal does: received, and nothing more. Answers the submission's id. */
export async function receive(
  store: OwnProgrammeStore,
  bytes: Uint8Array,
  { service = 'stay-and-play', quarter = '2024-Q1' } = {},
): Promise<string> {
  const received = await receiveSubmission(store, {
    service,
    quarter,
    dataset: 'production',
    bytes: inPieces(bytes),
    limit: 10_000_000,
    actor: ACTOR,
  })
  if (!received.ok) throw new Error(received.code)
  return received.submission.id
}
