import { channel } from 'node:diagnostics_channel'
import { keepReader, prepareReaders, takeReader } from './keep-readers.ts'
import type { ReaderLimits } from './launch-process.ts'
import { openSource, type OpenSource } from './open-source.ts'
import { follow, type End, type Read, type ReadingListener } from './reading-end.ts'
import type { ReadingSource, ReadingTask } from './reading-task.ts'

/** Two million rows of any shape fit. */
const LIMITS: ReaderLimits = { heapMb: 256, youngMb: 48, wholeMb: 640, longest: 30 * 60 * 1000 }

/**
 * Where each reading is told as it begins, by what is wanted and never by file: for whoever watches
 * how often files are read.
 */
export const READINGS = 'countonce.reading'

const readings = channel(READINGS)

/** Processes that are ready for files: one is read after the other, as far as people see. */
const READY = 1
/**
 * Processes that are ready where people are looked up: each takes one, and several may ask within the tenth of a second in
 * which the next begins.
 */
const READY_FOR_TYPED = 3
/** When the next is begun there, in milliseconds. */
const AFTER_TYPED = 150

/** Whether a process is begun before its file is there. */
let isPreparing = false

/** Makes ready for files, so that none need wait for a process. */
export function prepareToRead(): void {
  isPreparing = true
  prepareReaders(LIMITS, READY)
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
    if (isPreparing) prepareNext(task.want)
  }
}

/** Whoever is looked up is answered first: to begin a process takes longer than that. */
function prepareNext(want: ReadingTask['want']): void {
  if (want !== 'typed') {
    prepareReaders(LIMITS, READY)
    return
  }
  setTimeout(() => {
    prepareReaders(LIMITS, READY_FOR_TYPED)
  }, AFTER_TYPED).unref()
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
