import { Worker } from 'node:worker_threads'
import type { ServerCode } from '#core/messages/refusals.ts'
import type { ReadingMessage, ToReader } from './reading-task.ts'

/** What a reading thread may take. */
export interface ReaderLimits {
  /**
   * Heap of a reading thread, in MB, and the part of it for what is young. Above it the thread is
   * ended, and nothing else.
   */
  readonly heapMb: number
  readonly youngMb: number
}

/** The thread was ended from outside: it took more than a file may. */
interface Ended {
  readonly type: 'ended'
  readonly code: 'thread-out-of-memory' | 'thread-out-of-time'
}

/**
 * How long a thread that has read a file waits for the next, in milliseconds: a person's next step
 * and the next file of many find it with its code compiled, and what it held is gone soon.
 */
const LINGER = 10_000
/** A thread that read more rows is ended at once: its memory is wanted for what comes of them. */
const FEW_ROWS = 20_000

/** The one thread that waits, and when it is to end. */
let kept: { readonly reader: Reader; readonly timer?: NodeJS.Timeout } | undefined

/** Begins a thread for a first file that is to come; until then it has seen none. */
export function prepareReader(limits: ReaderLimits): void {
  if (kept !== undefined) return
  const reader = new Reader(limits)
  reader.release()
  kept = { reader }
}

/** A thread to read a file with: the one that waits, where it has these limits, else a new one. */
export function takeReader(limits: ReaderLimits): Reader {
  if (kept === undefined || !kept.reader.canRead(limits)) return new Reader(limits)
  const { reader, timer } = kept
  kept = undefined
  clearTimeout(timer)
  reader.hold()
  return reader
}

/** Lets a thread that has read a small file wait a while for the next; one at the most does. */
export function keepReader(reader: Reader): void {
  if (kept !== undefined || reader.rowsRead() > FEW_ROWS) {
    void reader.end()
    return
  }
  reader.release()
  const timer = setTimeout(() => {
    kept = undefined
    void reader.end()
  }, LINGER)
  timer.unref()
  kept = { reader, timer }
}

/** A reading thread, and what comes of it in the order it came. */
export class Reader {
  readonly #thread: Worker
  readonly #limits: ReaderLimits
  readonly #messages: (ReadingMessage | Ended)[] = []
  #rowsRead = 0
  #isOver = false
  #wake: (() => void) | undefined

  constructor(limits: ReaderLimits) {
    this.#limits = limits
    this.#thread = new Worker(new URL('./reading-thread.ts', import.meta.url), {
      resourceLimits: {
        maxOldGenerationSizeMb: limits.heapMb,
        maxYoungGenerationSizeMb: limits.youngMb,
      },
      stdout: true,
      stderr: true,
    })
    this.#thread.on('message', (message: ReadingMessage) => {
      this.#put(message)
    })
    this.#thread.on('error', (error: NodeJS.ErrnoException) => {
      const code: ServerCode = 'reading-failed'
      this.#put(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? { type: 'ended', code: 'thread-out-of-memory' }
          : { type: 'failed', code, at: error.code ?? error.name },
      )
    })
    this.#thread.on('exit', () => {
      this.#isOver = true
      this.#wake?.()
    })
  }

  /** Whether it lives and is bounded so. */
  canRead({ heapMb, youngMb }: ReaderLimits): boolean {
    return !this.#isOver && this.#limits.heapMb === heapMb && this.#limits.youngMb === youngMb
  }

  tell(words: ToReader): void {
    this.#thread.postMessage(words)
  }

  /** The most rows that a file had which it read, as far as it told. */
  rowsRead(): number {
    return this.#rowsRead
  }

  /** While it is held, the process goes on. */
  hold(): void {
    this.#thread.ref()
  }

  release(): void {
    this.#thread.unref()
  }

  /** Ends it at once, whatever it does; whoever follows it is told why. */
  async end(code?: Ended['code']): Promise<void> {
    if (code !== undefined) this.#put({ type: 'ended', code })
    await this.#thread.terminate()
  }

  async *messages(): AsyncGenerator<ReadingMessage | Ended> {
    for (;;) {
      const message = this.#messages.shift()
      if (message !== undefined) {
        yield message
        continue
      }
      if (this.#isOver) return
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  #put(message: ReadingMessage | Ended): void {
    if (message.type === 'progress') this.#rowsRead = Math.max(this.#rowsRead, message.rows)
    this.#messages.push(message)
    this.#wake?.()
  }
}
