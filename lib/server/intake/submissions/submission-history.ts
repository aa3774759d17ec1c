import type { FindingCode } from '#core/messages/findings.ts'
import type { Code } from '#core/messages/words-of.ts'
import type pg from 'pg'
import { withTransaction } from '#server/platform/db/pool.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { readUserNames } from '#server/identity/actors/user-names.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { Queries } from '#server/platform/db/query-types.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'
import { inRole } from '#server/identity/actors/as-role.ts'
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

/** Reads one submission with its history, for administrators; the look is audited. */
export async function readSubmissionHistory(
  database: Database,
  actor: Actor,
  reference: string,
): Promise<SubmissionWithHistory | Refusal<'not-found'>> {
  if (!may(actor, 'register.see')) return refuse('not-found')
  return withTransaction(forActor(database, actor), async (client) => {
    const [submission] = await run(client, 'submissions/read-account', [reference])
    if (submission === undefined) return refuse('not-found')
    const history = await inRole(client, 'countonce_audit_reader', () =>
      readEvents(client, submission.reference),
    )
    const names = await readUserNames(
      client,
      history.map(({ by }) => by),
    )
    await appendAudit(client, {
      actor: actor.userId,
      event: 'submission.seen',
      subject: submission.reference,
    })
    return {
      ok: true,
      submission: asAccount(submission),
      history: history.map((line) => ({ ...line, by: names.get(line.by) ?? line.by })),
    }
  })
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

function asAccount(row: Queries['submissions/read-account']['row']): SubmissionAccount {
  // JSON that the query makes, and a code that we wrote ourselves.
  return {
    ...row,
    rows: row.rows as RowCounts | null,
    findings: row.findings as SubmissionAccount['findings'],
    findingCounts: row.findingCounts as SubmissionAccount['findingCounts'],
    reason: row.reason as SubmissionAccount['reason'],
  }
}
