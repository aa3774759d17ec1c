import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'

/**
 * npm start as a person has it: started, stopped, killed and started again, with few people and
 * without the portal's pages.
 */

const ROOT = dirname(dirname(import.meta.dirname))
/** Of a machine that is busy with other tests; each is done in a fraction of it. */
const PATIENCE = { timeout: 480_000 }

let parent: string
let dataDir: string
/** Every start so far. */
const starts: Started[] = []

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'countonce-start-'))
  // As root, PostgreSQL's user must pass through.
  await chmod(parent, 0o711)
  dataDir = join(parent, 'data')
})

afterAll(() => rm(parent, { recursive: true, force: true }))

interface Started {
  readonly launcher: ChildProcess
  /** Everything it printed so far, on either stream. */
  readonly said: () => string
  readonly ended: Promise<number | NodeJS.Signals | null>
}

function start(...options: string[]): Started {
  const launcher = spawn(
    '/bin/sh',
    [
      // As where dumps of memory are kept.
      ...['-c', 'ulimit -S -c unlimited 2>/dev/null; exec "$0" "$@"', process.execPath],
      ...[join(ROOT, 'bin/bootstrap.mjs'), 'start', '--data', dataDir, '--no-portal', ...options],
    ],
    {
      env: { ...process.env, COUNTONCE_PREPARED: ROOT },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    },
  )
  let said = ''
  for (const stream of [launcher.stdout, launcher.stderr]) {
    stream.on('data', (piece: Buffer) => (said += piece.toString()))
  }
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    launcher.once('exit', (code, signal) => {
      resolve(signal ?? code)
    })
  })
  onTestFinished(() => {
    if (launcher.exitCode === null) launcher.kill('SIGINT')
  })
  const started = { launcher, said: () => said, ended }
  starts.push(started)
  return started
}

/** What any start said of the demonstration's release. */
function releases(): string[] {
  return starts.flatMap(({ said }) => said().match(/^Released as .*/gm) ?? [])
}

async function running(...options: string[]): Promise<Started & { readonly worker: number }> {
  const started = start('--people', '60', ...options)
  let hasEnded = false
  void started.ended.then(() => (hasEnded = true))
  await until(() => hasEnded || started.said().includes('Ctrl-C stops everything'))
  expect(started.said()).toContain('Ctrl-C stops everything')
  return { ...started, worker: workerOf(started.said()) }
}

function workerOf(said: string): number {
  return Number(/worker +process (\d+)/.exec(said)?.[1])
}

/** The database server; undefined when its file is gone. */
function postmaster(): number | undefined {
  try {
    return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return undefined
  }
}

/** Whether a dump of its memory is kept when a process crashes. */
function leavesDumps(pid: number | undefined): boolean {
  return !/^Max core file size +0 +0 /m.test(readFileSync(`/proc/${pid ?? 0}/limits`, 'utf8'))
}

/** Whether a process runs: not even as a zombie that nobody has waited for. */
function isAlive(pid: number | undefined): boolean {
  if (pid === undefined || !(pid > 0)) return false
  try {
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '')[0]
    return state !== 'Z' && state !== 'X'
  } catch {
    return false
  }
}

async function until(condition: () => boolean, patience = 240_000): Promise<void> {
  const deadline = Date.now() + patience
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited too long')
    await pause(50)
  }
}

/** The process that the launcher started. */
function childOf(pid: number | undefined): number {
  return Number(readFileSync(`/proc/${pid ?? 0}/task/${pid ?? 0}/children`, 'utf8').split(' ')[0])
}

/** The workers that run on a data folder. */
function workersOn(folder: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => isAlive(pid) && argumentsOf(pid).includes(folder))
    .filter((pid) => argumentsOf(pid).some((word) => word.endsWith('/worker.ts')))
}

function argumentsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}

/** What workers told of themselves, in its order. */
function eventsOfWorkers(): string[] {
  const lines = readFileSync(join(dataDir, 'logs', 'worker.log'), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => (JSON.parse(line) as { event: string }).event)
}

