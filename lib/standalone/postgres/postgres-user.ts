import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Fault } from '#server/platform/faults/fault.ts'

const run = promisify(execFile)

/** The operating system's user a server runs as: itself, or another one when we are root. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

const NAME = 'postgres'

/**
 * The unprivileged user to run PostgreSQL as when this process is root, made when there is none;
 * undefined when this process is not root and may run it itself. Throws `database-user` when there
 * is none and none can be made.
 */
export async function findServerUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const existing = await lookUp()
  if (existing !== undefined) return existing
  // useradd is Debian's and Red Hat's, adduser -S Alpine's. Another process may win the race: look
  // again in any case.
  await run('useradd', ['--system', '--user-group', '--no-create-home', NAME])
    .catch(() => run('adduser', ['-S', '-D', '-H', NAME]))
    .catch(() => undefined)
  const made = await lookUp()
  if (made === undefined) throw new Fault('database-user')
  return made
}

async function lookUp(): Promise<ServerUser | undefined> {
  try {
    const uid = Number((await run('id', ['-u', NAME])).stdout)
    const gid = Number((await run('id', ['-g', NAME])).stdout)
    return { uid, gid }
  } catch {
    return undefined
  }
}

/**
 * Whether `user` can enter `folder` (undefined: this process's own user); asks the system, since
 * modes are not the whole truth.
 */
export async function canEnter(folder: string, user: ServerUser | undefined): Promise<boolean> {
  if (user === undefined) return true
  return run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  )
}
