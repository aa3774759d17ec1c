/** Buffers that may wait to be taken. */
const AHEAD = 3

/** Hands buffers from whoever makes them to whoever writes them, a few at a time. */
export class BufferQueue {
  readonly #buffers: Buffer[] = []
  /** Whether nothing is taken any more. */
  closed = false
  #ended = false
  #failure: Error | undefined
  #wakeReader: (() => void) | undefined
  #wakeWriter: (() => void) | undefined

  /** Resolves once there is room for more. */
  async push(buffer: Buffer): Promise<void> {
    this.#buffers.push(buffer)
    this.#wakeReader?.()
    while (this.#buffers.length > AHEAD && !this.closed) {
      await new Promise<void>((resolve) => {
        this.#wakeWriter = resolve
      })
    }
  }

  end(): void {
    this.#ended = true
    this.#wakeReader?.()
  }

  /** Fails whoever takes, unless they have come to the end. */
  fail(error: Error): void {
    this.#failure = error
    this.#wakeReader?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        if (this.#failure !== undefined) throw this.#failure
        const buffer = this.#buffers.shift()
        if (buffer !== undefined) {
          this.#wakeWriter?.()
          yield buffer
          continue
        }
        if (this.#ended) return
        await new Promise<void>((resolve) => {
          this.#wakeReader = resolve
        })
      }
    } finally {
      // The taker stopped: nobody may wait for it any more.
      this.closed = true
      this.#wakeWriter?.()
    }
  }
}
