import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepReader, takeReader } from '#server/intake/reading/keep-readers.ts'
import { readFile } from '#server/intake/reading/read-file.ts'
import type { CheckTask } from '#server/intake/reading/reading-task.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'
import { bombWorkbook } from '../submissions/bad-files.ts'
import { children, COLUMNS, csv, csvText } from '../submissions/small-files.ts'
import {
  holdings,
  lastSubmission,
  openSmallProgramme,
  removeFolder,
  send,
  take,
} from '../submissions/small-programme.ts'

const MB = 1024 * 1024

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
})

afterAll(() => removeFolder(folder))

async function fileOf(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

function taskFor(path: string): CheckTask & { readonly want: 'checks' } {
  return {
    source: { kind: 'local', path, name: 'clients.csv' },
    want: 'checks',
    mapping: null,
    previous: null,
    quarter: '2024-Q1',
    providerCode: 'acorn',
    serviceCode: 'stay-and-play',
    live: false,
    areas: new Map(),
  }
}

async function expectNextIsRead(): Promise<void> {
  const path = await fileOf('next.csv', csv(children(0, 5)))
  expect(await readFile(taskFor(path))).toMatchObject({
    ok: true,
    outcome: { rows: { read: 5, accepted: 5 } },
  })
}

describe('[S23] a file is read in a process of its own', () => {
  const limits = { heapMb: 32, youngMb: 8, wholeMb: 256, longest: 60_000 }

  test('that ends when it would take more memory than a file may, and nothing else does', async () => {
    // One letter outside Latin-1 makes the whole of a long cell take two bytes a character.
    const rows = children(0, 200).map((row) => ({ ...row, first_name: `ł${'a'.repeat(200_000)}` }))
    const path = await fileOf('heavy.csv', csv(rows))
    expect(await readFile(taskFor(path), {}, limits)).toEqual({
      ok: false,
      code: 'thread-out-of-memory',
      detail: {},
    })
    await expectNextIsRead()
  })

  test('that ends when it takes longer than a file may, and nothing else does', async () => {
    const rows = csvText(children(0, 1000)).split('\r\n').slice(1, 1001).join('\r\n')
    const text = [COLUMNS.join(','), ...Array.from({ length: 400 }, () => rows)].join('\r\n')
    const path = await fileOf('long.csv', new TextEncoder().encode(text))
    const started = Date.now()
    let opened = 0
    const reading = readFile(
      taskFor(path),
      {
        opened: () => {
          opened++
        },
      },
      { heapMb: 256, youngMb: 48, wholeMb: 640, longest: 1500 },
    )
    expect(await reading).toEqual({ ok: false, code: 'thread-out-of-time', detail: {} })
    expect(Date.now() - started).toBeLessThan(10_000)
    expect(opened).toBeLessThanOrEqual(1)
    await expectNextIsRead()
  })

  test('whose failure is told without a word of the file', async () => {
    const failing = readFile(taskFor(join(folder, 'Ffion Canary.csv')))
    const error: unknown = await failing.catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'reading-failed' })
    expect(JSON.stringify(error) + String(error)).not.toMatch(/Ffion|Canary/)
  })

  test('that reads the next file as if it had read none, and two at once apart', async () => {
    const paths = await Promise.all([
      fileOf('a.csv', csv(children(0, 30))),
      fileOf('b.csv', csv(children(100, 7).map((row) => ({ ...row, first_name: '' })))),
      fileOf('c.csv', new TextEncoder().encode('Notes\r\nnobody came')),
    ])
    const alone = await Promise.all(paths.map((path) => readFile(taskFor(path))))
    const after = []
    for (const path of [...paths, ...paths]) after.push(await readFile(taskFor(path)))
    expect(after).toEqual([...alone, ...alone])
  })

  test('that reads no file but its own: for any other there is one that has seen none', async () => {
    const limits = { heapMb: 64, youngMb: 12, wholeMb: 256, longest: 60_000 }
    const first = await takeReader(limits, 'one provider’s file')
    keepReader(first, 'one provider’s file')
    const other = await takeReader(limits, 'another provider’s file')
    expect(other).not.toBe(first)
    expect(await takeReader(limits, 'one provider’s file')).toBe(first)
    await first.end()
    expect(first.canRead(limits)).toBe(false)
    await other.end()
  })

  test('which keeps no process going that has read its file', async () => {
    const script = `import('#server/intake/reading/read-file.ts').then(async ({ readFile }) => {
      const task = JSON.parse(process.argv[1])
      const read = await readFile({ ...task, areas: new Map() })
      const ended = Date.now()
      process.on('exit', () => console.log(read.ok, Date.now() - ended))
    })`
    const path = await fileOf('last.csv', csv(children(0, 5)))
    const { stdout } = await promisify(execFile)(process.execPath, [
      '-e',
      script,
      JSON.stringify(taskFor(path)),
    ])
    const [isRead, afterwards] = stdout.trim().split(' ')
    expect(isRead).toBe('true')
    expect(Number(afterwards)).toBeLessThan(5000)
  })

  test.each([
    ['a bomb of 870 KB', bombWorkbook(870_000_000)],
    ['a bomb that says it is small', bombWorkbook(1_000_000)],
  ])('which takes less than 256 MB over %s, as does its worker', async (_, bytes) => {
    const script = `import('#server/intake/reading/read-file.ts').then(async ({ readFile }) => {
      const task = JSON.parse(process.argv[1])
      // Above 256 MB it would be refused for its memory.
      const limits = { heapMb: 256, youngMb: 48, wholeMb: 256, longest: 60_000 }
      const refused = await readFile({ ...task, areas: new Map() }, {}, limits)
      console.log(JSON.stringify({ code: refused.code, rss: process.resourceUsage().maxRSS * 1024 }))
    })`
    const path = await fileOf('bomb.xlsx', bytes)
    const { stdout } = await promisify(execFile)(process.execPath, [
      '-e',
      script,
      JSON.stringify(taskFor(path)),
    ])
    const told = JSON.parse(stdout) as { code: string; rss: number }
    expect(told.code).toBe('xlsx-unpacks-too-large')
    expect(told.rss).toBeLessThan(256 * MB)
  })
})

describe('[S23] a file that would take more memory than any file may', () => {
  let database: TestDatabase
  let store: OwnProgrammeStore

  beforeAll(async () => {
    database = await createTestDatabase()
    store = await openSmallProgramme({ dataDir: folder, env: { DATABASE_URL: database.url } })
  })

  afterAll(async () => {
    await store.close()
    await database.drop()
  })

  test('is rejected with what to do, and the next file is taken', async () => {
    const before = await holdings(store)
    expect(await send(store, { bytes: heavy() })).toMatchObject({
      ok: false,
      code: 'thread-out-of-memory',
    })
    expect(await lastSubmission(store)).toMatchObject({
      state: 'rejected',
      reason: 'thread-out-of-memory',
    })
    expect(await holdings(store)).toEqual(before)
    expect((await take(store, { bytes: csv(children(0, 5)) })).submission.records).toBe(5)
  })

  /** 198 MB in 220 rows; the first rows, which are looked at together, are twice that as text. */
  async function* heavy(): AsyncGenerator<Uint8Array> {
    const text = new TextEncoder()
    yield await Promise.resolve(text.encode('client_ref,date_of_birth,notes\r\n'))
    const notes = text.encode(`,2021-03-14,ł${'a'.repeat(900_000)}\r\n`)
    for (let row = 1; row <= 220; row++) {
      yield text.encode(`C-${row}`)
      yield notes
    }
  }
})
