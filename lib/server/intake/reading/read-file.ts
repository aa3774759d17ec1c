import { channel } from 'node:diagnostics_channel'
import type { FileCode } from '#core/messages/file-refusals.ts'
import type { WordsDetail } from '#core/messages/words.ts'
import type { TopRows } from '#core/tabular/table.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { keepReader, prepareReader, takeReader, type Reader, type ReaderLimits } from './reader.ts'
import type { Opened, ReadingResults, ReadingTask, RecordsRead } from './reading-task.ts'

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
export interface FileLimits extends ReaderLimits {
  /** The longest a file may take to be read, in milliseconds. */
  readonly longest: number
}

/** Two million rows of any shape fit. */
const LIMITS: FileLimits = { heapMb: 256, youngMb: 48, longest: 30 * 60 * 1000 }

/**
 * Where each reading is told as it begins, by what is wanted and never by file: for whoever watches
 * how often files are read.
 */
export const READINGS = 'countonce.reading'

const readings = channel(READINGS)

/** Makes ready for the first file, so that it need not wait for a thread. */
export function prepareToRead(): void {
  prepareReader(LIMITS)
}

/**
 * Reads a file in a thread that reads nothing else meanwhile, with bounded memory and time. What it
 * is refused for is an answer; throws Fault for what failed under us. By then the thread is gone.
 */
export async function readFile<Task extends ReadingTask>(
  task: Task,
  listener: ReadingListener = {},
  limits: FileLimits = LIMITS,
): Promise<Read<Task['want']>> {
  readings.publish({ want: task.want })
  const reader = takeReader(limits)
  const timer = setTimeout(() => {
    void reader.end('thread-out-of-time')
  }, limits.longest)
  try {
    reader.tell(task)
    const end = await follow(reader, listener)
    // What was refused may have left the thread in the middle of something.
    if (end.ok) keepReader(reader)
    else await reader.end()
    // The thread answers what its task wanted.
    return end as Read<Task['want']>
  } catch (error) {
    await reader.end()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

type End = Read<ReadingTask['want']> | Unmapped

async function follow(reader: Reader, listener: ReadingListener): Promise<End> {
  for await (const message of reader.messages()) {
    switch (message.type) {
      case 'opened':
        listener.opened?.(message.opened)
        break
      case 'records':
        await listener.records?.(message)
        reader.tell('taken')
        break
      case 'report':
        await listener.report?.(message.bytes)
        reader.tell('taken')
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
