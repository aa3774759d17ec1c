import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chown, cp, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Fault, systemCode } from '#server/platform/faults/fault.ts'
import { binariesIn, findPostgres, type PostgresBinaries } from './postgres-binaries.ts'
import { canEnter, findServerUser, type ServerUser } from './postgres-user.ts'

const run = promisify(execFile)

/** The superuser of an embedded cluster. */
export const CLUSTER_OWNER = 'countonce'

/** Where root keeps what the unprivileged user could not reach inside the data folder. */
const ELSEWHERE = '/var/lib/count-once'

/** An embedded cluster on this machine: its folder, its programs and who runs them. */
export interface Cluster {
  readonly folder: string
  readonly binaries: PostgresBinaries
  /** Undefined: the user of this process. */
  readonly user: ServerUser | undefined
  readonly password: string
  readonly log: string
  /** Where the port and the folder are recorded. */
  readonly record: string
  /** The port it ran on last. */
  readonly preferredPort: number | undefined
}

interface ClusterRecord {
  readonly folder: string
  readonly port?: number
}

/** Makes the data folder when there is none and returns its real path. */
export async function makeDataFolder(dataDir: string): Promise<string> {
  // As root: 0711 lets the server's user pass through to its own folder and list nothing.
  await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  return realpath(dataDir)
}

/**
 * Finds the cluster of a data folder, making password and folder of logs when there are none; call
 * it under the lock. The cluster lies in `<data>/postgres`; where root runs and the unprivileged
 * user cannot enter that (a parent is private), it lies under /var/lib/count-once,
 * `<data>/postgres.json` says where, and `onNotice` is told.
 */
export async function locateCluster(
  data: string,
  onNotice: (notice: string) => void,
): Promise<Cluster> {
  const user = await findServerUser()
  await mkdir(join(data, 'logs'), { recursive: true, mode: 0o700 })
  const record = join(data, 'postgres.json')
  const recorded = await readRecord(record)
  const folder = recorded?.folder ?? (await chooseFolder(data, user, onNotice))
  return {
    folder,
    binaries: await reachableBinaries(user, onNotice),
    user,
    password: await readOrMakePassword(join(data, 'postgres.password')),
    log: join(data, 'logs', 'postgres.log'),
    record,
    preferredPort: recorded?.port,
  }
}

/** Writes down where the cluster lies and the port it runs on. */
export async function recordPort(cluster: Cluster, port: number): Promise<void> {
  const kept: ClusterRecord = { folder: cluster.folder, port }
  await writeFile(`${cluster.record}.new`, `${JSON.stringify(kept)}\n`, { mode: 0o600 })
  await rename(`${cluster.record}.new`, cluster.record)
}

/**
 * Runs initdb when the cluster does not exist; a cluster half made by a killed process is made
 * anew.
 */
export async function initialiseCluster(cluster: Cluster): Promise<void> {
  const { folder, user, binaries } = cluster
  if (await exists(join(folder, 'PG_VERSION'))) {
    await refuseForeignFolder(folder, user)
    return
  }
  const making = `${folder}.new`
  const passwordFile = `${folder}.pw`
  try {
    await rm(making, { recursive: true, force: true })
    await rm(passwordFile, { force: true })
    await mkdir(making, { recursive: true, mode: 0o700 })
    // initdb runs as the server's user, who may not read our password file: it gets its own copy
    // for a moment.
    await writeFile(passwordFile, cluster.password, { flag: 'wx', mode: 0o600 })
    if (user !== undefined) {
      await chown(making, user.uid, user.gid)
      await chown(passwordFile, user.uid, user.gid)
    }
    await run(
      binaries.initdb,
      [
        `--pgdata=${making}`,
        `--username=${CLUSTER_OWNER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      { ...user, cwd: making, env: serverEnvironment() },
    )
    await rm(folder, { recursive: true, force: true })
    await rename(making, folder)
  } catch (error) {
    await rm(making, { recursive: true, force: true })
    throw new Fault('database-start', { step: 'initdb' }, error)
  } finally {
    await rm(passwordFile, { force: true })
  }
}

/** The server gets no variable of ours: some of them are secrets. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept: Record<string, string> = { LC_ALL: 'C', TZ: 'UTC' }
  for (const name of ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'LD_LIBRARY_PATH']) {
    const value = process.env[name]
    if (value !== undefined) kept[name] = value
  }
  // The framework's types demand NODE_ENV of every environment; this one is PostgreSQL's.
  return kept as NodeJS.ProcessEnv
}

async function chooseFolder(
  data: string,
  user: ServerUser | undefined,
  onNotice: (notice: string) => void,
): Promise<string> {
  if (await canEnter(data, user)) return join(data, 'postgres')
  const name = createHash('sha256').update(data).digest('hex').slice(0, 16)
  const folder = join(ELSEWHERE, name, 'postgres')
  await mkdir(dirname(folder), { recursive: true, mode: 0o711 })
  if (!(await canEnter(dirname(folder), user))) throw new Fault('database-folder', { folder })
  onNotice(
    `PostgreSQL does not run as root, and its user cannot enter ${data}: the database is kept in ${folder} instead.`,
  )
  return folder
}

async function reachableBinaries(
  user: ServerUser | undefined,
  onNotice: (notice: string) => void,
): Promise<PostgresBinaries> {
  const found = await findPostgres()
  if (await canEnter(dirname(found.initdb), user)) return found
  const version = (await run(found.postgres, ['--version'])).stdout.replace(/[^0-9.]/g, '')
  const copy = binariesIn(join(ELSEWHERE, `postgresql-${version}`))
  if (!(await exists(copy.postgres))) {
    const making = `${copy.home}.${randomBytes(4).toString('hex')}`
    await mkdir(ELSEWHERE, { recursive: true, mode: 0o711 })
    await cp(found.home, making, { recursive: true, verbatimSymlinks: true })
    await rename(making, copy.home).catch(() => rm(making, { recursive: true, force: true }))
    onNotice(
      `PostgreSQL's user cannot enter ${found.home}: its programs were copied to ${copy.home}.`,
    )
  }
  return copy
}

async function refuseForeignFolder(folder: string, user: ServerUser | undefined): Promise<void> {
  const mine = user?.uid ?? process.getuid?.()
  if (mine !== undefined && (await stat(folder)).uid !== mine) {
    throw new Fault('database-folder', { folder })
  }
}

async function readRecord(path: string): Promise<ClusterRecord | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw new Fault('database-folder', { file: path }, error)
  }
  return JSON.parse(text) as ClusterRecord
}

async function readOrMakePassword(path: string): Promise<string> {
  const made = randomBytes(24).toString('base64url')
  const temporary = `${path}.${randomBytes(4).toString('hex')}`
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw new Fault('database-folder', { file: path }, error)
  }
  await writeFile(temporary, made, { flag: 'wx', mode: 0o600, flush: true })
  await rename(temporary, path)
  return made
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false
    throw new Fault('database-folder', { file: path }, error)
  }
}
