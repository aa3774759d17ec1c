import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { existsSync, mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectFolder } from '#server/platform/machine/project-folder.ts'

/** What a reading process may take. */
export interface ReaderLimits {
  /** Heap of the process, in MB, and the part of it for what is young. */
  readonly heapMb: number
  readonly youngMb: number
  /** All its memory, in MB: the heap, what lies beside it, and the program itself. */
  readonly wholeMb: number
  /** The longest that a file may take to be read, in milliseconds. */
  readonly longest: number
  /** Another state than its own for the process to begin from, in tests of what it cannot do. */
  readonly snapshot?: string
}

/** How the system holds reading processes, beside what Node does. */
export interface Confinement {
  /** Whether each has a network of its own, with nobody else in it. */
  readonly hasOwnNetwork: boolean
  /** Whether each ends with whoever started it, even in the middle of a row. */
  readonly endsWithParent: boolean
}

interface Launch extends Confinement {
  /** Commands with their arguments, each of which starts the next. */
  readonly before: readonly string[]
}

/** A reading process with all its code loaded, as Node restores it. Made by bin/generate.mjs. */
const SNAPSHOT = 'server/intake/reading/generated/reading-process.blob'

const SHELL = '/bin/sh'
const COMMANDS = ['/usr/bin', '/bin']

/** Ways to a network of one's own: as anybody, in a user space of one's own; else as who may. */
const OWN_NETWORK = [
  ['unshare', '--user', '--net', '--'],
  ['unshare', '--net', '--'],
]
const WITH_PARENT = [['setpriv', '--no-new-privs', '--pdeathsig', 'KILL', '--']]
const WITHOUT_ENVIRONMENT = [['env', '-i']]

const NOTHING = {} as NodeJS.ProcessEnv

/** Memory that the system counts besides what a process has in use, in MB: reserved for code and stacks. */
const RESERVED_MB = 384
/** Threads of a process besides its own that compile and collect; few, since workers share a machine. */
const POOL = 2

let found: Promise<Launch> | undefined

/** How reading processes are held on this machine. */
export async function findConfinement(): Promise<Confinement> {
  const { hasOwnNetwork, endsWithParent } = await findLaunch()
  return { hasOwnNetwork, endsWithParent }
}

/**
 * Starts a process that can do nothing but read what it is given: no file, no child, no thread, no
 * add-on, no environment, an empty folder; where the system allows it, a network with nobody in it.
 */
export async function launchProcess(limits: ReaderLimits): Promise<ChildProcessWithoutNullStreams> {
  const { snapshot = join(projectFolder('lib'), SNAPSHOT) } = limits
  const { before } = await findLaunch()
  const node = [process.execPath, '--snapshot-blob', snapshot, ...nodeOptions(limits)]
  const [command = process.execPath, ...rest] = [...shellLimits(limits), ...before, ...node]
  const folder = mkdtempSync(join(tmpdir(), 'countonce-reading-'))
  const child = spawn(command, rest, {
    cwd: folder,
    env: NOTHING,
    stdio: 'pipe',
    windowsHide: true,
  })
  // It is in the folder by now, and needs no name for it. Windows removes it once it is out.
  const remove = (): void => {
    if (existsSync(folder)) rmdirSync(folder)
  }
  if (process.platform === 'win32') child.once('exit', remove)
  else remove()
  return child
}

function nodeOptions({ heapMb, youngMb }: ReaderLimits): string[] {
  return [
    '--permission',
    '--no-addons',
    '--disallow-code-generation-from-strings',
    // A signal from outside opens no inspector, and a warning needs somewhere to be written.
    '--disable-sigusr1',
    '--no-warnings',
    `--max-old-space-size=${heapMb}`,
    // The young generation is three of these.
    `--max-semi-space-size=${Math.ceil(youngMb / 3)}`,
    `--v8-pool-size=${POOL}`,
  ]
}

/**
 * What the system itself allows, where it has a shell: no dump of memory, no file written, and as a
 * last resort a bound on memory and on time at work, whoever is left to watch.
 */
function shellLimits({ wholeMb, longest }: ReaderLimits): string[] {
  if (process.platform === 'win32' || !existsSync(SHELL)) return []
  const limits = [
    'ulimit -c 0',
    'ulimit -f 0',
    `ulimit -t ${Math.ceil(longest / 1000) + 60}`,
    // Not every system counts so.
    `ulimit -d ${(wholeMb + RESERVED_MB) * 1024} || :`,
  ]
  return [SHELL, '-c', `{ ${limits.join('; ')}; } 2>/dev/null; exec "$@"`, SHELL]
}

function findLaunch(): Promise<Launch> {
  return (found ??= tryWays())
}

async function tryWays(): Promise<Launch> {
  const network = await firstThatWorks(OWN_NETWORK)
  const parent = await firstThatWorks(WITH_PARENT)
  const environment = await firstThatWorks(WITHOUT_ENVIRONMENT)
  return {
    before: [...network, ...parent, ...environment],
    hasOwnNetwork: network.length > 0,
    endsWithParent: parent.length > 0,
  }
}

/** The first of some commands that starts another on this machine; none where no one does. */
async function firstThatWorks(ways: readonly (readonly string[])[]): Promise<readonly string[]> {
  for (const [name = '', ...rest] of ways) {
    const command = COMMANDS.map((folder) => join(folder, name)).find((path) => existsSync(path))
    const nothing = COMMANDS.map((folder) => join(folder, 'true')).find((path) => existsSync(path))
    if (command === undefined || nothing === undefined) continue
    try {
      await promisify(execFile)(command, [...rest, nothing], { timeout: 5_000 })
      return [command, ...rest]
    } catch {
      // The next way, or without.
    }
  }
  return []
}
