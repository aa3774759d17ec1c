import type pg from 'pg'
import type { DecisionKind } from '#core/messages/review/decision-refusals.ts'
import { readUserNames } from '#server/identity/actors/user-names.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { Looks } from '#server/identity/audit/looks.ts'

/** A reviewer's answer, that stands or was undone. */
export interface ListedDecision {
  readonly id: number
  readonly kind: DecisionKind
  /** The code of a reason. */
  readonly reason: string
  readonly at: Date
  /** A user's name. */
  readonly by: string
  readonly undoneAt: Date | null
  readonly undoneBy: string | null
  /** The rows it was taken about, as the audit log has them: `SU-7K3M-9QXZ-4 child row 12`. */
  readonly rows: readonly string[]
}

/** Which answers are listed: those that stand, or all with those that were undone. */
export interface DecisionChoice {
  readonly all: boolean
  readonly page: number
}

/** One page of answers. */
export interface DecisionPage {
  readonly ok: true
  readonly decisions: readonly ListedDecision[]
  readonly page: number
  readonly pages: number
}

const PAGE = 20

/**
 * Lists the answers about production, newest first, for those who may undo them; the look is
 * audited. `pool` is the portal's own, which knows the names of users.
 */
export async function listDecisions(
  { looks, pool }: { readonly looks: Looks; readonly pool: Database },
  actor: Actor,
  { all, page }: DecisionChoice = { all: false, page: 1 },
): Promise<DecisionPage | Refusal<'not-found'>> {
  const looked = await looks.take(actor, 'doubt.decide', async (client) => {
    const where = { dataset: 'production', ...(all ? {} : { undoneAt: null }) } as const
    const count = await inPrisma(client, ({ decision }) => decision.count({ where }))
    const pages = Math.max(1, Math.ceil(count / PAGE))
    const shown = Math.min(page, pages)
    const rowsOf = await readRows(client)
    const found = await inPrisma(client, ({ decision }) =>
      decision.findMany({
        where,
        ...({ orderBy: { id: 'desc' }, take: PAGE, skip: (shown - 1) * PAGE } as const),
        select: {
          ...{ id: true, kind: true, reason: true, decidedAt: true, decidedBy: true },
          ...{ undoneAt: true, undoneBy: true },
        },
      }),
    )
    const decisions = found.map(({ id, decidedAt: at, decidedBy: by, ...decision }) => ({
      ...decision,
      ...{ id: Number(id), kind: decision.kind as DecisionKind, at, by },
      rows: rowsOf.get(Number(id)) ?? [],
    }))
    const detail = { decisions: decisions.length, page: shown }
    return {
      ok: true,
      shown: { decisions, page: shown, pages },
      entry: { event: 'decisions.listed', subject: 'production', detail },
    }
  })
  if (!looked.ok) return looked
  const people = looked.decisions.flatMap(({ by, undoneBy }) => [by, undoneBy ?? ''])
  const names = await readUserNames(pool, people)
  const decisions = looked.decisions.map((decision) => ({
    ...decision,
    by: names.get(decision.by) ?? decision.by,
    undoneBy:
      decision.undoneBy === null ? null : (names.get(decision.undoneBy) ?? decision.undoneBy),
  }))
  return { ...looked, decisions }
}

/** What the audit log has of each decision: see takeDecision. */
async function readRows(client: pg.ClientBase): Promise<ReadonlyMap<number, string[]>> {
  const taken = await run(client, 'decisions/decided-rows', ['production'])
  return new Map(
    taken.map(({ decision, left, right }) => [decision, right === null ? [left] : [left, right]]),
  )
}
