import { measureAgreement, type Agreement, type Verdict } from '#core/review/agreement.ts'
import { falseJoinShare, type CheckedJoins, type ShareInterval } from '#core/review/false-joins.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Looks } from '#server/identity/audit/looks.ts'
import { lookAtPair, type ComparedPair } from '#server/linkage/decisions/look-at-pair.ts'
import type { RecordPlace } from '#server/linkage/decisions/list-doubts.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { demandQueues, sendEstimate } from '#server/platform/queue/send-job.ts'

type Place = Pick<RecordPlace, 'submission' | 'row' | 'role'>

/** A pair that a reviewer is asked to check, without what anybody else has said of it. */
export interface PairToCheck {
  readonly sample: string
  readonly places: readonly [Place, Place]
  readonly pair: Pick<ComparedPair, 'left' | 'right' | 'kinds'>
}

/**
 * The next pair of a sample that a reviewer has not answered about and whose rows are still in the
 * figures; undefined where there is none.
 */
export async function readNextCheck(
  reading: { readonly looks: Looks; readonly pool: Database },
  actor: Actor,
): Promise<{ readonly ok: true; readonly next: PairToCheck | undefined } | Refusal<'not-found'>> {
  if (!(await holdsRight(reading.pool, actor, 'doubt.decide'))) return NOT_HELD
  for (let after = 0; ; after += LOOKED_AT) {
    const rows = await run(reading.pool, 'reviewing/list-to-check', [actor.userId, after])
    for (const row of rows) {
      const places: readonly [Place, Place] = [
        { submission: row.left_submission, row: row.left_row, role: row.left_role },
        { submission: row.right_submission, row: row.right_row, role: row.right_role },
      ]
      const looked = await lookAtPair(reading, actor, places)
      if (!looked.ok) continue
      const { left, right, kinds } = looked.pair
      return { ok: true, next: { sample: row.id, places, pair: { left, right, kinds } } }
    }
    if (rows.length < LOOKED_AT) return { ok: true, next: undefined }
  }
}

/** As many as the query answers. */
const LOOKED_AT = 30

/**
 * Keeps what a reviewer says of a pair of a sample, for good, and has the estimate made anew with it;
 * audited. Refused where they have answered before, as the one who took a decision has.
 */
export async function giveVerdict(
  database: Database,
  actor: Actor,
  { sample, verdict }: { readonly sample: string; readonly verdict: Verdict },
): Promise<{ readonly ok: true } | Refusal<'not-found' | 'verdict-given'>> {
  if (!(await holdsRight(database, actor, 'doubt.decide'))) return NOT_HELD
  if (!/^[0-9]{1,15}$/.test(sample)) return refuse('not-found')
  await demandQueues(database)
  return withTransaction(forActor(database, actor), async (client) => {
    const sampleId = BigInt(sample)
    const reviewer = actor.userId
    const written = await inPrisma(client, async ({ reviewSample, reviewVerdict }) => {
      if ((await reviewSample.count({ where: { id: sampleId } })) === 0) return undefined
      const data = [{ sampleId, reviewer, verdict }]
      return (await reviewVerdict.createMany({ data, skipDuplicates: true })).count
    })
    if (written === undefined) return refuse('not-found')
    if (written === 0) return refuse('verdict-given')
    await sendEstimate(client)
    await appendAudit(client, {
      actor: reviewer,
      event: 'sample.answered',
      subject: sample,
      detail: { verdict },
    })
    return { ok: true }
  })
}

/** How many pairs were drawn in a quarter, and how many somebody answered about. */
export interface SampleCount {
  readonly kind: string
  readonly drawnIn: string
  readonly drawn: number
  readonly checked: number
}

/** What checking samples has come to. */
export interface CheckResults {
  readonly samples: readonly SampleCount[]
  readonly byRule: readonly (CheckedJoins & { readonly rule: string })[]
  readonly joins: CheckedJoins
  /** Undefined while nothing was checked. */
  readonly share: ShareInterval | undefined
  readonly agreement: Agreement
}

/** Reads what checking samples has come to, for those who decide. */
export async function readCheckResults(
  database: Database,
  actor: Actor,
): Promise<{ readonly ok: true; readonly results: CheckResults } | Refusal<'not-found'>> {
  if (!(await holdsRight(database, actor, 'doubt.decide'))) return NOT_HELD
  const byRule = await run(database, 'reviewing/count-checked-joins', [])
  const joins = byRule.reduce<CheckedJoins>(
    (sum, { checked, wrong }) => ({ checked: sum.checked + checked, wrong: sum.wrong + wrong }),
    { checked: 0, wrong: 0 },
  )
  const verdicts = await run(database, 'reviewing/list-two-verdicts', [])
  const samples = await run(database, 'reviewing/count-samples', [])
  return {
    ok: true,
    results: {
      samples: samples.map(({ drawn_in: drawnIn, ...sample }) => ({ ...sample, drawnIn })),
      ...{ byRule, joins },
      share: falseJoinShare(joins),
      // Two of each, as the query answers them.
      agreement: measureAgreement(
        verdicts.map(({ verdicts: [first, second] }) => [first as Verdict, second as Verdict]),
      ),
    },
  }
}
