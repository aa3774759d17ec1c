import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { findConfinement } from '#server/intake/reading/launch-process.ts'
import { readFile } from '#server/intake/reading/read-file.ts'
import type { CheckTask } from '#server/intake/reading/reading-task.ts'
import { children, csv } from '../submissions/small-files.ts'
import { removeFolder } from '../submissions/small-programme.ts'
import { snapshotOf } from './snapshot-of.ts'

const MB = 1024 * 1024

const confinement = await findConfinement()
let folder: string
let path: string
let snapshot: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  path = join(folder, 'clients.csv')
  await writeFile(path, csv(children(0, 5)))
  snapshot = await snapshotOf('misbehaving-process.ts', folder)
})

afterAll(() => removeFolder(folder))

function taskFor(mischief: string): CheckTask & { readonly want: 'records' } {
  return {
    source: { kind: 'local', path, name: mischief },
    want: 'records',
    mapping: null,
    previous: null,
    quarter: '2024-Q1',
    providerCode: 'acorn',
    serviceCode: 'stay-and-play',
    live: false,
    areas: new Map(),
  }
}

/** What becomes of a file whose process does that. */
async function outcomeOf(mischief: string, longest = 30_000): Promise<unknown> {
  const limits = { heapMb: 48, youngMb: 12, wholeMb: 256, longest, snapshot }
  const records: number[] = []
  try {
    return await readFile(
      taskFor(mischief),
      {
        records({ ends }) {
          records.push(ends.length)
          return Promise.resolve()
        },
      },
      limits,
    )
  } catch (error) {
    return error
  }
}

/** Processes that run that code; whoever started them names it among other things. */
function running(): string[] {
  if (!existsSync('/proc/self')) return []
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0')
      return command[0] === process.execPath && command.includes(snapshot)
    } catch {
      return false
    }
  })
}

describe('[S23] a file whose process', () => {
  afterEach(async () => {
    expect(running()).toEqual([])
    const next = await readFile({ ...taskFor('clients.csv'), want: 'checks' })
    expect(next).toMatchObject({ ok: true, outcome: { rows: { read: 5, accepted: 5 } } })
  })

  test.each(['one map that outgrows it', 'one list that outgrows it', 'memory beside its heap'])(
    'asks for too much memory is refused: %s',
    async (mischief) => {
      expect(await outcomeOf(mischief)).toEqual({
        ok: false,
        code: 'thread-out-of-memory',
        detail: {},
      })
    },
  )

  test.each(['silence', 'a loop', 'a flood'])(
    'takes too long is refused, and killed: %s',
    async (mischief) => {
      const before = process.memoryUsage().rss
      expect(await outcomeOf(mischief, 1500)).toEqual({
        ok: false,
        code: 'thread-out-of-time',
        detail: {},
      })
      expect(process.memoryUsage().rss - before).toBeLessThan(200 * MB)
    },
  )

  test('aborts is refused', async () => {
    expect(await outcomeOf('an abort')).toMatchObject({ ok: false, code: 'thread-out-of-memory' })
  })

  test.each(['a fault in memory', 'an end in the middle'])(
    'ends by itself has failed, and can be tried again: %s',
    async (mischief) => {
      expect(await outcomeOf(mischief)).toMatchObject({ code: 'reading-failed' })
    },
  )
})

describe('[S72] what a process sends that a file has taken over', () => {
  afterEach(() => {
    expect(running()).toEqual([])
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  test.each([
    'bytes without a meaning',
    'a frame without an end',
    'brackets upon brackets',
    'a prototype',
    'a receipt with something else in it',
    'words of its own for an error',
    'records before anything was opened',
    'a record with cells too many',
    'a client of another provider',
    'a piece of a file that nobody asked for',
    'a part of another file',
    'a part past the end of its file',
    'more than it takes',
  ])('is not taken, and ends it: %s', async (mischief) => {
    const failed = await outcomeOf(mischief)
    expect(failed).toMatchObject({
      code: 'reading-failed',
      detail: { at: 'what the process sent' },
    })
    expect(String(failed)).not.toMatch(/Ffion|Canary/)
  })

  test('is taken where it is as it should be', async () => {
    expect(await outcomeOf('a record as it should be')).toEqual({
      ok: false,
      code: 'no-rows',
      detail: {},
      top: undefined,
    })
  })
})

describe('[S23] a worker that is killed', () => {
  test.runIf(confinement.endsWithParent)('leaves no process behind, whatever it does', async () => {
    const script = `import('#server/intake/reading/read-file.ts').then(({ readFile }) => {
      const [task, limits] = JSON.parse(process.argv[1])
      void readFile({ ...task, areas: new Map() }, {}, limits)
    })`
    const limits = { heapMb: 48, youngMb: 12, wholeMb: 256, longest: 60_000, snapshot }
    const worker = spawn(process.execPath, [
      '-e',
      script,
      JSON.stringify([taskFor('a loop'), limits]),
    ])
    await expect.poll(running, { timeout: 60_000 }).not.toEqual([])
    worker.kill('SIGKILL')
    await once(worker, 'close')
    await expect.poll(running, { timeout: 10_000 }).toEqual([])
  })
})
