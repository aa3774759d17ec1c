import { Fault } from '#server/platform/faults/fault.ts'
import { Unread } from '#server/store/unread.ts'
import { demandFewMembers } from './answer-form.ts'
import { readFile } from './read-file.ts'
import type { Read, ReadingRefusal } from './reading-end.ts'
import type { ReadingResults, SamplesTask } from './reading-task.ts'

/** What the process wrote for who asks, and what it tells us beside it. */
export type AnswerRead<Want extends SamplesTask['want']> =
  | ({ readonly ok: true; readonly answer: Unread } & ReadingResults[Want])
  | ReadingRefusal

/**
 * Has a reading process write what somebody asked to see. It is no text here: it goes on to who asks as
 * it came, and is theirs to check. Throws Fault where the process wrote none.
 */
export async function readAnswer(task: SamplesTask): Promise<AnswerRead<'samples'>> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const read: Read<'samples'> = await readFile(task, {
    report(bytes) {
      pieces.push(bytes)
      return Promise.resolve()
    },
  })
  const [bytes, ...others] = pieces
  if (!read.ok) {
    for (const piece of pieces) piece.fill(0)
    return read
  }
  if (bytes === undefined || others.length > 0) {
    throw new Fault('reading-failed', { at: 'what the process sent' })
  }
  demandFewMembers(bytes)
  return { ...read, answer: new Unread(bytes) }
}
