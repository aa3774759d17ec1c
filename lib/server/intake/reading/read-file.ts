import { Worker } from 'node:worker_threads'
import type { FileCode } from '#core/messages/file-refusals.ts'
import type { ServerCode } from '#core/messages/refusals.ts'
import type { WordsDetail } from '#core/messages/words.ts'
import type { TopRows } from '#core/tabular/table.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type {
  Opened,
  ReadingMessage,
  ReadingResults,
  ReadingTask,
  RecordsRead,
} from './reading-task.ts'

/** Why a file was not read to its end. */
export type ReadingCode = FileCode | 'thread-out-of-memory' | 'thread-out-of-time'

/** A file that was not read to its end, with what may be told of why. */
export interface ReadingRefusal {
  readonly ok: false
  readonly code: ReadingCode
  readonly detail: WordsDetail
  /** Rows to choose that of the headings from, where that is the question. */
  readonly top?: TopRows | undefined
}

/** A mapping that the file cannot be checked with: no row was. */
export interface Unmapped {
  readonly ok: false
  readonly code: 'mapping-incomplete' | 'mapping-unusable'
  readonly opened: Opened
}

type Checking = 'checks' | 'records'

/** What reading came to, by what was wanted. */
export type Read<Want extends ReadingTask['want']> =
  | ({ readonly ok: true } & ReadingResults[Want])
  | ReadingRefusal
  | (Want extends Checking ? Unmapped : never)

/** Takes what a thread reads as it comes. */
export interface ReadingListener {
  /** Told before the first row is checked. */
  opened?(opened: Opened): void
  /** The thread waits when these are not taken. */
  records?(records: RecordsRead): Promise<void>
  progress?(rows: number): void
  /** A piece of a report; the thread waits when these are not taken. */
  report?(bytes: Uint8Array): Promise<void>
}

/** What one file may take. */
export interface ThreadLimits {
  /**
   * Heap of a reading thread, in MB, and the part of it for what is young. Above it the thread is
   * ended, and nothing else.
   */
  readonly heapMb: number
  readonly youngMb: number
  /** The longest a file may take to be read, in milliseconds. */
  readonly longest: number
}

/** Two million rows of any shape fit. */
const LIMITS: ThreadLimits = { heapMb: 256, youngMb: 48, longest: 30 * 60 * 1000 }

/**
 * Reads a file in a thread of its own, with bounded memory and time. What it is refused for is an
 * answer; throws Fault for what failed under us. By then the thread is gone.
 */
export async function readFile<Task extends ReadingTask>(
  task: Task,
  listener: ReadingListener = {},
  limits: ThreadLimits = LIMITS,
): Promise<Read<Task['want']>> {
  const thread = new Worker(new URL('./reading-thread.ts', import.meta.url), {
    workerData: task,
    resourceLimits: {
      maxOldGenerationSizeMb: limits.heapMb,
      maxYoungGenerationSizeMb: limits.youngMb,
    },
    stdout: true,
    stderr: true,
  })
  const inbox = new Inbox(thread)
  const timer = setTimeout(() => {
    inbox.put({ type: 'ended', code: 'thread-out-of-time' })
    void thread.terminate()
  }, limits.longest)
  try {
    const end = await follow(inbox, thread, listener)
    // The thread answers what its task wanted.
    return end as Read<Task['want']>
  } finally {
    clearTimeout(timer)
    await thread.terminate()
  }
}

type End = Read<ReadingTask['want']> | Unmapped

async function follow(inbox: Inbox, thread: Worker, listener: ReadingListener): Promise<End> {
  for await (const message of inbox) {
    switch (message.type) {
      case 'opened':
        listener.opened?.(message.opened)
        break
      case 'records':
        await listener.records?.(message)
        thread.postMessage('taken')
        break
      case 'report':
        await listener.report?.(message.bytes)
        thread.postMessage('taken')
        break
      case 'progress':
        listener.progress?.(message.rows)
        break
      case 'done':
        return { ok: true, ...message.result }
      case 'unmapped':
        return { ok: false, code: unmappedCode(message.opened), opened: message.opened }
      case 'refused':
        return { ok: false, code: message.code, detail: message.detail, top: message.top }
      case 'ended':
        return { ok: false, code: message.code, detail: {} }
      case 'failed':
        throw new Fault(message.code, message.at === '' ? {} : { at: message.at })
    }
  }
  throw new Fault('reading-failed', { at: 'the thread ended' })
}

function unmappedCode({ refusals }: Opened): Unmapped['code'] {
  return refusals.every(({ code }) => code === 'mapping-field-missing')
    ? 'mapping-incomplete'
    : 'mapping-unusable'
}

/** The thread was ended from outside: it took more than a file may. */
interface Ended {
  readonly type: 'ended'
  readonly code: 'thread-out-of-memory' | 'thread-out-of-time'
}

/** What comes of a thread, in the order it came, as something to loop over. */
class Inbox {
  readonly #messages: (ReadingMessage | Ended)[] = []
  #isOver = false
  #wake: (() => void) | undefined

  constructor(thread: Worker) {
    thread.on('message', (message: ReadingMessage) => {
      this.put(message)
    })
    thread.on('error', (error: NodeJS.ErrnoException) => {
      const code: ServerCode = 'reading-failed'
      this.put(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? { type: 'ended', code: 'thread-out-of-memory' }
          : { type: 'failed', code, at: error.code ?? error.name },
      )
    })
    thread.on('exit', () => {
      this.#isOver = true
      this.#wake?.()
    })
  }

  put(message: ReadingMessage | Ended): void {
    this.#messages.push(message)
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ReadingMessage | Ended> {
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
}
