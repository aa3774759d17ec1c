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

/** Which doubts a page shows. */
export interface AskedDoubts {
  readonly kind: ListedDoubt['kind'] | ''
  readonly state?: 'waiting' | 'put-off'
  readonly page: number
}

/** Lists the doubts of production for those who review them; the look is audited. */
export async function lookAtDoubts(
  looks: Looks,
  actor: Actor,
  { kind, state = 'waiting', page }: AskedDoubts,
): Promise<DoubtPage | Refusal<'not-found'>> {
  return looks.take(actor, 'doubt.see', async (client) => {
    const counts = await countDoubts(client, 'production')
    const total = counts
      .filter((count) => kind === '' || count.kind === kind)
      .reduce(
        (sum, { count, waiting }) => sum + (state === 'waiting' ? waiting : count - waiting),
        0,
      )
    const pages = Math.max(1, Math.ceil(total / PAGE))
    const shown = Math.min(Math.max(1, page), pages)
    const doubts = await listDoubts(client, {
      dataset: 'production',
      limit: PAGE,
      skip: (shown - 1) * PAGE,
      state,
      ...(kind === '' ? {} : { kind }),
    })
    const detail = { doubts: doubts.length, page: shown, state, ...(kind === '' ? {} : { kind }) }
    return {
      ok: true,
      shown: { counts, doubts, page: shown, pages },
      entry: { event: 'doubts.listed', subject: 'production', detail },
    }
  })
}

/** Two people to be told apart or together, by a row of each. */
export type DoubtPair = readonly [RecordPlace, RecordPlace]

/** So many are read at once, to find one that nobody has answered about meanwhile. */
const LOOK_AHEAD = 60

/**
 * The next doubt that waits for a reviewer: that of which an answer changes most, after `skip` of them
 * and without those that `isAsked` of. Of more than two people the first two that nobody has answered
 * about. The look is audited; undefined where nothing waits.
 */
export async function lookAtNextDoubt(
  looks: Looks,
  actor: Actor,
  { skip, isAsked }: { skip: number; isAsked: (pair: DoubtPair) => boolean },
): Promise<
  | { readonly ok: true; readonly next: DoubtPair | undefined; readonly waiting: number }
  | Refusal<'not-found'>
> {
  return looks.take(actor, 'doubt.decide', async (client) => {
    const counts = await countDoubts(client, 'production')
    const waiting = counts.reduce((sum, count) => sum + count.waiting, 0)
    const doubts = await listDoubts(client, {
      ...({ dataset: 'production', limit: LOOK_AHEAD } as const),
      skip: Math.min(skip, Math.max(0, waiting - 1)),
    })
    const next = doubts.flatMap(pairsOf).find((pair) => !isAsked(pair))
    return {
      ok: true,
      shown: { next, waiting },
      entry: { event: 'doubts.listed', subject: 'production', detail: { doubts: 1 } },
    }
  })
}

/** Each two of the first few people of a doubt. */
export function pairsOf({ sides }: ListedDoubt): readonly DoubtPair[] {
  const firsts = sides.slice(0, MOST_SIDES).flatMap(([first]) => first ?? [])
  return firsts.flatMap((left, index) =>
    firsts.slice(index + 1).map((right): DoubtPair => [left, right]),
  )
}

const MOST_SIDES = 3

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
