import type { FileCode } from '#core/messages/file-refusals.ts'
import { Worker } from 'node:worker_threads'
import type { Overview } from '#core/mapping/overview.ts'
import type { UnlistedWords } from '#core/mapping/unlisted-words.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type {
  Opened,
  OutcomeRead,
  ReadingMessage,
  ReadingTask,
  RecordsRead,
} from './reading-task.ts'
import type { ReadingReceipt } from '#core/tabular/table.ts'

/** Why a file was not read to its end. */
export type ReadingCode = FileCode | 'thread-out-of-memory' | 'thread-out-of-time' | 'being-loaded'

/** A file that could not be read to its end: refused with a code of a catalogue of words, and what may be told of it. */
export class ReadingRefused extends Error {
  readonly code: ReadingCode
  readonly detail: Readonly<Record<string, string | number>>
  constructor(code: ReadingCode, detail: Readonly<Record<string, string | number>> = {}) {
    super(code)
    this.name = 'ReadingRefused'
    this.code = code
    this.detail = detail
  }
}

/** Takes what a thread reads as it comes. */
export interface ReadingListener {
  /** Answering false ends the reading. */
  opened?(opened: Opened): boolean
  /** The thread waits when these are not taken. */
  records?(records: RecordsRead): Promise<void>
  progress?(rows: number): void
  /** A piece of a report; the thread waits when these are not taken. */
  report?(bytes: Uint8Array): Promise<void>
}

/** What reading came to; the outcome is undefined when it was ended after opening. */
export interface Read {
  readonly opened: Opened
  readonly outcome: OutcomeRead | undefined
  readonly receipt: ReadingReceipt
  /** What was asked for, of `overview` and `words`. */
  readonly overview?: Overview
  readonly words?: readonly UnlistedWords[]
}

/** What one file may take. */
export interface ThreadLimits {
  /** Heap of a reading thread, in MB, and the part of it for what is young. Above it the thread is ended, and nothing else. */
  readonly heapMb: number
  readonly youngMb: number
  /** The longest a file may take to be read, in milliseconds. */
  readonly longest: number
}

/** Two million rows of any shape fit. */
const LIMITS: ThreadLimits = { heapMb: 256, youngMb: 48, longest: 30 * 60 * 1000 }

/**
 * Reads a file in a thread of its own, with bounded memory and time. Throws ReadingRefused for a file that cannot be used and
 * Fault for what failed under us; by then the thread is gone.
 */
export async function readFile(
  task: ReadingTask,
  listener: ReadingListener,
  limits: ThreadLimits = LIMITS,
): Promise<Read> {
  const thread = new Worker(new URL('./reading-thread.ts', import.meta.url), {
    workerData: task,
    resourceLimits: {
      maxOldGenerationSizeMb: limits.heapMb,
      maxYoungGenerationSizeMb: limits.youngMb,
    },
    stdout: true,
    stderr: true,
  })
  const clock = { ranOut: false }
  const timer = setTimeout(() => {
    clock.ranOut = true
    void thread.terminate()
  }, limits.longest)
  const inbox = new Inbox(thread)
  try {
    return await follow(inbox, thread, listener, task)
  } catch (error) {
    throw clock.ranOut ? new ReadingRefused('thread-out-of-time') : error
  } finally {
    clearTimeout(timer)
    await thread.terminate()
  }
}

async function follow(
  inbox: Inbox,
  thread: Worker,
  listener: ReadingListener,
  task: ReadingTask,
): Promise<Read> {
  let opened: Opened | undefined
  for await (const message of inbox) {
    switch (message.type) {
      case 'opened': {
        opened = message
        const goOn = listener.opened?.(message) ?? true
        const isOverMapping =
          task.want === 'words' || task.want === 'checks' || task.want === 'records'
        const isUnusable = isOverMapping && message.refusals.length > 0
        if (!goOn || task.want === 'columns' || isUnusable) {
          return { opened, outcome: undefined, receipt: message.receipt }
        }
        break
      }
      case 'records':
        await listener.records?.(message)
        thread.postMessage('taken')
        break
      case 'overview':
        if (opened === undefined) break
        return {
          opened,
          outcome: undefined,
          receipt: message.receipt,
          overview: message.overview,
        }
      case 'words':
        if (opened === undefined) break
        return { opened, outcome: undefined, receipt: opened.receipt, words: message.words }
      case 'report':
        await listener.report?.(message.bytes)
        thread.postMessage('taken')
        break
      case 'progress':
        listener.progress?.(message.rows)
        break
      case 'done':
        if (opened === undefined) throw new Fault('reading-failed')
        return { opened, outcome: message.outcome, receipt: message.receipt }
      case 'refused':
        throw new ReadingRefused(message.code, message.detail)
      case 'failed':
        throw new Fault(message.code, message.at === '' ? {} : { at: message.at })
    }
  }
  // A report has come to its end.
  if (task.want === 'report' && opened !== undefined && inbox.endedWell)
    return { opened, outcome: undefined, receipt: opened.receipt }
  throw new Fault('reading-failed', { at: 'the thread ended' })
}

/** The messages of a thread in the order they came, as something to loop over. */
class Inbox {
  readonly #messages: ReadingMessage[] = []
  #error: Error | undefined
  #ended = false
  /** Whether the thread came to the end of its work. */
  endedWell = false
  #wake: (() => void) | undefined

  constructor(thread: Worker) {
    const wake = (): void => this.#wake?.()
    thread.on('message', (message: ReadingMessage) => {
      this.#messages.push(message)
      wake()
    })
    thread.on('error', (error: NodeJS.ErrnoException) => {
      this.#error =
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? new ReadingRefused('thread-out-of-memory')
          : new Fault('reading-failed', { at: error.code ?? error.name })
      wake()
    })
    thread.on('exit', (status) => {
      this.#ended = true
      this.endedWell = status === 0
      wake()
    })
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ReadingMessage> {
    for (;;) {
      const message = this.#messages.shift()
      if (message !== undefined) {
        yield message
        continue
      }
      if (this.#error !== undefined) throw this.#error
      if (this.#ended) return
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
