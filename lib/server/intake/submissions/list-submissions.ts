import type { FileKind } from '#core/standard/further-fields.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { Database } from '#server/platform/db/database.ts'
import type { Queries } from '#server/platform/db/query-types.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { type Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import type { RowCounts } from './read-submission.ts'
import type { SubmissionState } from './states.ts'

/** Which submissions are listed; a blank is no filter. */
export interface SubmissionFilter {
  readonly service: string
  readonly quarter: string
  readonly state: SubmissionState | ''
  /** Counts from 1. */
  readonly page: number
}

/** A submission as the list of all of them shows it. */
export interface ListedSubmission {
  readonly reference: string
  readonly dataset: Dataset
  readonly serviceName: string
  readonly providerName: string
  readonly quarter: string
  /** What its rows are about. */
  readonly kind: FileKind
  readonly state: SubmissionState
  /** Whether somebody asked for it to be withdrawn and no worker has done it yet. */
  readonly isBeingWithdrawn: boolean
  /** Null until its rows were checked. */
  readonly rows: RowCounts | null
  /** How many rows there are findings of, by severity; of a row with two findings, two. */
  readonly findings: { readonly mustFix: number; readonly confirm: number; readonly note: number }
  readonly receivedAt: Date
  /** A user's name, or the part of the portal that sent it. */
  readonly receivedBy: string
}

/** One page of submissions, newest first, and how many there are. */
export interface SubmissionList {
  readonly ok: true
  readonly total: number
  readonly page: number
  readonly pages: number
  readonly submissions: readonly ListedSubmission[]
}

/** Submissions on a page. */
const PAGE = 25

/** Lists the submissions of every service, for administrators. */
export async function listSubmissions(
  database: Database,
  actor: Actor,
  { service, quarter, state, page }: SubmissionFilter,
): Promise<SubmissionList | Refusal<'not-found'>> {
  if (!(await holdsRight(database, actor, 'register.see'))) return NOT_HELD
  return withTransaction(forActor(database, actor), async (client) => {
    const filter = [orAll(service), orAll(quarter), orAll(state)] as const
    const { total } = await runForRow(client, 'submissions/count-submissions', filter)
    const pages = Math.max(1, Math.ceil(total / PAGE))
    const shown = Math.min(Math.max(1, page), pages)
    const from = (shown - 1) * PAGE
    const rows = await run(client, 'submissions/list-submissions', [...filter, PAGE, from])
    return { ok: true, total, page: shown, pages, submissions: rows.map(asListed) }
  })
}

const orAll = (value: string): string | null => (value === '' ? null : value)

function asListed(row: Queries['submissions/list-submissions']['row']): ListedSubmission {
  // JSON that the query makes.
  return {
    ...row,
    rows: row.rows as RowCounts | null,
    findings: row.findings as ListedSubmission['findings'],
  }
}
