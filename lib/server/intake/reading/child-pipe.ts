import { readSync, writeSync } from 'node:fs'
import { deserialize } from 'node:v8'
import type { ByteSource } from '#core/tabular/table.ts'
import { FRAME, FRAME_HEAD, frameHead, WINDOW } from './frames.ts'
import type { Piped, PipedSource, ReadingTask } from './reading-task.ts'

/**
 * A reading process's own end of its pipe. It reads and writes without a stream: a stream would be
 * a way to a socket. Writing waits while whoever takes it falls behind, so nothing piles up.
 */

const [INPUT, OUTPUT] = [0, 1]
/** Windows of a file that are asked for before they are wanted, where it is read in order. */
const AHEAD = 2

/** What tells of its memory, taken while it can be reached. */
const { memoryUsage } = process

/** Bytes that were asked for; they come in the order of asking. */
interface Asked {
  bytes?: Uint8Array
}

const waiting: Asked[] = []

/** The next task; undefined once whoever gives them is gone. */
export function takeTask(): Piped<ReadingTask> | undefined {
  for (;;) {
    const frame = takeFrame()
    if (frame === undefined) return undefined
    if (frame.kind === FRAME.task) return deserialize(frame.body) as Piped<ReadingTask>
    settle(frame.body)
  }
}

/** Sends a frame that holds these parts one after another. */
export function sendFrame(kind: number, ...parts: readonly Uint8Array[]): void {
  writeAll(
    frameHead(
      kind,
      parts.reduce((sum, { length }) => sum + length, 0),
    ),
  )
  for (const part of parts) writeAll(part)
}

/** A file that whoever started the process reads for it, a window at a time. */
export function openPiped({ index, name, size }: PipedSource): ByteSource {
  const held = new Map<number, Asked>()
  let last = -1
  const askFor = (window: number): Asked => {
    const at = window * WINDOW
    const asked = held.get(window) ?? ask(index, at, Math.min(WINDOW, size - at))
    held.set(window, asked)
    return asked
  }
  const bytesOf = (window: number): Uint8Array => {
    const asked = askFor(window)
    const isInOrder = window === last + 1
    for (let next = window + 1; isInOrder && next <= window + AHEAD; next++)
      if (next * WINDOW < size) askFor(next)
    last = window
    for (const old of held.keys()) if (old < window || old > window + AHEAD) held.delete(old)
    return receive(asked)
  }
  return {
    ...{ name, size },
    read(offset, length) {
      const end = Math.min(size, offset + length)
      const parts: Uint8Array[] = []
      let at = offset
      while (at < end) {
        const window = Math.floor(at / WINDOW)
        const part = bytesOf(window).subarray(at - window * WINDOW, end - window * WINDOW)
        if (part.length === 0) break
        parts.push(part)
        at += part.length
      }
      const [first = new Uint8Array(), ...more] = parts
      return Promise.resolve(more.length === 0 ? first : Buffer.concat(parts))
    },
  }
}

function ask(index: number, offset: number, length: number): Asked {
  const wanted = new DataView(new ArrayBuffer(24))
  wanted.setUint32(0, index)
  wanted.setUint32(4, length)
  wanted.setFloat64(8, offset)
  wanted.setFloat64(16, memoryUsage.rss())
  sendFrame(FRAME.wanted, new Uint8Array(wanted.buffer))
  const asked: Asked = {}
  waiting.push(asked)
  return asked
}

function receive(asked: Asked): Uint8Array {
  while (asked.bytes === undefined) {
    const frame = takeFrame()
    if (frame?.kind !== FRAME.bytes) throw new Error('nobody reads the file any more')
    settle(frame.body)
  }
  return asked.bytes
}

function settle(bytes: Uint8Array): void {
  const asked = waiting.shift()
  if (asked !== undefined) asked.bytes = bytes
}

function takeFrame(): { readonly kind: number; readonly body: Uint8Array } | undefined {
  const head = readAll(FRAME_HEAD)
  if (head === undefined) return undefined
  const length = new DataView(head.buffer).getUint32(0)
  const body = readAll(length)
  return body === undefined ? undefined : { kind: head[4] ?? 0, body }
}

/** So many bytes; undefined when they end before. */
function readAll(length: number): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length;) {
    const read = readSome(bytes, at)
    if (read === 0) return undefined
    at += read
  }
  return bytes
}

function readSome(bytes: Uint8Array, at: number): number {
  try {
    return readSync(INPUT, bytes, at, bytes.length - at, null)
  } catch (error) {
    // So Windows says that nothing more comes.
    if (error instanceof Error && 'code' in error && error.code === 'EOF') return 0
    throw error
  }
}

function writeAll(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(OUTPUT, bytes, at, bytes.length - at)
}
