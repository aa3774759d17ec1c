import { channel } from 'node:diagnostics_channel'
import type { FileCode } from '#core/messages/reading/file-refusals.ts'
import type { WordsDetail } from '#core/messages/words.ts'
import type { TopRows } from '#core/tabular/table.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { keepReader, prepareReader, takeReader } from './keep-readers.ts'
import type { ReaderLimits } from './launch-process.ts'
import { openSource, type OpenSource } from './open-source.ts'
import type { Reader } from './reader.ts'
import type {
  Opened,
  ReadingResults,
  ReadingSource,
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

/** Two million rows of any shape fit. */
const LIMITS: ReaderLimits = { heapMb: 256, youngMb: 48, wholeMb: 640, longest: 30 * 60 * 1000 }

/**
 * Where each reading is told as it begins, by what is wanted and never by file: for whoever watches
 * how often files are read.
 */
export const READINGS = 'countonce.reading'

const readings = channel(READINGS)

/** Whether a process is begun before its file is there. */
let isPreparing = false

/** Makes ready for files, so that none need wait for a process. */
export function prepareToRead(): void {
  isPreparing = true
  prepareReader(LIMITS)
}

/**
 * Reads a file in a process of its own that can do nothing else, with bounded memory and time. What
 * it is refused for is an answer; throws Fault for what failed under us. By then the process is
 * gone, or waits for this file alone.
 */
export async function readFile<Task extends ReadingTask>(
  task: Task,
  listener: ReadingListener = {},
  limits: ReaderLimits = LIMITS,
): Promise<Read<Task['want']>> {
  readings.publish({ want: task.want })
  const sources = await openSources(task)
  try {
    // The process answers what its task wanted.
    return (await readSources(task, sources, listener, limits)) as Read<Task['want']>
  } finally {
    for (const source of sources) await source.close()
    if (isPreparing) prepareReader(LIMITS)
  }
}

async function openSources(task: ReadingTask): Promise<OpenSource[]> {
  const wanted = sourcesOf(task)
  const sources: OpenSource[] = []
  try {
    for (const source of wanted) sources.push(await openSource(source))
  } catch (error) {
    for (const source of sources) await source.close()
    throw error
  }
  return sources
}

function sourcesOf(task: ReadingTask): readonly ReadingSource[] {
  if (task.want === 'typed') return []
  return 'source' in task ? [task.source] : task.parts.map(({ source }) => source)
}

async function readSources(
  task: ReadingTask,
  sources: readonly OpenSource[],
  listener: ReadingListener,
  limits: ReaderLimits,
): Promise<End> {
  const file = sources.map(({ identity }) => identity).join(' and ')
  const reader = await takeReader(limits, file)
  const timer = setTimeout(() => {
    void reader.end('thread-out-of-time')
  }, limits.longest)
  try {
    reader.begin(task, sources)
    const end = await follow(reader, listener)
    // What was typed is no file that is read again.
    if (end.ok && sources.length > 0) {
      await reader.finish()
      keepReader(reader, file)
    }
    // What was refused may have left the process in the middle of something.
    else await reader.end()
    return end
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
