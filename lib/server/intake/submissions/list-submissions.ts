import type pg from 'pg'
import { withTransaction } from '#server/platform/db/pool.ts'
import { databaseFault } from '#server/platform/db/database-fault.ts'
import { namedQuery } from '#server/platform/db/queries.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
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
  pool: pg.Pool,
  actor: Actor,
  { service, quarter, state, page }: SubmissionFilter,
): Promise<SubmissionList | Refusal<'not-found'>> {
  if (actor.role !== 'administrator') return refuse('not-found')
  try {
    return await withTransaction(forActor(pool, actor), async (client) => {
      const filter = [service, quarter, state].map((value) => (value === '' ? null : value))
      const counted = await client.query<{ total: number }>(
        `select count(*)::int as total from submission
         where ($1::text is null or service_code = $1) and ($2::text is null or quarter = $2)
           and ($3::text is null or state = $3)`,
        filter,
      )
      const total = counted.rows[0]?.total ?? 0
      const pages = Math.max(1, Math.ceil(total / PAGE))
      const shown = Math.min(Math.max(1, page), pages)
      const { rows } = await client.query<ListedSubmission>(
        namedQuery('submissions', 'list-submissions'),
        [...filter, PAGE, (shown - 1) * PAGE],
      )
      return { ok: true, total, page: shown, pages, submissions: rows }
    })
  } catch (error) {
    throw databaseFault(error)
  }
}
