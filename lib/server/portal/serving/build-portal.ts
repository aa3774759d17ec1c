import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import {
  billOfMaterials,
  shippedFolders,
  writeBill,
  type LockFile,
} from '#core/bill-of-materials/bill-of-materials.ts'
import { closeOnSignals } from '#server/platform/machine/close-on-signals.ts'
import { withLockFile } from '#server/platform/machine/lock-file.ts'
import { projectFolder } from '#server/platform/machine/project-folder.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { compressFiles } from './compressed-files.ts'

/** How long somebody else's build is waited for, in milliseconds: a busy machine takes its time. */
const LONGEST_BUILD = 20 * 60_000

/** What the pages are made from. */
const SOURCES = [
  'app',
  'lib',
  'public',
  'next.config.js',
  'proxy.ts',
  'instrumentation.ts',
  'package-lock.json',
]

/** Builds that nobody has used for so long are removed. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000

/**
 * What the names of actions are made with: the same in every version, so that a form of one is answered by a portal
 * of the next while that is rolled out. It is no secret and protects nothing: no action closes over a value.
 */
const ACTIONS_KEY = createHash('sha256').update('count once: names of actions').digest('base64')

/** A build of the pages that can be started. */
export interface PortalBuild {
  /** The project's folder. */
  readonly root: string
  /** Where the build lies, relative to it. */
  readonly folder: string
  /** Digest of what it was made from. */
  readonly sources: string
}

/**
 * Builds the pages unless there is a build of exactly these sources. `onNotice` is told that it
 * takes a while.
 */
export async function buildPortal(onNotice: (notice: string) => void): Promise<PortalBuild> {
  const build = await buildOfSources()
  const { root, folder, sources } = build
  if (await isBuilt(build)) return build
  await mkdir(join(root, '.next'), { recursive: true })
  const lock = join(root, '.next', 'build.lock')
  await withLockFile(lock, { patience: LONGEST_BUILD, refused: 'portal-build-busy' }, async () => {
    if (await isBuilt(build)) return
    onNotice('Building the pages. This happens once and takes about half a minute.')
    await rm(join(root, folder), { recursive: true, force: true })
    await runBuild(build)
    await compressFiles(join(root, folder))
    await writeBillOf(build)
    await writeFile(stamp(build), `${sources}\n`)
    await removeOldBuilds(build)
  })
  return build
}

/** The build of exactly these sources; throws `portal-not-built` where there is none. */
export async function findBuild(): Promise<PortalBuild> {
  const build = await buildOfSources()
  if (!(await isBuilt(build))) throw new Fault('portal-not-built')
  return build
}

/** The build that these sources have, made or not. */
async function buildOfSources(): Promise<PortalBuild> {
  const root = join(projectFolder('app'), '..')
  const sources = await digestSources(root)
  return { root, folder: `.next/${sources.slice(0, 16)}`, sources }
}

/** The file beside the pages that says what the program is made of. */
export const PORTAL_BILL = 'sbom.cdx.json'

async function writeBillOf({ root, folder }: PortalBuild): Promise<void> {
  // What npm wrote.
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as LockFile
  const { version = '' } = lock.packages[''] ?? {}
  const product = {
    ...({ type: 'application', name: 'count-once', version } as const),
    'bom-ref': `count-once@${version}`,
    licenses: [{ expression: 'MIT' }],
  }
  const bill = billOfMaterials(product, lock, shippedFolders(lock))
  await writeFile(join(root, folder, PORTAL_BILL), writeBill(bill))
}

function stamp({ root, folder }: PortalBuild): string {
  return join(root, folder, 'built-from')
}

async function isBuilt(build: PortalBuild): Promise<boolean> {
  try {
    return (await readFile(stamp(build), 'utf8')).trim() === build.sources
  } catch {
    return false
  }
}

async function runBuild({ root, folder, sources }: PortalBuild): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...withoutSecrets(process.env),
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      COUNTONCE_PORTAL_BUILD: folder,
      COUNTONCE_PORTAL_SOURCES: sources,
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: ACTIONS_KEY,
    },
    // A group of its own: it has processes of its own, which end with it.
    detached: process.platform !== 'win32',
  })
  const forget = endWithUs(child)
  // The build's last words, should it fail.
  let told = ''
  const listen = (chunk: Buffer): void => {
    told = (told + chunk.toString()).slice(-8_000)
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  }).finally(forget)
  if (status !== 0) {
    process.stderr.write(told)
    throw new Fault('portal-build', { status: status ?? 'killed' })
  }
}

/** Ends a child and its own children when this process is stopped or ends. Returns how to forget it. */
function endWithUs(child: ChildProcess): () => void {
  const end = (): void => {
    const { pid } = child
    if (pid === undefined) return
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
    } catch {
      // It has ended.
    }
  }
  process.once('exit', end)
  const forgetSignals = closeOnSignals(() => {
    end()
    return Promise.resolve()
  })
  return () => {
    process.off('exit', end)
    forgetSignals()
  }
}

/** A build has no use for the addresses of databases and vaults. */
function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = { ...env }
  for (const name of ['DATABASE_URL', 'BLOB_STORAGE', 'SMTP_URL', 'KEYS', 'COUNTONCE_PASSPHRASE']) {
    Reflect.deleteProperty(kept, name)
  }
  return kept
}

async function digestSources(root: string): Promise<string> {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of await listFiles(root, source)) {
      hash.update(`${file}\n`)
      const stream = createReadStream(join(root, file))
      stream.on('data', (chunk) => hash.update(chunk))
      await finished(stream)
    }
  }
  return hash.digest('hex')
}

async function listFiles(root: string, path: string): Promise<string[]> {
  if (!(await stat(join(root, path))).isDirectory()) return [path]
  const names = await readdir(join(root, path), { recursive: true, withFileTypes: true })
  return names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort()
}

async function removeOldBuilds({ root, folder }: PortalBuild): Promise<void> {
  for (const entry of await readdir(join(root, '.next'), { withFileTypes: true })) {
    const path = join(root, '.next', entry.name)
    if (!entry.isDirectory() || !/^[0-9a-f]{16}$/.test(entry.name) || path === join(root, folder))
      continue
    if (Date.now() - (await stat(path)).mtimeMs > KEPT_MS)
      await rm(path, { recursive: true, force: true })
  }
}
