import type { FileCode } from '#core/messages/reading/file-refusals.ts'
import type { WordsDetail } from '#core/messages/words.ts'
import type { TopRows } from '#core/tabular/table.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { Reader } from './reader.ts'
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

/** Takes what a process reads as it comes. */
export interface ReadingListener {
  /** Told before the first row is checked. */
  opened?(opened: Opened): void
  /** The process waits when these are not taken. */
  records?(records: RecordsRead): Promise<void>
  progress?(rows: number): void
  /** A piece of a report; the process waits when these are not taken. */
  report?(bytes: Uint8Array<ArrayBuffer>): Promise<void>
}

/** What any reading came to. */
export type End = Read<ReadingTask['want']> | Unmapped

/** Hears a process out that was given a task. Throws Fault for what failed under us. */
export async function follow(reader: Reader, listener: ReadingListener): Promise<End> {
  for await (const message of reader.messages()) {
    switch (message.type) {
      case 'opened':
        listener.opened?.(message.opened)
        break
      case 'records':
        await listener.records?.(message)
        break
      case 'report':
        await listener.report?.(message.bytes)
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
      case 'exhausted':
        return { ok: false, code: 'thread-out-of-memory', detail: {} }
      case 'failed':
        throw new Fault('reading-failed', { at: `reading-process.mjs:${message.at}` })
      case 'fault':
        throw message.fault
    }
  }
  throw new Fault('reading-failed', { at: 'the process ended' })
}

function unmappedCode({ refusals }: Opened): Unmapped['code'] {
  return refusals.every(({ code }) => code === 'mapping-field-missing')
    ? 'mapping-incomplete'
    : 'mapping-unusable'
}
