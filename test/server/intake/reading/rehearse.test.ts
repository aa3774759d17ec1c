import { createHash } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { prepareReaders, takeReader } from '#server/intake/reading/keep-readers.ts'
import { launchProcess } from '#server/intake/reading/launch-process.ts'
import { openSource } from '#server/intake/reading/open-source.ts'
import { Reader } from '#server/intake/reading/reader.ts'
import { follow } from '#server/intake/reading/reading-end.ts'
import type { CheckTask } from '#server/intake/reading/reading-task.ts'
import { rehearse } from '#server/intake/reading/rehearse.ts'
import { messyFile } from '../../../desktop-hasher/messy-file.ts'
import { removeFolder } from '../submissions/small-programme.ts'

const LIMITS = { heapMb: 256, youngMb: 48, wholeMb: 640, longest: 60_000 }
const UNWANTED = 15_000

const messy = messyFile(20_261_130, 400)
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  await writeFile(join(folder, 'messy.csv'), messy.csv)
})

afterAll(() => removeFolder(folder))

/** What a messy file comes to: its outcome, and a digest of its records and of what they are made from. */
async function readMessy(reader: Reader): Promise<object> {
  const task: CheckTask = {
    ...{ want: 'records', source: { kind: 'local', path: join(folder, 'messy.csv'), name: 'a' } },
    ...{ mapping: messy.mapping, previous: null, quarter: '2024-Q1', live: true },
    ...{ providerCode: 'bridge', serviceCode: 'health-visiting', areas: new Map() },
  }
  const source = await openSource(task.source)
  const digest = createHash('sha256')
  reader.begin(task, [source])
  const end = await follow(reader, {
    records({ cells, ends, from }) {
      digest.update(cells).update(ends).update(from.bytes)
      return Promise.resolve()
    },
  })
  await reader.finish()
  await source.close()
  return { end, digest: digest.digest('hex') }
}

async function begin(): Promise<Reader> {
  const reader = new Reader(await launchProcess(LIMITS), LIMITS)
  onTestFinished(() => reader.end())
  return reader
}

describe('a process that reads', () => {
  test('comes to the same after a file of nobody, and has nothing of it', async () => {
    const [unready, ready] = [await begin(), await begin()]
    await rehearse(ready)
    const read = await readMessy(ready)
    expect(read).toMatchObject({ end: { ok: true } })
    expect(read).toEqual(await readMessy(unready))
  })

  test('gets ready when nobody has wanted it for a while, and then reads for whoever comes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    prepareReaders(LIMITS, 1)
    vi.advanceTimersByTime(UNWANTED)
    const ready = await takeReader(LIMITS, 'somebody’s')
    onTestFinished(() => ready.end())
    expect(ready.rowsRead()).toBe(2_000)
    expect(await readMessy(ready)).toMatchObject({ end: { ok: true } })
  })

  test('is there for each of several who come at once, and has read nothing of the others', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    prepareReaders(LIMITS, 2)
    prepareReaders(LIMITS, 2)
    vi.advanceTimersByTime(UNWANTED)
    const takers = ['one’s', 'another’s', 'a third’s'] as const
    const taken = await Promise.all(takers.map((file) => takeReader(LIMITS, file)))
    onTestFinished(() => Promise.all(taken.map((reader) => reader.end())).then(() => undefined))
    // Two were ready, and had read the file of nobody; the third began when it was wanted.
    expect(taken.map((reader) => reader.rowsRead())).toEqual([2_000, 2_000, 0])
    expect(new Set(taken).size).toBe(3)
  })

  test('does not get ready before, when others may be at work', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    prepareReaders(LIMITS, 1)
    vi.advanceTimersByTime(UNWANTED - 1)
    const unready = await takeReader(LIMITS, 'somebody’s')
    onTestFinished(() => unready.end())
    vi.advanceTimersByTime(UNWANTED)
    expect(unready.rowsRead()).toBe(0)
    expect(await readMessy(unready)).toMatchObject({ end: { ok: true } })
  })
})
