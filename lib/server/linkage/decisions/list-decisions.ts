import type pg from 'pg'
import { readUserNames } from '#server/identity/actors/user-names.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { Looks } from '#server/identity/audit/looks.ts'

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

/**
 * Lists the decisions about production that stand, newest first, for those who may undo them; the
 * look is audited. `pool` is the portal's own, which knows the names of users.
 */
export async function listDecisions(
  { looks, pool }: { readonly looks: Looks; readonly pool: Database },
  actor: Actor,
): Promise<
  { readonly ok: true; readonly decisions: readonly ListedDecision[] } | Refusal<'not-found'>
> {
  const looked = await looks.take(actor, 'doubt.decide', async (client) => {
    const rowsOf = await readRows(client)
    const decisions = (await readStanding(client)).map((decision) => ({
      ...decision,
      rows: rowsOf.get(decision.id) ?? [],
    }))
    const detail = { decisions: decisions.length }
    return {
      ok: true,
      shown: { decisions },
      entry: { event: 'decisions.listed', subject: 'production', detail },
    }
  })
  if (!looked.ok) return looked
  const names = await readUserNames(
    pool,
    looked.decisions.map(({ by }) => by),
  )
  const decisions = looked.decisions.map((decision) => ({
    ...decision,
    by: names.get(decision.by) ?? decision.by,
  }))
  return { ok: true, decisions }
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
async function readRows(client: pg.ClientBase): Promise<ReadonlyMap<number, string[]>> {
  const taken = await run(client, 'decisions/decided-rows', ['production'])
  return new Map(
    taken.map(({ decision, left, right }) => [decision, right === null ? [left] : [left, right]]),
  )
}
