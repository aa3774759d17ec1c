/**
 * The pipe between a reading process and whoever started it: frames, each with its length in four
 * bytes (big-endian) and its kind in one before it. What comes from the process is a stranger's
 * until it is checked.
 */

/** The kinds of frames, by who sends them. */
export const FRAME = {
  /** To the process: what is to be read, and bytes of a file that it asked for. */
  task: 1,
  bytes: 2,
  /** From it: which bytes it wants, what it says, and what comes of the file. */
  wanted: 3,
  said: 4,
  rowList: 5,
  records: 6,
  piece: 7,
  messages: 8,
} as const

/** A frame as it was cut out of what came. */
export interface Frame {
  readonly kind: number
  readonly body: Uint8Array<ArrayBuffer>
}

const MB = 1024 * 1024

/** Bytes of a file that are asked for at once. */
export const WINDOW = 256 * 1024
/** Bytes of the length and the kind. */
export const FRAME_HEAD = 5

/** The most bytes that a reading process may put in a frame; a kind that is not here is not its to send. */
const MOST = new Map<number, number>([
  [FRAME.wanted, 24],
  [FRAME.said, 32 * MB],
  [FRAME.rowList, 32 * MB],
  [FRAME.records, 64 * MB],
  [FRAME.piece, 64 * MB],
  [FRAME.messages, 4 * MB],
])

/** The head of a frame. */
export function frameHead(kind: number, length: number): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(FRAME_HEAD)
  new DataView(head.buffer).setUint32(0, length)
  head[4] = kind
  return head
}

/**
 * Cuts what comes from a reading process into frames. What was cut is wiped where it came: it may
 * hold identifiers. Throws RangeError at what no reading process of ours sends.
 */
export class FrameCutter {
  readonly #head = new Uint8Array(FRAME_HEAD)
  #headAt = 0
  #body: Uint8Array<ArrayBuffer> | undefined
  #bodyAt = 0

  cut(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = []
    let at = 0
    while (at < chunk.length) {
      at =
        this.#body === undefined ? this.#takeHead(chunk, at) : this.#takeBody(this.#body, chunk, at)
      if (this.#body === undefined || this.#bodyAt < this.#body.length) continue
      frames.push({ kind: this.#head[4] ?? 0, body: this.#body })
      this.#body = undefined
      this.#headAt = 0
    }
    chunk.fill(0)
    return frames
  }

  #takeBody(body: Uint8Array, chunk: Uint8Array, from: number): number {
    const part = chunk.subarray(from, from + body.length - this.#bodyAt)
    body.set(part, this.#bodyAt)
    this.#bodyAt += part.length
    return from + part.length
  }

  #takeHead(chunk: Uint8Array, from: number): number {
    const part = chunk.subarray(from, from + FRAME_HEAD - this.#headAt)
    this.#head.set(part, this.#headAt)
    this.#headAt += part.length
    if (this.#headAt === FRAME_HEAD) {
      const length = new DataView(this.#head.buffer).getUint32(0)
      const most = MOST.get(this.#head[4] ?? 0)
      if (most === undefined || length > most) throw new RangeError('no frame of a reading process')
      this.#body = new Uint8Array(length)
      this.#bodyAt = 0
    }
    return from + part.length
  }
}
