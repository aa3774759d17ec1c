import { execFile, spawn } from 'node:child_process'
import { open, readFile, readdir, readlink, rename, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Fault, systemCode } from '#server/platform/faults/fault.ts'
import { recordPort, serverEnvironment, type Cluster } from './cluster.ts'
import { serverSettings } from './postgres-settings.ts'

const FIRST_PORT = 54_320
const LAST_PORT = 54_999
const LOG_LIMIT = 16 * 1024 * 1024

/** What postmaster.pid says of the running server. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  readonly ready: boolean
}

/** The server that postmaster.pid names; it may have been killed since. */
export async function readPostmaster(cluster: Cluster): Promise<Postmaster | undefined> {
  const text = await readFile(pidFile(cluster), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!(pid > 0)) return undefined
  return { pid, port, ready: (lines[7] ?? '').startsWith('ready') }
}

/**
 * Starts the server in a session of its own, so that a Ctrl-C in the terminal reaches us and not
 * it, and waits until it takes connections. A port in use gives way to the next, which is told and
 * recorded. Returns the port.
 */
export async function startPostmaster(
  cluster: Cluster,
  onNotice: (notice: string) => void,
): Promise<number> {
  await clearAfterKill(cluster)
  await turnLog(cluster.log)
  const wanted = cluster.preferredPort ?? FIRST_PORT
  let port = await freePort(wanted)
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (await tryStart(cluster, port, onNotice)) {
      if (port !== cluster.preferredPort) await recordPort(cluster, port)
      if (port !== wanted && cluster.preferredPort !== undefined) {
        onNotice(`Port ${wanted} is in use: the database listens on ${port}.`)
      }
      return port
    }
    // Either the port was taken between our look and the server's, or the memory of a killed server
    // still lives.
    if (await isFree(port)) await pause(250)
    else port = await freePort(port + 1)
  }
  throw new Fault('database-start', { log: cluster.log })
}

/**
 * Stops the server at once (open transactions are rolled back, what is committed is flushed) and
 * waits for its end.
 */
export async function stopPostmaster(cluster: Cluster, postmaster: Postmaster): Promise<void> {
  if (process.platform === 'win32') {
    const control = join(dirname(cluster.binaries.postgres), 'pg_ctl.exe')
    await promisify(execFile)(control, ['stop', '-D', cluster.folder, '-m', 'fast', '-w'])
    return
  }
  // A server that was killed has left its file, and one of its processes may have answered after it.
  if (!tell(postmaster.pid, 'SIGINT')) return
  // Its own process may linger as a zombie in a container without an init; the file goes with its
  // last act, but not where it was killed.
  const deadline = Date.now() + 120_000
  for (let looks = 1; (await readPostmaster(cluster))?.pid === postmaster.pid; looks += 1) {
    if (Date.now() > deadline) throw new Fault('database-start', { step: 'stop', log: cluster.log })
    if (looks % LOOKS_APART === 0 && (await isOver(cluster))) return
    await pause(10)
  }
}

/** Every process is looked through once in so many looks at the file. */
const LOOKS_APART = 25

/** Sends a signal; false when there is no such process any more. */
function tell(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal)
    return true
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false
    throw error
  }
}

/** Whether it is plain that no process of the server is left. */
async function isOver(cluster: Cluster): Promise<boolean> {
  return process.platform === 'linux' && !(await anyProcessIn(cluster.folder))
}

async function tryStart(
  cluster: Cluster,
  port: number,
  onNotice: (notice: string) => void,
): Promise<boolean> {
  const log = await open(cluster.log, 'a', 0o600)
  try {
    const server = spawn(
      cluster.binaries.postgres,
      ['-D', cluster.folder, ...serverSettings(port)],
      {
        ...cluster.user,
        cwd: cluster.folder,
        env: serverEnvironment(),
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
      },
    )
    const end = { exited: false, cause: undefined as unknown }
    server.once('exit', () => (end.exited = true))
    server.once('error', (cause) => Object.assign(end, { exited: true, cause }))
    server.unref()
    let told = false
    const since = Date.now()
    for (;;) {
      const found = await readPostmaster(cluster)
      if (found?.ready === true && found.pid === server.pid) return true
      if (end.cause !== undefined) throw new Fault('database-start', {}, end.cause)
      if (end.exited) return false
      if (!told && Date.now() - since > 3000) {
        told = true
        onNotice('The database was not closed cleanly and repairs itself; this can take minutes.')
      }
      await pause(10)
    }
  } finally {
    await log.close()
  }
}

/**
 * After kill -9 of the server its pid file names a process that is dead, a zombie, or by now a
 * stranger, and PostgreSQL would take the latter two for itself. Every process of a server works in
 * the cluster's folder: once none does, the file is stale and is removed. Only Linux shows this;
 * elsewhere PostgreSQL's own test decides.
 */
async function clearAfterKill(cluster: Cluster): Promise<void> {
  if (process.platform !== 'linux' || (await readPostmaster(cluster)) === undefined) return
  const deadline = Date.now() + 15_000
  while (await anyProcessIn(cluster.folder)) {
    if (Date.now() > deadline) throw new Fault('database-start', { step: 'waiting for its end' })
    await pause(50)
  }
  await rm(pidFile(cluster), { force: true })
}

async function anyProcessIn(folder: string): Promise<boolean> {
  for (const name of await readdir('/proc')) {
    if (!/^[0-9]+$/.test(name)) continue
    const at = await readlink(`/proc/${name}/cwd`).catch(() => '')
    if (at === folder) return true
  }
  return false
}

async function turnLog(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found !== undefined && found.size > LOG_LIMIT) await rename(path, `${path}.1`)
}

async function freePort(from: number): Promise<number> {
  for (let port = from; port <= Math.max(from, LAST_PORT); port += 1) {
    if (await isFree(port)) return port
  }
  throw new Fault('database-start', { step: 'no free port' })
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => {
      resolve(false)
    })
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      probe.close(() => {
        resolve(true)
      })
    })
  })
}

function pidFile(cluster: Cluster): string {
  return join(cluster.folder, 'postmaster.pid')
}
