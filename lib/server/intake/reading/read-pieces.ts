import { Fault } from '#server/platform/faults/fault.ts'
import { readFile } from './read-file.ts'
import type { CellsTask, CorrectedTask, ReportTask } from './reading-task.ts'

/**
 * What a reading process writes piece by piece as a stream: it waits when the reader falls behind, and
 * is told when nobody reads on. A file that cannot be read to its end breaks the stream off: what was
 * read of it is never taken for the whole.
 */
export function readPieces(
  task: ReportTask | CorrectedTask | CellsTask,
): ReadableStream<Uint8Array> {
  const passage = new TransformStream<Uint8Array, Uint8Array>(undefined, { highWaterMark: 1 })
  const writer = passage.writable.getWriter()
  readFile(task, { report: (bytes) => writer.write(bytes) })
    .then(
      (read) =>
        read.ok ? writer.close() : writer.abort(new Fault('reading-failed', { at: read.code })),
      (error: unknown) => writer.abort(error),
    )
    .catch(() => undefined)
  return passage.readable
}
