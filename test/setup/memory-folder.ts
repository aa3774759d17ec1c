import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'

/** Where Linux keeps files in memory. */
const MEMORY = '/dev/shm'

/** What a whole run may need: a machine with less keeps its files on the disk. */
const ROOM = 6 * 1024 ** 3

/**
 * Lets this run keep what it throws away in memory, where there is room: databases are copied from a
 * template hundreds of times, and a disk's file system takes ten times as long to do it. Everything
 * that asks for the folder of temporary files is given it, whichever process asks; it is removed
 * when this process ends.
 */
export function useMemoryFolder(): void {
  if (!hasRoom()) return
  const folder = mkdtempSync(`${MEMORY}/countonce-`)
  // mkdtemp makes it private; as root, PostgreSQL's user must pass through.
  chmodSync(folder, 0o711)
  process.env['TMPDIR'] = folder
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true })
  })
}

function hasRoom(): boolean {
  try {
    const { bsize, bavail } = statfsSync(MEMORY)
    return bsize * bavail >= ROOM && mayRunPrograms()
  } catch {
    return false
  }
}

/** Some systems let no program run from there; some tests make one and run it. */
function mayRunPrograms(): boolean {
  const mounted = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .find((line) => line.split(' ')[1] === MEMORY)
  return mounted !== undefined && !mounted.split(' ')[3]?.split(',').includes('noexec')
}
