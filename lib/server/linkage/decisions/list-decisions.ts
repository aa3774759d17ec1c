import type pg from 'pg'
import { readUserNames } from '#server/identity/actors/user-names.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
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
  database: Database,
  actor: Actor,
): Promise<
  { readonly ok: true; readonly decisions: readonly ListedDecision[] } | Refusal<'not-found'>
> {
  if (!may(actor, 'doubt.decide')) return refuse('not-found')
  return withTransaction(database, async (client) => {
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
}

async function readStanding(client: pg.ClientBase): Promise<Omit<ListedDecision, 'rows'>[]> {
  const decisions = await inPrisma(client, ({ decision }) =>
    decision.findMany({
      where: { dataset: 'production', undoneAt: null },
      orderBy: { id: 'desc' },
      select: { id: true, kind: true, reason: true, decidedAt: true, decidedBy: true },
    }),
  )
  return decisions.map(({ id, kind, reason, decidedAt: at, decidedBy: by }) => ({
    id: Number(id),
    kind: kind as ListedDecision['kind'],
    reason,
    at,
    by,
  }))
}

/** What the audit log has of each decision: see takeDecision. */
interface TakenDetail {
  readonly decision: number
  readonly left: string
  readonly right?: string
}

async function readRows(client: pg.ClientBase): Promise<ReadonlyMap<number, string[]>> {
  const taken = await inPrisma(client, ({ auditEvent }) =>
    auditEvent.findMany({
      where: { event: 'decision.taken', subject: 'production' },
      select: { detail: true },
    }),
  )
  return new Map(
    taken.map((event) => {
      const { decision, left, right } = event.detail as unknown as TakenDetail
      return [decision, right === undefined ? [left] : [left, right]]
    }),
  )
}
