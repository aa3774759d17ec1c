import type pg from 'pg'
import { readUserNames } from '#server/identity/actors/user-names.ts'
import { databaseFault } from '#server/platform/db/database-fault.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'
import { inRole } from '#server/identity/actors/as-role.ts'

/** A reviewer's decision that stands. */
export interface ListedDecision {
  readonly id: number
  readonly kind: 'same' | 'different' | 'nhs-wrong'
  /** The code of a reason. */
  readonly reason: string
  readonly at: Date
  /** A user's name. */
  readonly by: string
  /** The rows it was taken about, as the audit log has them: `SU-7K3M-9QXZ-4 child row 12`. */
  readonly rows: readonly string[]
}

/** Lists the decisions about production that stand, newest first, for those who may undo them. */
export async function listDecisions(
  pool: pg.Pool,
  actor: Actor,
): Promise<
  { readonly ok: true; readonly decisions: readonly ListedDecision[] } | Refusal<'not-found'>
> {
  if (!may(actor, 'doubt.decide')) return refuse('not-found')
  try {
    return await withTransaction(pool, async (client) => {
      const decisions = await inRole(client, 'countonce_exact', () => readStanding(client))
      const rowsOf = await inRole(client, 'countonce_audit_reader', () => readRows(client))
      const names = await readUserNames(
        client,
        decisions.map(({ by }) => by),
      )
      return {
        ok: true,
        decisions: decisions.map((decision) => ({
          ...decision,
          by: names.get(decision.by) ?? decision.by,
          rows: rowsOf.get(decision.id) ?? [],
        })),
      }
    })
  } catch (error) {
    throw databaseFault(error)
  }
}

async function readStanding(client: pg.ClientBase): Promise<Omit<ListedDecision, 'rows'>[]> {
  const { rows } = await client.query<Omit<ListedDecision, 'rows'>>(
    `select id::float8 as id, kind, reason, decided_at as at, decided_by as by from decision
     where dataset = 'production' and undone_at is null order by decision.id desc`,
  )
  return rows
}

async function readRows(client: pg.ClientBase): Promise<ReadonlyMap<number, string[]>> {
  const { rows } = await client.query<{
    decision: number
    left: string | null
    right: string | null
  }>(
    `select (detail->>'decision')::float8 as decision, detail->>'left' as left, detail->>'right' as right
     from audit_event where event = 'decision.taken' and subject = 'production'`,
  )
  return new Map(
    rows.map(({ decision, left, right }) => [
      decision,
      [left, right].filter((row) => row !== null),
    ]),
  )
}
