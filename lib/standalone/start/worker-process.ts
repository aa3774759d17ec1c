import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { writtenOver } from '#server/platform/machine/freed-memory.ts'
import { projectFolder } from '#server/platform/machine/project-folder.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { loginVariable, prepareWorker, withoutOwner } from '#server/store/logins.ts'
import type { Store } from '#server/store/store.ts'

/** A worker that is kept running. */
export interface KeptWorker {
  /** The process at this moment. */
  readonly pid: () => number | undefined
  /** Tells it to stop and waits for its end; what it is at is finished or given back. */
  stop(): Promise<void>
  /** Ends it at once. */
  kill(): void
}

/**
 * The first wait before a worker that ended is started again, in milliseconds; it doubles up to the
 * longest.
 */
const FIRST_WAIT = 500
const LONGEST_WAIT = 30_000
/** A worker that ran so long had a good start. */
const GOOD_RUN = 60_000

/**
 * Starts a worker on the store, which it signs in to as itself and knows no owner of, and starts it
 * again whenever it ends by itself. Ready when it returns. In a session of its own, so that a Ctrl-C
 * in the terminal reaches us and not it; it ends by itself when this process is gone.
 */
export async function keepWorker(
  store: Store,
  onNotice: (notice: string) => void,
): Promise<KeptWorker> {
  let stopping = false
  let wait = FIRST_WAIT
  let timer: NodeJS.Timeout | undefined
  let { child, ready } = startWorker(store, await prepareWorker(store))
  await ready
  let since = Date.now()
  watch()

  function watch(): void {
    child.once('exit', (code, signal) => {
      if (stopping) return
      wait = Date.now() - since > GOOD_RUN ? FIRST_WAIT : Math.min(2 * wait, LONGEST_WAIT)
      onNotice(`The worker ended (${signal ?? `status ${code ?? ''}`}) and is started again.`)
      timer = setTimeout(again, wait)
    })
  }

  function again(): void {
    restart().then(
      () => {
        since = Date.now()
        watch()
      },
      () => {
        wait = Math.min(2 * wait, LONGEST_WAIT)
        if (!stopping) timer = setTimeout(again, wait)
      },
    )
  }

  async function restart(): Promise<void> {
    const address = await prepareWorker(store)
    if (stopping) throw new Error('stopped')
    ;({ child, ready } = startWorker(store, address))
    await ready
  }

  return {
    pid: () => child.pid,
    async stop() {
      stopping = true
      clearTimeout(timer)
      if (hasEnded(child)) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
    kill() {
      stopping = true
      clearTimeout(timer)
      child.kill('SIGKILL')
    },
  }
}

/** Starts one; `ready` throws `worker-start` when it ends before it is ready. */
function startWorker(
  { dataDir, env }: Store,
  address: string,
): { child: ChildProcess; ready: Promise<void> } {
  const file = join(projectFolder('lib'), 'server', 'jobs', 'worker', 'worker.ts')
  const own: Record<string, string> = {
    ...withoutOwner(env),
    ...writtenOver(env),
    [loginVariable('worker')]: address,
  }
  const child = spawn(process.execPath, [file, '--data', dataDir, '--patience', '10'], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // The framework's types demand NODE_ENV of every environment; a worker has what we have.
    env: own as NodeJS.ProcessEnv,
    detached: process.platform !== 'win32',
  })
  const ready = new Promise<void>((resolve, reject) => {
    child.once('message', () => {
      resolve()
    })
    child.once('error', (cause) => {
      reject(new Fault('worker-start', {}, cause))
    })
    child.once('exit', (status) => {
      reject(new Fault('worker-start', { status: status ?? 'killed' }))
    })
  })
  return { child, ready }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}
