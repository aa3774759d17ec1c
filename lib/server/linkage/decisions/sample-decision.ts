import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Verdict } from '#core/review/agreement.ts'
import { quarterOf, type Quarter } from '#core/standard/quarter.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import type { RecordPlace } from './list-doubts.ts'

type Place = Pick<RecordPlace, 'submission' | 'row' | 'role'>

/** One of so many decisions is answered about by a second reviewer. */
const EVERY = 5

/** The quarter whose sample is drawn at a moment. */
export function sampleQuarter(now: Date): Quarter {
  return quarterOf(dayInLondon(now))
}

/** Whether a decision is among those that a second reviewer answers about: by lot, and always the same. */
export function isSampled(decision: number): boolean {
  const digest = createHash('sha256').update(`decision ${decision}`).digest()
  return digest.readUInt32BE(0) % EVERY === 0
}

/**
 * Puts a decision that was just taken into the sample that a second reviewer answers about, where the
 * lot falls on it, with the first answer; in the caller's transaction, under the dataset's lock.
 */
export async function sampleDecision(
  client: pg.ClientBase,
  decided: {
    readonly decision: number
    readonly verdict: Verdict
    readonly left: Place
    readonly right: Place
    readonly by: string
  },
): Promise<void> {
  const { decision, verdict, left, right, by } = decided
  if (!isSampled(decision)) return
  const drawnIn = sampleQuarter(new Date())
  await inPrisma(client, async ({ reviewSample, reviewVerdict }) => {
    const number = 1 + (await reviewSample.count({ where: { kind: 'decided', drawnIn } }))
    const { id: sampleId } = await reviewSample.create({
      data: {
        ...{ kind: 'decided', drawnIn, number, decisionId: BigInt(decision) },
        ...{ leftSubmission: left.submission, leftRow: left.row, leftRole: left.role },
        ...{ rightSubmission: right.submission, rightRow: right.row, rightRole: right.role },
      },
      select: { id: true },
    })
    await reviewVerdict.create({ data: { sampleId, reviewer: by, verdict } })
  })
}
