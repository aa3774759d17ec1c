import { randomBytes } from 'node:crypto'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { run, runForRow } from '#server/platform/db/run.ts'
import { Fault, systemCode } from '#server/platform/faults/fault.ts'
import {
  CLUSTER_OWNER,
  initialiseCluster,
  locateCluster,
  makeDataFolder,
  type Cluster,
} from './cluster.ts'
import { closeOnSignals } from '#server/platform/machine/close-on-signals.ts'
import { withLockFile } from '#server/platform/machine/lock-file.ts'
import { readPostmaster, startPostmaster, stopPostmaster } from './postmaster.ts'

/** A database to connect to, for as long as it is open. */
export interface OpenDatabase {
  readonly url: string
  /** End pools of this process first: what is still connected through `url` is cut off. */
  readonly close: () => Promise<void>
}

/** How to open the database. */
export interface OpenDatabaseOptions {
  readonly dataDir: string
  /** DATABASE_URL in it names a server to use instead of the embedded one. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Leaves the embedded server running at close, for whoever comes next. */
  readonly keepRunning?: boolean
  /** Told what a person should know: a port that gave way, a folder elsewhere, a repair. */
  readonly onNotice?: (notice: string) => void
}

/**
 * Opens the embedded PostgreSQL of a data folder, in `<dataDir>/postgres`, made on first use and
 * shared by all processes that have it open; the last one to close stops it. Each holds one
 * connection for as long as it has it open, so that one that was killed is not waited for. SIGINT
 * and SIGTERM close it, where nobody else in the process listens to them. Throws a `Fault` whose
 * code begins with `database-`.
 */
export async function openEmbedded(options: OpenDatabaseOptions): Promise<OpenDatabase> {
  const onNotice = options.onNotice ?? (() => undefined)
  const data = await makeDataFolder(options.dataDir)
  const lock = join(data, 'postgres.lock')
  const name = `countonce-${process.pid}-${randomBytes(3).toString('hex')}`
  const { cluster, presence } = await withLockFile(lock, STARTING, async () => {
    const cluster = await locateCluster(data, onNotice)
    const running = await joinRunning(cluster, name)
    if (running !== undefined) return { cluster, presence: running }
    await initialiseCluster(cluster)
    const port = await startPostmaster(cluster, onNotice)
    return { cluster, presence: await connect(cluster, name, port) }
  })
  const url = address(cluster, name, presence.port)

  let closing: Promise<void> | undefined
  const close = (): Promise<void> => {
    closing ??= withLockFile(lock, STARTING, () =>
      leave(cluster, presence, name, options.keepRunning === true),
    )
    forgetSignals()
    return closing
  }
  const forgetSignals = closeOnSignals(close)
  return { url, close }
}

/** How long another start or stop of the same server is waited for. */
const STARTING = { patience: 2 * 60_000, refused: 'database-start-busy' } as const

/**
 * A server repairs itself after a crash, however long its log is; then it takes connections again,
 * or ends.
 */
const REPAIR_MS = 10 * 60_000
const STARTING_OR_STOPPING = '57P03'

/** The connection that shows that this process has the database open. */
interface Presence {
  readonly client: pg.Client
  readonly socket: Socket
  readonly port: number
}

async function joinRunning(cluster: Cluster, name: string): Promise<Presence | undefined> {
  const deadline = Date.now() + REPAIR_MS
  while (Date.now() < deadline) {
    const postmaster = await readPostmaster(cluster)
    if (postmaster === undefined || !(postmaster.port > 0)) return undefined
    try {
      return await connect(cluster, name, postmaster.port)
    } catch (error) {
      const code = systemCode(error)
      if (code === '53300') throw new Fault('database-gone', { reason: 'too many connections' })
      // Nobody there, or a stranger on the port (our server proves that it knows the password):
      // start ours.
      if (code !== STARTING_OR_STOPPING) return undefined
    }
    await pause(50)
  }
  return undefined
}

async function connect(cluster: Cluster, name: string, port: number): Promise<Presence> {
  const socket = new Socket()
  const client = new pg.Client({
    stream: () => socket,
    host: '127.0.0.1',
    port,
    user: CLUSTER_OWNER,
    password: cluster.password,
    database: 'postgres',
    application_name: name,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  })
  // A server that dies is noticed by whoever asks it something; this connection only shows that we
  // are here.
  client.on('error', () => undefined)
  await client.connect()
  const { made } = await runForRow(client, 'cluster/has-database', [CLUSTER_OWNER])
  if (!made) await run(client, 'cluster/make-database', [], { name: CLUSTER_OWNER })
  // Being here keeps no process alive that has nothing else to do.
  socket.unref()
  return { client, socket, port }
}

async function leave(
  cluster: Cluster,
  presence: Presence,
  name: string,
  keepRunning: boolean,
): Promise<void> {
  presence.socket.ref()
  let last = keepRunning ? false : await isLast(presence.client, name)
  await presence.client.end().catch(() => undefined)
  if (last === undefined) {
    // Our connection broke: the server stopped, or one of its processes crashed and it cut all of
    // them.
    const again = await joinRunning(cluster, name)
    again?.socket.ref()
    last = again !== undefined && (await isLast(again.client, name))
    await again?.client.end().catch(() => undefined)
  }
  const postmaster = await readPostmaster(cluster)
  if (last === true && postmaster !== undefined) await stopPostmaster(cluster, postmaster)
}

/** Whether nobody else is connected; undefined when this connection is broken. */
async function isLast(client: pg.Client, name: string): Promise<boolean | undefined> {
  try {
    return (await runForRow(client, 'cluster/count-others', [name])).others === 0
  } catch {
    return undefined
  }
}

function address(cluster: Cluster, name: string, port: number): string {
  const password = encodeURIComponent(cluster.password)
  return `postgresql://${CLUSTER_OWNER}:${password}@127.0.0.1:${port}/${CLUSTER_OWNER}?application_name=${name}`
}
