import { launchProcess, type ReaderLimits } from './launch-process.ts'
import { Reader } from './reader.ts'
import { rehearse } from './rehearse.ts'

/**
 * Reading processes between two files. One that has read a file reads no other than that one again:
 * whatever the file left in it, nobody else's meets it. So that the next file need not wait for a
 * process, a fresh one is begun beforehand and, while nobody wants it, gets ready by a file of nobody.
 */

/** How long a process waits for its file to be wanted again, in milliseconds: a person's next step. */
const LINGER = 10_000
/** A process that read more rows is ended at once: its memory is wanted for what comes of them. */
const FEW_ROWS = 20_000

/** So long nobody has wanted a fresh process before it gets ready, in milliseconds: until then others work. */
const UNWANTED = 15_000

/** The process that waits for its file, which file that is, and when it is to end. */
let kept:
  | { readonly reader: Reader; readonly file: string; readonly timer: NodeJS.Timeout }
  | undefined

/** The processes that have seen no file of anybody yet, the oldest first. */
const fresh: Fresh[] = []

interface Fresh {
  reader: Promise<Reader>
}

/** Begins processes for what is to come, until so many are there. */
export function prepareReaders(limits: ReaderLimits, count: number): void {
  while (fresh.length < count) {
    const begun = startReader(limits).then((reader) => {
      reader.release()
      return reader
    })
    const prepared: Fresh = { reader: begun }
    setReader(prepared, begun)
    fresh.push(prepared)
    const timer = setTimeout(() => {
      if (fresh.includes(prepared)) setReader(prepared, begun.then(readied))
    }, UNWANTED)
    timer.unref()
  }
}

function setReader(prepared: Fresh, reader: Promise<Reader>): void {
  prepared.reader = reader
  // Whoever takes it is told.
  reader.catch(() => undefined)
}

async function readied(reader: Reader): Promise<Reader> {
  try {
    await rehearse(reader)
    return reader
  } catch (error) {
    await reader.end()
    throw error
  }
}

/** A process to read a file with: the one that has read it before, or one that has read none of anybody. */
export async function takeReader(limits: ReaderLimits, file: string): Promise<Reader> {
  const { reader, file: its, timer } = kept ?? {}
  if (reader !== undefined && its === file && reader.canRead(limits)) {
    kept = undefined
    clearTimeout(timer)
    reader.hold()
    return reader
  }
  const unused = await fresh.shift()?.reader.catch(() => undefined)
  if (unused?.canRead(limits) === true) {
    unused.hold()
    return unused
  }
  void unused?.end()
  return startReader(limits)
}

/** Lets a process that has read a small file wait a while for it; one at the most does. */
export function keepReader(reader: Reader, file: string): void {
  if (reader.rowsRead() > FEW_ROWS) {
    void reader.end()
    return
  }
  if (kept !== undefined) {
    clearTimeout(kept.timer)
    void kept.reader.end()
  }
  reader.release()
  const timer = setTimeout(() => {
    kept = undefined
    void reader.end()
  }, LINGER)
  timer.unref()
  kept = { reader, file, timer }
}

async function startReader(limits: ReaderLimits): Promise<Reader> {
  return new Reader(await launchProcess(limits), limits)
}