describe.runIf(process.platform === 'linux')('npm start', () => {
  test(
    'stops in the middle of the making without a word of failure, goes on with it the next time, shows what it reached, refuses a second start beside it, and leaves no process',
    PATIENCE,
    async () => {
      const first = start('--people', '60')
      await until(() => / 3 of \d\d /.test(first.said()))
      first.launcher.kill('SIGINT')
      expect(await first.ended, first.said()).toBe(0)
      expect(first.said()).toMatch(/Inventing 60 people/)
      expect(first.said()).toContain('Stopping')
      expect(first.said()).not.toMatch(/countonce:|reference F-/)
      expect(postmaster()).toBeUndefined()

      const { launcher, said, ended, worker } = await running()
      expect(said()).not.toContain('Inventing')
      expect(said()).toMatch(/ 1 of \d\d /)
      for (const pid of [childOf(launcher.pid), postmaster(), worker]) {
        expect([pid, leavesDumps(pid)]).toEqual([pid, !existsSync('/usr/bin/prlimit')])
      }
      expect(said()).toMatch(/(\d+) of \1 /)
      expect(said()).toMatch(/all, each counted once +\d+/)
      expect(said()).toMatch(/database +127\.0\.0\.1:\d+/)
      expect(said()).not.toMatch(/postgresql:|Canary/)
      const started = childOf(launcher.pid)
      const server = postmaster()
      expect([started, worker, server].map(isAlive)).toEqual([true, true, true])
      const second = start('--people', '60')
      expect(await second.ended).toBe(1)
      expect(second.said()).toContain('Count Once already runs on this data folder.')
      expect(second.said()).toContain(`started-already · process ${started} · reference`)
      expect(workersOn(dataDir)).toEqual([worker])
      // It is released by now, or in the middle of it: that is left, and made the next time.
      launcher.kill('SIGTERM')
      expect(await ended).toBe(0)
      expect(said()).not.toMatch(/countonce:|reference F-/)
      expect([started, worker, server].map(isAlive)).toEqual([false, false, false])
      expect(postmaster()).toBeUndefined()
    },
  )

  test(
    'begins where it was, on the next port when its own is in use; starts the worker and the database again when they are killed, and ends with its launcher',
    PATIENCE,
    async () => {
      const { port } = JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8')) as {
        port: number
      }
      const squatter = createServer()
      await new Promise<void>((resolve) => {
        squatter.listen(port, '127.0.0.1', resolve)
      })
      onTestFinished(() => void squatter.close())
      const { launcher, said, worker } = await running()
      expect(said()).not.toContain('Inventing')
      await until(() => releases().length === 1)
      expect(releases()[0]).toMatch(/REL-2024-Q3-1: \d+ figures, \d+ hidden[.]$/)
      expect(said()).toContain(`Port ${port} is in use`)
      expect(said()).not.toContain(`database   127.0.0.1:${port}\n`)

      const started = childOf(launcher.pid)
      const before = eventsOfWorkers().length
      process.kill(worker, 'SIGKILL')
      await until(() => said().includes('The worker ended (SIGKILL) and is started again.'))
      const server = postmaster()
      if (server !== undefined) process.kill(server, 'SIGKILL')
      // Whoever misses it first starts it: the one that looks after it, or the worker that begins
      // just then.
      await until(() => postmaster() !== server && isAlive(postmaster()))
      await until(() => eventsOfWorkers().slice(before).includes('worker.started'))
      const again = postmaster()

      launcher.kill('SIGKILL')
      await until(() => !isAlive(started) && !isAlive(again))
      expect(eventsOfWorkers().at(-1)).toBe('worker.stopped')
    },
  )

  test(
    'starts after everything was killed at once, and waits at its end for a worker that is just being started',
    PATIENCE,
    async () => {
      const first = await running()
      for (const pid of [
        first.launcher.pid,
        childOf(first.launcher.pid),
        first.worker,
        postmaster(),
      ]) {
        if (pid !== undefined) process.kill(pid, 'SIGKILL')
      }
      await first.ended
      const { launcher, said, ended, worker } = await running()
      expect(said()).toMatch(/all, each counted once +\d+/)
      expect(said()).not.toContain('Inventing')

      process.kill(worker, 'SIGKILL')
      await until(() => workersOn(dataDir).some((pid) => pid !== worker))
      expect(said()).toContain('The worker ended (SIGKILL) and is started again.')
      launcher.kill('SIGINT')
      expect(await ended).toBe(0)
      expect(workersOn(dataDir)).toEqual([])
      expect(postmaster()).toBeUndefined()
      expect(releases()).toHaveLength(1)
    },
  )

  test('says how it is used when it is asked for what it does not know', async () => {
    const { ended, said } = start('--people', 'many')
    expect(await ended).toBe(2)
    expect(said()).toContain('usage: npm start')
  })
})
