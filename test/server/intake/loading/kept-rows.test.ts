import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { READINGS } from '#server/intake/reading/read-file.ts'
import { execFile } from 'node:child_process'
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { withTransaction } from '#server/platform/db/pool.ts'
import { FAULT_POINTS, type FaultPoint } from '#server/platform/faults/fault-points.ts'
import { fileStoreOver } from '#server/platform/storage/file-store.ts'
import { openFolderBlobs } from '#server/platform/storage/folder-blobs.ts'
import { besideId } from '#server/platform/storage/kept-beside.ts'
import { prepareQueues } from '#server/platform/queue/send-job.ts'
import { nameKey } from '#server/keys/key-ring.ts'
import { copyPostcodes } from '#server/programme/postcodes/postcode-areas.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { acceptSubmission } from '#server/intake/submissions/accept-submission.ts'
import { checkSubmission } from '#server/intake/checking/check-submission.ts'
import { readSubmission } from '#server/intake/submissions/read-submission.ts'
import { processSubmission } from '#server/linkage/processing/process-submission.ts'
import { openTestProgramme, receive, type TestProgramme } from '../../setup/open-programme.ts'
import { changeMapping, sealedMapping } from '../submissions/changed-mapping.ts'
import {
  copyStore,
  opened,
  prepareStore,
  removeStore,
  sweepTomorrow,
  type Prepared,
} from '../submissions/crashes.ts'
import { children, COLUMNS, csv, mothers, type Row } from '../submissions/small-files.ts'
import { ACTOR, holdings } from '../submissions/small-programme.ts'
import { TraceFinder } from '../submissions/traces.ts'

const ROWS: readonly Row[] = [...children(0, 12), ...mothers(0, 12)]
const FILE = csv(ROWS)
const PROCESS = { actor: ACTOR, leaveOut: false, confirm: true, replace: false }

/** Readings of files as they begin. */
let readings = 0
const count = (): void => {
  readings++
}

beforeAll(() => {
  subscribe(READINGS, count)
})
afterAll(() => {
  unsubscribe(READINGS, count)
})

let programme: TestProgramme
let store: OwnProgrammeStore

beforeEach(async () => {
  programme = await openTestProgramme()
  store = programme.store
  await prepareQueues(store.pool)
})

afterEach(() => programme.close())

/** A file that was checked and accepted. */
async function accept(bytes = FILE): Promise<string> {
  const id = await receive(store, bytes)
  expect(await checkSubmission(store, id, { actor: ACTOR })).toMatchObject({ ok: true })
  const accepted = await acceptSubmission(store, id, { leaveOut: false, confirm: true }, ACTOR)
  expect(accepted).toMatchObject({ ok: true })
  return id
}

/** Takes it into the figures; answers how often its file was read for that. */
async function load(id: string, of = store): Promise<number> {
  const before = readings
  expect(await processSubmission(of, id, PROCESS)).toMatchObject({ ok: true })
  return readings - before
}

/** Everything that is stored of the records, but for their numbers. */
async function storedRecords(): Promise<unknown[]> {
  const { rows } = await store.pool.query<{ record: Record<string, unknown> }>(
    `select to_jsonb(r) - 'id' - 'submission_id' as record from record r order by source_row`,
  )
  return rows.map(({ record }) => record)
}

async function fileOf(id: string): Promise<string> {
  return (await readSubmission(store.pool, id))?.fileId ?? ''
}

/** Where the rows that were kept of a submission lie. */
async function pathOfRows(id: string): Promise<string> {
  return join(store.dataDir, 'blobs', besideId(await fileOf(id), 'rows'))
}

