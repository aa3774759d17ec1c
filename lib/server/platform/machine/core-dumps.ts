import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

/** Where Linux keeps it, by itself or with the rest. */
const COMMANDS = ['/usr/bin/prlimit', '/bin/prlimit']

/**
 * Has this process, and all that it starts from now on, leave no dump of its memory when it
 * crashes; answers whether that could be done. Node cannot do it by itself: elsewhere than on Linux,
 * and where there is no `prlimit`, whoever starts the process has to (`ulimit -c 0`).
 */
export async function refuseCoreDumps(): Promise<boolean> {
  const command = COMMANDS.find((path) => existsSync(path))
  if (process.platform !== 'linux' || command === undefined) return false
  try {
    await promisify(execFile)(command, [`--pid=${process.pid}`, '--core=0:0'], { timeout: 5_000 })
    return true
  } catch {
    return false
  }
}
