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
 * Where rows stand in their own files, in the order asked for, for those who decide about them; the
 * look is audited. Refused when one of them is not in the figures.
 */
export async function readPlaces(
  looks: Looks,
  actor: Actor,
  wanted: readonly Pick<RecordPlace, 'submission' | 'row' | 'role'>[],
): Promise<{ readonly ok: true; readonly places: readonly RecordPlace[] } | Refusal<'not-found'>> {
  return looks.take(actor, 'doubt.decide', async (client) => {
    const found = await run(client, 'linkage/read-places', [
      wanted.map(({ submission }) => submission),
      wanted.map(({ row }) => row),
      wanted.map(({ role }) => role),
    ])
    if (found.length !== wanted.length) return refuse('not-found')
    const places = found.map(withPlaceWords)
    const rows = wanted.map(({ submission, row, role }) => `${submission} ${role} row ${row}`)
    return {
      ok: true,
      shown: { places },
      entry: { event: 'rows.compared', subject: 'production', detail: { rows: rows.join(', ') } },
    }
  })
}
