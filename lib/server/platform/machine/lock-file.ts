import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { ServerCode } from '#core/messages/operating/refusals.ts'
import { Fault, systemCode } from '#server/platform/faults/fault.ts'

/** A lock that was not touched for so long has lost its holder, whose number another process may have. */
const STALE_MS = 60_000
/** How often its holder touches it. */
const BEAT_MS = 15_000

/** How long a lock is waited for, in milliseconds, and what is said then. */
export interface LockPatience {
  readonly patience: number
  readonly refused: ServerCode
}

/**
 * Runs `work` while this process alone holds the lock file `path`. A lock whose process has died,
 * or that nobody touches any more, is taken over. Throws `refused`, with the holder's process, when it
 * is still held after `patience`.
 */
export async function withLockFile<T>(
  path: string,
  patience: LockPatience,
  work: () => Promise<T>,
): Promise<T> {
  const giveBack = await takeLockFile(path, patience)
  try {
    return await work()
  } finally {
    await giveBack()
  }
}

/** Takes the lock file `path` as `withLockFile` does, for as long as what it returns is not called. */
export async function takeLockFile(
  path: string,
  { patience, refused }: LockPatience,
): Promise<() => Promise<void>> {
  const mine = `${process.pid} ${randomUUID()}\n`
  const since = Date.now()
  while (!(await create(path, mine))) {
    await removeWhenStale(path)
    if (Date.now() - since > patience) {
      throw new Fault(refused, { process: holderOf(await readOrEmpty(path)) })
    }
    await pause(15)
  }
  const beat = setInterval(() => {
    const now = new Date()
    // Where it was taken away there is nothing to be touched.
    utimes(path, now, now).catch(() => undefined)
  }, BEAT_MS)
  beat.unref()
  return async () => {
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
  if (held !== '' && (await isAlive(holderOf(held))) && (await age(path)) < STALE_MS) return
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

/** The number of the process that wrote it. */
function holderOf(held: string): number {
  return Number(held.split(' ')[0])
}

/** Whether a process of this number runs, and is not one that ended and that nobody waited for. */
async function isAlive(pid: number): Promise<boolean> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
  // Linux tells more; elsewhere there is no such file.
  return !/\) Z [^)]*$/.test(await readOrEmpty(`/proc/${pid}/stat`))
}