describe('the rows that a check made', () => {
  test('are loaded without another reading, and are what a reading gives', async () => {
    const id = await accept()
    expect(await load(id)).toBe(0)
    const loaded = await storedRecords()
    expect(loaded).toHaveLength(24)
    const reached = (await holdings(store)).reach
    const again = await openTestProgramme()
    try {
      // The same keys: pseudonyms can be compared.
      const other = { ...again.store, keys: { ...again.store.keys, ...keysOf(store) } }
      const twin = await receive(other, FILE)
      expect(await processSubmission(other, twin, PROCESS)).toMatchObject({ ok: true })
      const { rows } = await other.pool.query<{ record: unknown }>(
        `select to_jsonb(r) - 'id' - 'submission_id' as record from record r order by source_row`,
      )
      expect(loaded).toEqual(rows.map(({ record }) => record))
      expect((await holdings(other)).reach).toEqual(reached)
    } finally {
      await again.close()
    }
  })

  test('with rows that only the end of the file rejects, leave those out', async () => {
    const [first = {}] = ROWS
    const id = await receive(store, csv([...ROWS, { ...first, first_name: 'Zachariah' }]))
    await checkSubmission(store, id, { actor: ACTOR })
    await acceptSubmission(store, id, { leaveOut: true, confirm: true }, ACTOR)
    const before = readings
    expect(await processSubmission(store, id, { ...PROCESS, leaveOut: true })).toMatchObject({
      ok: true,
      submission: { records: 23 },
    })
    expect(readings - before).toBe(0)
    expect(await storedRecords()).toHaveLength(23)
  })

  test('[S38] hold no value of any cell, neither encrypted as they lie nor opened', async () => {
    const id = await accept()
    const values = ROWS.flatMap((row) =>
      COLUMNS.filter(
        (column) => !['role', 'gender', 'start_date', 'contacts'].includes(column),
      ).map((column) => row[column] ?? ''),
    )
    // A day of birth of somebody may be a service date or birth month that is stored.
    const finder = new TraceFinder(
      values.filter((value) => value !== ''),
      [store.keys.currentSource.key],
    )
    expect(await finder.searchFolder(join(store.dataDir, 'blobs'))).toEqual([])
    const kept = await store.files.openBeside(await fileOf(id), 'rows')
    const bytes = await kept?.read(0, kept.size)
    expect(bytes?.length).toBeGreaterThan(24 * 16)
    expect(finder.search(bytes ?? new Uint8Array())).toEqual([])
  })

  test('are unreadable once the file is erased, whoever kept a copy of the bytes', async () => {
    const id = await accept()
    const file = await fileOf(id)
    const path = await pathOfRows(id)
    await copyFile(path, `${path}.copy`)
    expect(await load(id)).toBe(0)
    expect(await readdir(join(store.dataDir, 'blobs'))).toEqual([`${besideId(file, 'rows')}.copy`])
    await copyFile(`${path}.copy`, path)
    expect(await store.files.openBeside(file, 'rows')).toBeUndefined()
    expect(await store.files.openBeside(besideId(file, 'rows'), 'rows')).toBeUndefined()
  })

  test.each([
    [
      'another mapping',
      async (id: string) => {
        const { columns, ...mapping } = await sealedMapping(store, id)
        const { carer_email: gone, ...others } = columns
        expect(gone).toBe('carer_email')
        await changeMapping(store, id, { ...mapping, columns: others })
        return store
      },
      async () => {
        const { rows } = await store.pool.query(
          'select from record where carer_email_pseudonym is not null',
        )
        expect(rows).toEqual([])
      },
    ],
    [
      'another meaning of a word',
      async (id: string) => {
        const mapping = await sealedMapping(store, id)
        await changeMapping(store, id, { ...mapping, values: { gender: { M: 'X' } } })
        return store
      },
      async () => {
        const { rows } = await store.pool.query(`select from record where gender = 'M'`)
        expect(rows).toEqual([])
      },
    ],
    [
      'other areas',
      async () => {
        await withTransaction(store.pool, async (client) => {
          await client.query('delete from postcode_area')
          await copyPostcodes(client, [])
        })
        return store
      },
      async () => {
        const { rows } = await store.pool.query('select from record where ward is not null')
        expect(rows).toEqual([])
      },
    ],
    [
      'another source key',
      () => {
        const fresh = { ...nameKey(crypto.getRandomValues(new Uint8Array(32))), epoch: 1 }
        const keys = { ...store.keys, source: [fresh], currentSource: fresh }
        return Promise.resolve({ ...store, keys })
      },
      async () => {
        const { rows } = await store.pool.query('select from record where epoch is null')
        expect(rows).toHaveLength(24)
      },
    ],
  ] as const)('are not loaded with %s: the file is read', async (_, change, proves) => {
    const id = await accept()
    const before = await holdings(store)
    expect(before.records).toBe(0)
    const changed = await change(id)
    expect(await load(id, changed)).toBe(1)
    await proves()
  })

  test('are loaded with the same mapping, however often it is sealed anew', async () => {
    const id = await accept()
    await changeMapping(store, id, await sealedMapping(store, id))
    expect(await load(id)).toBe(0)
    // What the changes above take away is there.
    const { rows } = await store.pool.query(
      `select count(carer_email_pseudonym)::int as emails,
         (count(*) filter (where gender = 'M'))::int as males from record`,
    )
    expect(rows).toEqual([{ emails: 12, males: 6 }])
  })

  test('of another file are not loaded, although they lie where its own would', async () => {
    const one = await accept()
    const two = await receive(store, csv(ROWS.slice(0, 9)), { quarter: '2024-Q2' })
    await checkSubmission(store, two, { actor: ACTOR })
    await acceptSubmission(store, two, { leaveOut: false, confirm: true }, ACTOR)
    await copyFile(await pathOfRows(one), await pathOfRows(two))
    expect(await load(two)).toBe(1)
    expect(await storedRecords()).toHaveLength(9)
  })

  test.each([
    ['at its start', (size: number) => Math.min(3, size)],
    ['in its middle', (size: number) => Math.floor(size / 2)],
    ['at its end', (size: number) => size - 1],
  ])('that were changed %s are refused, and the file is read', async (_, place) => {
    const id = await accept()
    const path = await pathOfRows(id)
    const bytes = await readFile(path)
    const at = place(bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    await writeFile(path, bytes)
    expect(await load(id)).toBe(1)
    expect(await storedRecords()).toHaveLength(24)
  })

  test('of which one piece among many was changed leave nothing of the others behind', async () => {
    const many = Array.from({ length: 9000 }, (_, n) => ({
      ...children(n % 12, (n % 12) + 1)[0],
      client_ref: `K-${String(n)}`,
    }))
    const id = await accept(csv(many))
    const path = await pathOfRows(id)
    const bytes = await readFile(path)
    expect(bytes.length).toBeGreaterThan(2_200_000)
    // Past the first piece, which was loaded by then.
    bytes[1_200_000] = (bytes[1_200_000] ?? 0) ^ 1
    await writeFile(path, bytes)
    expect(await load(id)).toBe(1)
    expect(await storedRecords()).toHaveLength(9000)
  })

  test('that were lost, or are of an older form, are read from the file', async () => {
    const lost = await accept()
    await rm(await pathOfRows(lost))
    expect(await load(lost)).toBe(1)
  })

  test('are not kept of a file that a finding stops as a whole', async () => {
    const id = await receive(
      store,
      csv(
        children(0, 12).map((row, n) => ({
          ...row,
          date_of_birth: `0${(n % 9) + 1}/2${n % 9}/2021`,
        })),
      ),
    )
    expect(await checkSubmission(store, id, { actor: ACTOR })).toMatchObject({ ok: true })
    expect(await store.files.openBeside(await fileOf(id), 'rows')).toBeUndefined()
  })
})

test('what is kept beside a file is opened by no other file’s key and under no other name', async () => {
  const blobs = await openFolderBlobs(join(store.dataDir, 'blobs'))
  const files = fileStoreOver(blobs, store.keys.files)
  const [one = '', two = ''] = await Promise.all(
    ['one', 'two'].map(async (text) => {
      const put = await files.put(pieces(text), 100)
      return put.ok ? put.id : ''
    }),
  )
  await files.keepBeside(one, 'profile', pieces('of one'))
  const folder = join(store.dataDir, 'blobs')
  await copyFile(join(folder, besideId(one, 'profile')), join(folder, besideId(two, 'profile')))
  await copyFile(join(folder, besideId(one, 'profile')), join(folder, besideId(one, 'rows')))
  await expect(files.openBeside(two, 'profile')).rejects.toMatchObject({ code: 'file-damaged' })
  await expect(files.openBeside(one, 'rows')).rejects.toMatchObject({ code: 'file-damaged' })
  const whole = await files.openBeside(one, 'profile')
  expect(Buffer.from((await whole?.read(0, 10)) ?? []).toString()).toBe('of one')
  // Kept again, it is another form under another key.
  const before = await readFile(join(folder, besideId(one, 'profile')))
  await files.keepBeside(one, 'profile', pieces('of one'))
  const after = await readFile(join(folder, besideId(one, 'profile')))
  expect(after.subarray(49).equals(before.subarray(49))).toBe(false)
  await files.erase(one)
  expect(await files.openBeside(one, 'profile')).toBeUndefined()
  await files.keepBeside(one, 'profile', pieces('too late'))
  expect(await readdir(folder)).not.toContain(besideId(one, 'profile'))
})

async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text))
}

