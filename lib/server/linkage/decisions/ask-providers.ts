import type pg from 'pg'
import { isQuestionCode } from '#core/messages/review/question-words.ts'
import { quarterAfter, quarterDays, quarterOf } from '#core/standard/quarter.ts'
import { run } from '#server/platform/db/run.ts'
import { newReference } from '#server/platform/machine/new-reference.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import type { RecordPlace } from './list-doubts.ts'

type Place = Pick<RecordPlace, 'submission' | 'row' | 'role'>

/** What a reviewer has providers asked. */
interface Asking {
  readonly dataset: Dataset
  readonly decision: number
  readonly left: Place
  readonly right: Place
  /** The code of a question, which is the reviewer's reason. */
  readonly reason: string
}

/**
 * Writes down what providers are asked about the two rows of a doubt, in the caller's transaction:
 * each about its own row, in words that name nobody else; once where both rows are in one file. They
 * see it with all that is asked in this quarter, on the first day of the next, so that its time
 * tells nothing of what came in.
 */
export async function askProviders(
  client: pg.ClientBase,
  { dataset, decision, left, right, reason }: Asking,
): Promise<void> {
  if (!isQuestionCode(reason)) throw new RangeError(`no provider is asked ${reason}`)
  const isOneFile = left.submission === right.submission
  const asked = isOneFile
    ? [{ place: left, otherRow: right.row }]
    : [left, right].map((place) => ({ place, otherRow: null }))
  const shownFrom = nextBatch(new Date())
  for (const { place, otherRow } of asked) {
    const { submission, row, role } = place
    await run(client, 'decisions/ask-provider', [
      ...([newReference('question'), decision, dataset, submission, row, role] as const),
      ...([otherRow, reason, shownFrom] as const),
    ])
  }
}

/** The day on which providers see what they are asked about today: the first of the next quarter. */
export function nextBatch(now: Date): string {
  return quarterDays(quarterAfter(quarterOf(dayInLondon(now)))).first
}
