import type { EventsTold } from '#core/messages/submissions/kind-words.ts'
import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { Code } from '#core/messages/words-of.ts'
import { readEventsTold } from './events-told.ts'
import type pg from 'pg'
import type { Looks } from '#server/identity/audit/looks.ts'
import { readUserNames } from '#server/identity/actors/user-names.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { Queries } from '#server/platform/db/query-types.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { type Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { ListedSubmission } from './list-submissions.ts'
import type { RowCounts } from './read-submission.ts'

/** A submission with everything about it but its rows. */
export interface SubmissionAccount extends ListedSubmission {
  readonly serviceCode: string
  readonly records: number | null
  readonly familyTies: number | null
  readonly fileBytes: number
  /** Whether the encrypted file is still held. */
  readonly fileHeld: boolean
  /** The epoch of the source key its records are made under. */
  readonly epoch: number
  /** What its rows came to beside people, of a file of activities or outcomes. */
  readonly events: EventsTold | null
  readonly counting: 'contacts' | 'active-enrolment'
  /** Why it was rejected or withdrawn: a code. */
  readonly reason: Code | null
  /** Reference of the submission whose place it takes. */
  readonly replaces: string | null
  readonly findingCounts: readonly {
    readonly code: FindingCode
    readonly field: string
    readonly severity: 'file' | 'must-fix' | 'confirm' | 'note'
    readonly rows: number
  }[]
}

/** What was done to a submission, when and by whom; `detail` is codes, counts and references. */
export interface HistoryLine {
  readonly at: Date
  readonly event: string
  /** A user's name, or the part of the portal that did it. */
  readonly by: string
  readonly detail: Readonly<Record<string, string | number | boolean | null>>
}

/** A submission and its history. */
export interface SubmissionWithHistory {
  readonly ok: true
  readonly submission: SubmissionAccount
  readonly history: readonly HistoryLine[]
}

/**
 * Reads one submission with its history, for administrators; the look is audited. `pool` is the
 * portal's own.
 */
export async function readSubmissionHistory(
  { looks, pool }: { readonly looks: Looks; readonly pool: Database },
  actor: Actor,
  reference: string,
): Promise<SubmissionWithHistory | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'register.see'))) return NOT_HELD
  const [submission] = await run(forActor(pool, actor), 'submissions/read-account', [reference])
  if (submission === undefined) return refuse('not-found')
  const { reference: subject } = submission
  const looked = await looks.take(actor, 'register.see', async (client) => ({
    ok: true,
    shown: { history: await readEvents(client, subject) },
    entry: { event: 'submission.seen', subject },
  }))
  if (!looked.ok) return looked
  const names = await readUserNames(
    pool,
    looked.history.map(({ by }) => by),
  )
  return {
    ok: true,
    submission: asAccount(
      submission,
      await readEventsTold(forActor(pool, actor), submission.events),
    ),
    history: looked.history.map((line) => ({ ...line, by: names.get(line.by) ?? line.by })),
  }
}

/** What was done to a submission, in order, but for the looks at it. */
async function readEvents(client: pg.ClientBase, reference: string): Promise<HistoryLine[]> {
  const events = await inPrisma(client, ({ auditEvent }) =>
    auditEvent.findMany({
      select: { at: true, event: true, actor: true, detail: true },
      where: { subject: reference, event: { not: 'submission.seen' } },
      orderBy: { seq: 'asc' },
    }),
  )
  return events.map(({ at, event, actor, detail }) => ({
    ...{ at, event, by: actor },
    detail: detail as HistoryLine['detail'],
  }))
}

function asAccount(
  row: Queries['submissions/read-account']['row'],
  events: EventsTold | null,
): SubmissionAccount {
  // JSON that the query makes, and a code that we wrote ourselves.
  return {
    ...row,
    events,
    rows: row.rows as RowCounts | null,
    findings: row.findings as SubmissionAccount['findings'],
    findingCounts: row.findingCounts as SubmissionAccount['findingCounts'],
    reason: row.reason as SubmissionAccount['reason'],
  }
}
