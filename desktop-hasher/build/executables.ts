/**
 * The command line as one program that needs no Node: Node's single executable application, the
 * bundle inside Node itself. Source:
 * https://nodejs.org/docs/latest-v22.x/api/single-executable-applications.html
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { inject } from 'postject'
import { bundle } from './bundle.ts'
import { fetchRuntime, hostPlatform, type Platform } from './runtimes.ts'
import { withoutSignature } from './unsigned.ts'

const run = promisify(execFile)

const ENTRY = fileURLToPath(new URL('../cli/countonce-hash.ts', import.meta.url))
/** Where Node looks for an application in itself, and the mark that says there is one. */
const BLOB = 'NODE_SEA_BLOB'
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'

const NAMES: Readonly<Record<Platform, string>> = {
  'windows-x64': 'countonce-hash-windows-x64.exe',
  'linux-x64': 'countonce-hash-linux-x64',
  'macos-arm64': 'countonce-hash-macos-arm64',
}

/**
 * Builds a platform's executable into a folder, unless one of the same bundle and Node is there;
 * answers its path.
 */
export async function buildExecutable(platform: Platform, folder: string): Promise<string> {
  const program = join(folder, NAMES[platform])
  const code = await bundle({ entry: ENTRY, platform: 'node', format: 'cjs' })
  const runtime = await fetchRuntime(platform)
  const digest = createHash('sha256').update(runtime).update(code).digest('hex')
  const stamp = join(folder, `.${NAMES[platform]}.made-from`)
  if (existsSync(program) && (await readText(stamp)) === digest) return program
  await mkdir(folder, { recursive: true })
  const work = await mkdtemp(join(tmpdir(), 'countonce-executable-'))
  try {
    const made = join(work, 'program')
    await writeFile(made, withoutSignature(await readFile(runtime), platform))
    await inject(made, BLOB, await blobOf(code, work), {
      sentinelFuse: FUSE,
      ...(platform === 'macos-arm64' ? { machoSegmentName: 'NODE_SEA' } : {}),
    })
    await chmod(made, 0o755)
    // A program that runs cannot be written over, but its name can be given to another.
    const aside = `${program}.${process.pid}`
    await writeFile(aside, await readFile(made), { mode: 0o755 })
    await rename(aside, program)
    await writeFile(stamp, digest)
    return program
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/**
 * What Node runs instead of a file. Without a snapshot or code cache, so that it is the same for
 * every platform.
 */
async function blobOf(code: string, work: string): Promise<Buffer> {
  await writeFile(join(work, 'countonce-hash.cjs'), code)
  const configuration = {
    main: 'countonce-hash.cjs',
    output: 'countonce-hash.blob',
    disableExperimentalSEAWarning: true,
    useSnapshot: false,
    useCodeCache: false,
  }
  await writeFile(join(work, 'sea.json'), JSON.stringify(configuration))
  // The Node that will run it makes it, wherever there is one for this machine.
  const host = hostPlatform()
  const node = host === undefined ? process.execPath : await fetchRuntime(host)
  await run(node, ['--experimental-sea-config', 'sea.json'], { cwd: work })
  return readFile(join(work, 'countonce-hash.blob'))
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}
