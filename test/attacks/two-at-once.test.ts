import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openProgrammeStore, type OwnProgrammeStore } from '#server/store/store.ts'
import type { NotTaken } from '#server/intake/outcomes/not-taken.ts'
import type { Processed } from '#server/linkage/processing/process-submission.ts'
import { FAULT_POINTS } from '#server/platform/faults/fault-points.ts'
import { createTestDatabase, type TestDatabase } from '../server/setup/database.ts'
import {
  prepareStore,
  removeStore,
  runOn,
  writeBeside,
} from '../server/intake/submissions/crashes.ts'
import { children, csv, mothers } from '../server/intake/submissions/small-files.ts'
import {
  countSubmissions,
  figures,
  holdings,
  openSmallProgramme,
  removeFolder,
  send,
  take,
} from '../server/intake/submissions/small-programme.ts'

let database: TestDatabase
let dataDir: string
let stores: OwnProgrammeStore[]

/** Two processes' worth of store: nothing is shared but the database and the folder. */
beforeEach(async () => {
  database = await createTestDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  const place = { dataDir, env: { DATABASE_URL: database.url } }
  stores = [await openSmallProgramme(place), await openProgrammeStore(place)]
})

afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()))
  await database.drop()
  await removeFolder(dataDir)
})

function one(): OwnProgrammeStore {
  const [store] = stores
  if (store === undefined) throw new Error('no store')
  return store
}

/** Sends each of the files from a store of its own at the same moment. */
async function sendAtOnce(
  files: readonly Uint8Array[],
  replace = false,
): Promise<(Processed | NotTaken)[]> {
  return Promise.all(
    files.map((bytes, index) =>
      send(stores[index % stores.length] ?? one(), { bytes, choices: { replace } }),
    ),
  )
}

function winners(results: readonly (Processed | NotTaken)[]): number {
  return results.filter(({ ok }) => ok).length
}

function codes(results: readonly (Processed | NotTaken)[]): string[] {
  return results.flatMap((result) => (result.ok ? [] : [result.code]))
}

async function expectNoneLeft(): Promise<void> {
  expect(await holdings(one())).toMatchObject({
    blobs: [],
    fileKeys: [],
    filesNamed: 0,
    strays: 0,
    auditIsWhole: true,
  })
}

describe('attack 18: [S46] two who send at once', () => {
  const first = csv([...children(0, 10), ...mothers(0, 4)])
  const second = csv([...children(4, 14), ...mothers(2, 6)])

  test('the same bytes have one submission, and it counts once', async () => {
    await take(one(), { bytes: first })
    const wanted = await figures(one())
    for (let round = 0; round < 2; round++) {
      await openAnew()
      const results = await sendAtOnce([first, first, first])
      expect(winners(results)).toBeGreaterThanOrEqual(1)
      expect(codes(results).filter((code) => code !== 'being-loaded')).toEqual([])
      expect(await countSubmissions(one())).toBe(1)
      expect(await figures(one())).toEqual(wanted)
      await expectNoneLeft()
      expect(await send(one(), { bytes: first })).toMatchObject({ ok: true, file: undefined })
    }
  })

  test('different bytes for one service and quarter: one wins, the other is told', async () => {
    for (let round = 0; round < 2; round++) {
      await openAnew()
      const results = await sendAtOnce([first, second])
      expect(winners(results)).toBe(1)
      expect(codes(results)).toEqual(['replace-needed'])
      const after = await holdings(one())
      expect(after.linked).toEqual(['stay-and-play 2024-Q1'])
      expect(after.records).toBe(14)
      await expectNoneLeft()
    }
  })

  test('replacements of one file: one stands in the end, and who came too late is told', async () => {
    await take(one(), { bytes: csv(children(0, 3)) })
    const results = await sendAtOnce([first, second], true)
    // Where they did not meet, the later one replaced the earlier, as it was told to.
    expect(winners(results)).toBeGreaterThanOrEqual(1)
    expect(codes(results).filter((code) => code !== 'replace-needed')).toEqual([])
    const after = await holdings(one())
    expect(after.linked).toEqual(['stay-and-play 2024-Q1'])
    expect(after.records).toBe(14)
    await expectNoneLeft()
  })

  test('files of different services: both are taken, whichever comes first', async () => {
    const [left, right] = await Promise.all([
      send(one(), { bytes: first }),
      send(stores[1] ?? one(), { bytes: second, service: 'health-visiting' }),
    ])
    expect([left, right]).toMatchObject([{ ok: true }, { ok: true }])
    const together = await figures(one())
    await openAnew()
    await take(one(), { bytes: second, service: 'health-visiting' })
    await take(one(), { bytes: first })
    expect(together).toEqual(await figures(one()))
    await expectNoneLeft()
  })
})

describe('attack 18: [S45] kill -9 in the middle of a commit, and the file sent twice at once after it', () => {
  const bytes = csv([...children(0, 10), ...mothers(0, 4)])

  // Every numbered point: server/intake/submissions/crash.
  test.each(['before-records-commit', 'during-links', 'before-linking-commit'] as const)(
    'at %s: nothing of it is there, and then all of it once',
    async (point) => {
      await take(one(), { bytes })
      const wanted = await figures(one())
      const killed = await prepareStore(() => Promise.resolve())
      try {
        const path = await writeBeside(killed.dataDir, 'clients.csv', bytes)
        const place = ['--service', 'stay-and-play', '--quarter', '2024-Q1']
        const ended = await runOn(killed, ['ingest', ...place, path], FAULT_POINTS[point])
        expect(ended).toMatchObject({ signal: 'SIGKILL', stdout: '' })
        const at = { dataDir: killed.dataDir, env: { DATABASE_URL: killed.database.url } }
        const two = [await openProgrammeStore(at), await openProgrammeStore(at)]
        try {
          expect((await figures(two[0] ?? one())).unique.people).toBe(0)
          const sent = await Promise.all(two.map((store) => send(store, { bytes })))
          expect(winners(sent)).toBeGreaterThanOrEqual(1)
          expect(codes(sent).filter((code) => code !== 'being-loaded')).toEqual([])
          expect(await figures(two[0] ?? one())).toEqual(wanted)
          expect(await countSubmissions(two[0] ?? one())).toBe(1)
        } finally {
          await Promise.all(two.map((store) => store.close()))
        }
      } finally {
        await removeStore(killed)
      }
    },
  )
})

/** Empties the store, so that the next round is again the first anybody sends. */
async function openAnew(): Promise<void> {
  await one().pool.query(
    `truncate record, evidence, link, beneficiary, doubt, shared_contact, finding_count, service_mapping, submission cascade`,
  )
  await one().pool.query('update linkage_state set platform_key_check = null, version = 0')
}
