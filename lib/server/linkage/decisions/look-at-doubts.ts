import type pg from 'pg'
import { rowsAt } from '#core/preparation/row-places.ts'
import type { Role } from '#core/standard/roles.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { Looks } from '#server/identity/audit/looks.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { explainIn, explanationEntry, type Explained } from './explain-beneficiary.ts'
import {
  countDoubts,
  listDoubts,
  type DoubtCount,
  type ListedDoubt,
  placingOf,
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

const ROLES: readonly Role[] = ['child', 'parent', 'adult']

/** Doubts on a page. */
const PAGE = 20

/** Lists the doubts of production for those who review them; the look is audited. */
export async function lookAtDoubts(
  looks: Looks,
  actor: Actor,
  { kind, page }: { kind: ListedDoubt['kind'] | ''; page: number },
): Promise<DoubtPage | Refusal<'not-found'>> {
  return looks.take(actor, 'doubt.see', async (client) => {
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
    const detail = { doubts: doubts.length, page: shown, ...(kind === '' ? {} : { kind }) }
    return {
      ok: true,
      shown: { counts, doubts, page: shown, pages },
      entry: { event: 'doubts.listed', subject: 'production', detail },
    }
  })
}

/**
 * Explains a beneficiary of production to those who review doubts: places and what agreed, never
 * who; the look is audited.
 */
export async function lookAtBeneficiary(
  looks: Looks,
  actor: Actor,
  reference: string,
): Promise<Explained | Refusal<'not-found'>> {
  return looks.take(actor, 'doubt.see', async (client) => {
    const explained = await explainIn(client, { reference, dataset: 'production' })
    if (!explained.ok) return explained
    const { explanation } = explained
    return { ok: true, shown: { explanation }, entry: explanationEntry(explanation) }
  })
}

/**
 * Who is counted for a row of a submission, by the number that its spreadsheet gives it, for those
 * who review doubts; the look is audited. Refused when none of the figures' records stands there.
 */
export async function lookAtRow(
  looks: Looks,
  actor: Actor,
  { submission, fileRow }: { readonly submission: string; readonly fileRow: number },
): Promise<
  | { readonly ok: true; readonly places: readonly RecordPlace[] }
  | Refusal<'not-found' | 'row-empty'>
> {
  return looks.take(actor, 'doubt.see', async (client) => {
    const sent = await inPrisma(client, (prisma) =>
      prisma.submission.findFirst({
        where: { reference: submission, dataset: 'production' },
        select: { receipt: true },
      }),
    )
    if (sent === null) return refuse('not-found')
    const asked = rowsAt(placingOf(sent.receipt), fileRow).flatMap((row) =>
      ROLES.map((role) => ({ submission, row, role })),
    )
    const places = await placesAt(client, asked)
    if (places.length === 0) return refuse('row-empty')
    return {
      ok: true,
      shown: { places },
      entry: { event: 'row.looked-up', subject: submission, detail: { row: fileRow } },
    }
  })
}

/**
 * Where rows stand in their own files, in the order asked for, for those who decide about them; the
 * look is audited. Refused when one of them is not in the figures.
 */
export async function readPlaces(
  looks: Looks,
  actor: Actor,
  wanted: readonly Pick<RecordPlace, 'submission' | 'row' | 'role'>[],
): Promise<{ readonly ok: true; readonly places: readonly RecordPlace[] } | Refusal<'not-found'>> {
  return looks.take(actor, 'doubt.decide', async (client) => {
    const places = await placesAt(client, wanted)
    if (places.length !== wanted.length) return refuse('not-found')
    const rows = wanted.map(({ submission, row, role }) => `${submission} ${role} row ${row}`)
    return {
      ok: true,
      shown: { places },
      entry: { event: 'rows.compared', subject: 'production', detail: { rows: rows.join(', ') } },
    }
  })
}

async function placesAt(
  client: pg.ClientBase,
  wanted: readonly Pick<RecordPlace, 'submission' | 'row' | 'role'>[],
): Promise<readonly RecordPlace[]> {
  const found = await run(client, 'decisions/read-places', [
    wanted.map(({ submission }) => submission),
    wanted.map(({ row }) => row),
    wanted.map(({ role }) => role),
  ])
  return found.map(withPlaceWords)
}
