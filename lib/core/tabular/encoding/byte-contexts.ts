/**
 * The bytes above 7F of a file with what stands on either side of each: all that the choice between
 * encodings of one byte a character can go by.
 */

/** One byte in its place, and how often it stands there. */
export interface ByteContext {
  /** The byte before; a line feed at the start of the file. */
  readonly before: number
  readonly byte: number
  readonly after: number
  /** Whether a letter may follow `after`. */
  readonly goesOn: boolean
  readonly times: number
}

/** Bytes above 7F that are enough to know an encoding by. */
const ENOUGH = 20_000
/** Places that are told apart; names repeat. */
const MOST_PLACES = 5_000
const LINE_FEED = 0x0a

/** Collects contexts from bytes that arrive in pieces. */
export class ByteContexts {
  readonly #times = new Map<number, number>()
  #seen = 0
  /** The last three bytes, the newest last. */
  #before = LINE_FEED
  #byte = LINE_FEED
  #after = LINE_FEED

  /** Whether more bytes would tell nothing more. */
  get isEnough(): boolean {
    return this.#seen >= ENOUGH
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && !this.isEnough; at += 1) this.#add(bytes[at] ?? 0)
  }

  /** The contexts of a file that is now at its end. */
  finish(): ByteContext[] {
    this.#add(LINE_FEED)
    this.#add(LINE_FEED)
    return Array.from(this.#times, ([key, times]) => ({
      before: key >> 17,
      byte: (key >> 9) & 0xff,
      after: (key >> 1) & 0xff,
      goesOn: (key & 1) === 1,
      times,
    }))
  }

  #add(next: number): void {
    if (this.#byte > 0x7f) this.#take(next)
    this.#before = this.#byte
    this.#byte = this.#after
    this.#after = next
  }

  #take(next: number): void {
    const key = (this.#before << 17) | (this.#byte << 9) | (this.#after << 1) | goesOn(next)
    const times = this.#times.get(key)
    if (times !== undefined) this.#times.set(key, times + 1)
    else if (this.#times.size < MOST_PLACES) this.#times.set(key, 1)
    this.#seen += 1
  }
}

/** 1 for a byte that may be a letter. */
function goesOn(byte: number): 0 | 1 {
  const folded = byte | 0x20
  return byte > 0x7f || (folded >= 0x61 && folded <= 0x7a) ? 1 : 0
}
