import { readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'

/** What a process of this machine still refers to. Linux alone says which process answers at an address. */

/** The process that answers at an address of this machine. */
export async function processAt(origin: string): Promise<number> {
  const port = Number(new URL(origin).port).toString(16).toUpperCase().padStart(4, '0')
  const listening = (await readFile('/proc/net/tcp', 'utf8'))
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([, local = '', , state]) => local.endsWith(`:${port}`) && state === '0A')
  const socket = `socket:[${listening?.[9] ?? ''}]`
  for (const pid of (await readdir('/proc')).filter((name) => /^[0-9]+$/.test(name))) {
    const files = await readdir(`/proc/${pid}/fd`).catch(() => [])
    for (const file of files) {
      const to = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '')
      if (to === socket) return Number(pid)
    }
  }
  throw new Error(`nothing listens at ${origin}`)
}

/**
 * Which of these words a process still refers to: read off the picture of its heap that it leaves in a folder at a
 * signal, after it has thrown away all else.
 */
export async function searchHeap(
  pid: number,
  folder: string,
  words: readonly string[],
): Promise<string[]> {
  const before = await readdir(folder)
  process.kill(pid, 'SIGUSR2')
  for (;;) {
    await later(200)
    const name = (await readdir(folder)).find((made) => !before.includes(made))
    const text = name === undefined ? '' : await readFile(join(folder, name), 'latin1')
    // The file ends its one document.
    if (text.trimEnd().endsWith('}')) return words.filter((word) => text.includes(word)).sort()
  }
}
