import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { Fault, systemCode } from '#server/platform/faults/fault.ts'

/** A lock that was not touched for so long has lost its holder, whose number another process may have. */
const STALE_MS = 60_000
/** How often its holder touches it. */
const BEAT_MS = 15_000

/** How long a lock is waited for, in milliseconds, and what is said then. */
export interface LockPatience {
  readonly patience: number
  readonly refused: 'database-start' | 'portal-build'
}

/**
 * Runs `work` while this process alone holds the lock file `path`. A lock whose process has died,
 * or that nobody touches any more, is taken over. Throws `refused` when it is still held after
 * `patience`.
 */
export async function withLockFile<T>(
  path: string,
  { patience, refused }: LockPatience,
  work: () => Promise<T>,
): Promise<T> {
  const mine = `${process.pid} ${randomUUID()}\n`
  const since = Date.now()
  while (!(await create(path, mine))) {
    await removeWhenStale(path)
    if (Date.now() - since > patience) throw new Fault(refused, { waiting: 'lock' })
    await pause(15)
  }
  const beat = setInterval(() => {
    const now = new Date()
    // Where it was taken away there is nothing to be touched.
    utimes(path, now, now).catch(() => undefined)
  }, BEAT_MS)
  beat.unref()
  try {
    return await work()
  } finally {
    clearInterval(beat)
    if ((await readOrEmpty(path)) === mine) await rm(path, { force: true })
  }
}

async function create(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  }
}

async function removeWhenStale(path: string): Promise<void> {
  const held = await readOrEmpty(path)
  if (held !== '' && isAlive(Number(held.split(' ')[0])) && (await age(path)) < STALE_MS) return
  // Empty: between its holder's creating and writing it. Left to the next look, unless it stays so.
  if (held === '' && (await age(path)) < 1000) return
  // Another process may have taken it over since we read it: moved aside, looked at, and put back
  // if it did.
  const aside = `${path}.${randomUUID()}`
  try {
    await rename(path, aside)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return
    throw error
  }
  if ((await readOrEmpty(aside)) !== held) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}

async function readOrEmpty(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}

async function age(path: string): Promise<number> {
  const made = await stat(path).then(
    (found) => found.mtimeMs,
    () => Date.now(),
  )
  return Date.now() - made
}

/** Whether a process of this number runs. */
function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}