function keysOf({
  keys,
}: OwnProgrammeStore): Pick<OwnProgrammeStore['keys'], 'source' | 'platform' | 'currentSource'> {
  const { source, platform, currentSource } = keys
  return { source, platform, currentSource }
}

describe('[S45] kill -9 between the check and the figures', () => {
  let base: Prepared
  let undisturbed: Awaited<ReturnType<typeof holdings>>

  beforeAll(async () => {
    base = await prepareStore((open) => prepareQueues(open.pool))
    const store = await copyStore(base)
    await opened(store, async (open) => {
      await goOn(open)
      undisturbed = await holdings(open)
    })
    await removeStore(store)
  })

  afterAll(() => removeStore(base))

  // Where it is another way than that of a file that is read: submissions/crash tries every point.
  const points: readonly FaultPoint[] = [
    'during-copy',
    'after-submission-mapped',
    'after-submission-checked',
    'before-records-commit',
    'after-file-key-erased',
  ]

  test.each(points)('at %s leaves all or nothing, and going on gives the same', async (point) => {
    const copy = await copyStore(base)
    try {
      const ended = await promisify(execFile)(process.execPath, ['-e', `(async () => {${GO}})()`], {
        env: {
          ...process.env,
          DATA_DIR: copy.dataDir,
          DATABASE_URL: copy.database.url,
          COUNTONCE_KILL_AT: String(FAULT_POINTS[point]),
        },
      }).catch((error: unknown) => error as { signal?: string })
      expect(ended).toMatchObject({ signal: 'SIGKILL' })
      await opened(copy, async (open) => {
        expect(await holdings(open)).toMatchObject({ strays: 0, auditIsWhole: true })
        await goOn(open)
        await sweepTomorrow(open)
        const { reach, records, linked, blobs, fileKeys } = undisturbed
        expect(await holdings(open)).toMatchObject({ reach, records, linked, blobs, fileKeys })
      })
    } finally {
      await removeStore(copy)
    }
  })
})

