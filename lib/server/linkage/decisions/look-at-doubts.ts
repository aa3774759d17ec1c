import type { Database } from '#server/platform/db/database.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'
import { asRole } from '#server/identity/actors/as-role.ts'
import { explainIn, type Explanation } from './explain-beneficiary.ts'
import {
  countDoubts,
  listDoubts,
  type DoubtCount,
  type ListedDoubt,
  withPlaceWords,
  type RecordPlace,
} from './list-doubts.ts'

/** One page of doubts: places in files, never who is meant. */
export interface DoubtPage {
  readonly ok: true
  readonly counts: readonly DoubtCount[]
  readonly doubts: readonly ListedDoubt[]
  readonly page: number
  readonly pages: number
}

/** Doubts on a page. */
const PAGE = 20

/** Lists the doubts of production for those who review them; the look is audited. */
export async function lookAtDoubts(
  database: Database,
  actor: Actor,
  { kind, page }: { kind: ListedDoubt['kind'] | ''; page: number },
): Promise<DoubtPage | Refusal<'not-found'>> {
  if (!may(actor, 'doubt.see')) return refuse('not-found')
  return withTransaction(asRole(database, 'countonce_exact'), async (client) => {
    const counts = await countDoubts(client, 'production')
    const total = counts
      .filter((count) => kind === '' || count.kind === kind)
      .reduce((sum, { count }) => sum + count, 0)
    const pages = Math.max(1, Math.ceil(total / PAGE))
    const shown = Math.min(Math.max(1, page), pages)
    const doubts = await listDoubts(client, {
      dataset: 'production',
      limit: PAGE,
      skip: (shown - 1) * PAGE,
      ...(kind === '' ? {} : { kind }),
    })
    await appendAudit(client, {
      actor: actor.userId,
      event: 'doubts.listed',
      subject: 'production',
      detail: { doubts: doubts.length, page: shown, ...(kind === '' ? {} : { kind }) },
    })
    return { ok: true, counts, doubts, page: shown, pages }
  })
}

/**
 * Explains a beneficiary of production to those who review doubts: places and what agreed, never
 * who; the look is audited.
 */
export async function lookAtBeneficiary(
  database: Database,
  actor: Actor,
  reference: string,
): Promise<{ readonly ok: true; readonly explanation: Explanation } | Refusal<'not-found'>> {
  if (!may(actor, 'doubt.see')) return refuse('not-found')
  return withTransaction(asRole(database, 'countonce_exact'), async (client) => {
    const asked = { reference, dataset: 'production', actor: actor.userId } as const
    const explanation = await explainIn(client, asked)
    return explanation === undefined ? refuse('not-found') : { ok: true, explanation }
  })
}

/**
 * Where rows stand in their own files, in the order asked for, for those who decide about them.
 * Refused when one of them is not in the figures.
 */
export async function readPlaces(
  database: Database,
  actor: Actor,
  wanted: readonly Pick<RecordPlace, 'submission' | 'row' | 'role'>[],
): Promise<{ readonly ok: true; readonly places: readonly RecordPlace[] } | Refusal<'not-found'>> {
  if (!may(actor, 'doubt.decide')) return refuse('not-found')
  return withTransaction(asRole(database, 'countonce_exact'), async (client) => {
    const places = await run(client, 'linkage/read-places', [
      wanted.map(({ submission }) => submission),
      wanted.map(({ row }) => row),
      wanted.map(({ role }) => role),
    ])
    return places.length === wanted.length
      ? { ok: true, places: places.map(withPlaceWords) }
      : refuse('not-found')
  })
}
