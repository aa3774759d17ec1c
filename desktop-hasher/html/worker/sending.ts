import type { HashedOutput } from '#core/hashed-file/hash-table.ts'
import type { Epoch, WorkerMessage } from './protocol.ts'

/** Bytes that leave at once; small enough for any message, large enough that few are needed. */
const PIECE = 4 * 1024 * 1024
/** Pieces that may wait to be written: whoever writes them sets the pace. */
const AHEAD = 4

/**
 * Sends what is written to the page, which puts it where the person chose, and waits when the page
 * falls behind.
 */
export class PageOutput implements HashedOutput {
  readonly #of: Epoch
  readonly #post: (message: WorkerMessage, transfer: ArrayBuffer[]) => void
  #piece = new Uint8Array(PIECE)
  #length = 0
  #waiting = 0
  #wake: (() => void) | undefined

  constructor(of: Epoch, post: (message: WorkerMessage, transfer: ArrayBuffer[]) => void) {
    this.#of = of
    this.#post = post
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    let from = 0
    while (from < bytes.length) {
      const length = Math.min(bytes.length - from, PIECE - this.#length)
      this.#piece.set(bytes.subarray(from, from + length), this.#length)
      this.#length += length
      from += length
      if (this.#length === PIECE) await this.#send()
    }
  }

  async restart(): Promise<void> {
    this.#length = 0
    await this.#drain(1)
    this.#post({ type: 'restart', of: this.#of }, [])
  }

  /** Sends what is left and waits until all of it was taken. */
  async finish(): Promise<void> {
    if (this.#length > 0) await this.#send()
    await this.#drain(1)
  }

  /** The page has written a piece. */
  taken(): void {
    this.#waiting--
    this.#wake?.()
  }

  async #send(): Promise<void> {
    const bytes = this.#piece.slice(0, this.#length)
    this.#length = 0
    this.#waiting++
    this.#post({ type: 'write', of: this.#of, bytes }, [bytes.buffer])
    await this.#drain(AHEAD)
  }

  async #drain(allowed: number): Promise<void> {
    while (this.#waiting >= allowed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
