import { open, readdir, readFile, readlink, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'

/** What a process of this machine still refers to, and what lies in its memory. Linux alone says which answers at an address. */

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

/** How much of a memory is read at once, in bytes; pieces overlap by the longest word. */
const PIECE = 4 * 1024 * 1024

/**
 * Which of these words lie anywhere in the memory of a process that it may write to, freed or not. Linux alone lets one
 * look, and whoever started the process or is root.
 */
export async function searchMemory(pid: number, words: readonly string[]): Promise<string[]> {
  // As bytes of text and as V8 keeps a string that is not of Latin letters alone.
  const forms = words.map((word) => [Buffer.from(word), Buffer.from(word, 'utf16le')] as const)
  const overlap = Math.max(...forms.flat().map((form) => form.length)) - 1
  const found = new Set<string>()
  const memory = await open(`/proc/${String(pid)}/mem`, 'r')
  try {
    const piece = Buffer.alloc(PIECE + overlap)
    for (const { from, to } of await writableParts(pid)) {
      for (let at = from; at < to; at += PIECE) {
        const length = Math.min(piece.length, to - at)
        // What was given back meanwhile is no longer there.
        const { bytesRead } = await memory
          .read(piece, 0, length, at)
          .catch(() => ({ bytesRead: 0 }))
        const read = piece.subarray(0, bytesRead)
        for (const [index, word] of words.entries()) {
          if (forms[index]?.some((form) => read.includes(form)) === true) found.add(word)
        }
      }
    }
  } finally {
    await memory.close()
  }
  return [...found].sort()
}

/** How large a page of memory is, and one entry of the list of pages, in bytes. */
const [PAGE, ENTRY] = [4096, 8]
/** In the last byte of an entry: that the page is in memory or swapped out. All others were never written to. */
const THERE = 0b1100_0000
/** So many pages that are not there are read with those around them, rather than apart. */
const GAP = 64

interface Part {
  readonly from: number
  readonly to: number
}

/** What the process may write to and has. */
async function writableParts(pid: number): Promise<Part[]> {
  const maps = await readFile(`/proc/${String(pid)}/maps`, 'utf8')
  const pages = await open(`/proc/${String(pid)}/pagemap`, 'r')
  try {
    const parts: Part[] = []
    for (const line of maps.split('\n')) {
      const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? []
      if (from === undefined || to === undefined) continue
      parts.push(...(await partsThere(pages, Number.parseInt(from, 16), Number.parseInt(to, 16))))
    }
    return parts
  } finally {
    await pages.close()
  }
}

async function partsThere(pages: FileHandle, from: number, to: number): Promise<Part[]> {
  const entries = Buffer.alloc(((to - from) / PAGE) * ENTRY)
  const { bytesRead } = await pages.read(entries, 0, entries.length, (from / PAGE) * ENTRY)
  const parts: { from: number; to: number }[] = []
  for (let page = 0; page * ENTRY < bytesRead; page++) {
    if (((entries[page * ENTRY + ENTRY - 1] ?? 0) & THERE) === 0) continue
    const at = from + page * PAGE
    const last = parts.at(-1)
    if (last !== undefined && at - last.to <= GAP * PAGE) last.to = at + PAGE
    else parts.push({ from: at, to: at + PAGE })
  }
  return parts
}
