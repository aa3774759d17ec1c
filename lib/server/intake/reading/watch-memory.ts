import { readFile } from 'node:fs/promises'

const EVERY = 100
const KB = 1024

/**
 * Looks at the memory of another process ten times a second, and says once when it has more than
 * `most` bytes. Where the system does not tell, `reported` is what the process says itself. Returns
 * how to stop.
 */
export function watchMemory(
  pid: number,
  most: number,
  reported: () => number,
  onTooMuch: () => void,
): () => void {
  let stopped = false
  const timer = setInterval(() => {
    void memoryOf(pid).then((bytes) => {
      if (stopped || Math.max(bytes ?? 0, reported()) <= most) return
      stop()
      onTooMuch()
    })
  }, EVERY)
  timer.unref()
  const stop = (): void => {
    stopped = true
    clearInterval(timer)
  }
  return stop
}

/** The memory in use of a process, in bytes; undefined where the system keeps no account of it. */
async function memoryOf(pid: number): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined
  const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '')
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) * KB
}