/** Goes the way of the file from wherever it is. */
async function goOn(open: OwnProgrammeStore): Promise<void> {
  const id = await receive(open, FILE)
  const state = async (): Promise<string> => (await readSubmission(open.pool, id))?.state ?? ''
  if (['received', 'mapped'].includes(await state()))
    await checkSubmission(open, id, { actor: ACTOR })
  if ((await state()) === 'checked') {
    await acceptSubmission(open, id, { leaveOut: false, confirm: true }, ACTOR)
  }
  expect(await processSubmission(open, id, PROCESS)).toMatchObject({ ok: true })
}

const GO = `
  const { openProgrammeStore } = await import('#server/store/store.ts')
  const { receiveSubmission } = await import('#server/intake/submissions/receive-submission.ts')
  const { checkSubmission } = await import('#server/intake/checking/check-submission.ts')
  const { acceptSubmission } = await import('#server/intake/submissions/accept-submission.ts')
  const { processSubmission } = await import('#server/linkage/processing/process-submission.ts')
  const { DATA_DIR: dataDir, DATABASE_URL, COUNTONCE_KILL_AT } = process.env
  const store = await openProgrammeStore({ dataDir, env: { DATABASE_URL, COUNTONCE_KILL_AT } })
  async function* bytes() { yield Buffer.from(${JSON.stringify(Buffer.from(FILE).toString('base64'))}, 'base64') }
  const actor = ${JSON.stringify(ACTOR)}
  const received = await receiveSubmission(store, { service: 'stay-and-play', quarter: '2024-Q1', dataset: 'production', bytes: bytes(), limit: 10_000_000, actor })
  const id = received.submission.id
  await checkSubmission(store, id, { actor })
  await acceptSubmission(store, id, { leaveOut: false, confirm: true }, actor)
  await processSubmission(store, id, ${JSON.stringify(PROCESS)})
  process.exit(1)
`
