import type pg from 'pg'
import { likelySame } from '#core/linkage/doubt-weights.ts'
import type { RuleName } from '#core/linkage/part.ts'
import { placeOf, placeWords } from '#core/preparation/row-places.ts'
import type { ReadingReceipt } from '#core/tabular/table.ts'
import type { Database } from '#server/platform/db/database.ts'
import { run } from '#server/platform/db/run.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'

/** A record by its place in its own file: what a provider can look up, and nobody else. */
export interface RecordPlace {
  readonly submission: string
  readonly service: string
  readonly quarter: string
  readonly row: number
  /** The same as its spreadsheet counts: “7”, “7 of sheet May”, “7, child 2”. */
  readonly place: string
  readonly role: string
  /** Of the beneficiary that it is of now. */
  readonly reference: string
}

/** A record's place with the words of it, from what its submission's receipt tells. */
export function withPlaceWords<Found extends { readonly row: number }>({
  receipt,
  ...found
}: Found & { readonly receipt: unknown }): Omit<Found, 'receipt'> & { readonly place: string } {
  return { ...found, place: placeWords(placeOf(placingOf(receipt), found.row)) }
}

/** What of a submission's receipt tells where its rows stand. */
export function placingOf(receipt: unknown): Parameters<typeof placeOf>[0] {
  // Receipts are what we wrote ourselves; a file that was never read here has none.
  const { headerRow, places } = (receipt ?? {}) as Partial<
    Pick<ReadingReceipt, 'headerRow' | 'places'>
  >
  return { headerRow: headerRow ?? 1, ...(places == null ? {} : { places }) }
}

/** A conflict or near match: its sides may be different people, or one. */
export interface ListedDoubt {
  readonly kind: 'conflict' | 'near-match'
  readonly code: string
  readonly rule: string | null
  /** By how many people the programme's figure falls if its sides are one person. */
  readonly people: number
  /** In how many figures of a quarter its sides are counted apart. */
  readonly quarters: number
  /** The last answer, where that settled nothing. */
  readonly putOff: 'later' | 'ask' | null
  /** The first row of each side is one that a decision can be kept about, if any is. */
  readonly sides: readonly (readonly RecordPlace[])[]
}

/** How many doubts stand, by kind and code, and how many of them wait for a reviewer. */
export interface DoubtCount {
  readonly kind: ListedDoubt['kind']
  readonly code: string
  readonly count: number
  readonly waiting: number
}

/** Days after which what was put off for later comes up again. */
const LATER_DAYS = 28

const DAY = 86_400_000

/** Counts every doubt of a dataset. */
export async function countDoubts(
  on: Database | pg.ClientBase,
  dataset: Dataset,
): Promise<DoubtCount[]> {
  const counts = new Map<string, DoubtCount>()
  for (const { kind, code, count, waiting } of await countByRule(on, dataset)) {
    const known = counts.get(`${kind} ${code}`) ?? { kind, code, count: 0, waiting: 0 }
    counts.set(`${kind} ${code}`, {
      ...known,
      count: known.count + count,
      waiting: known.waiting + waiting,
    })
  }
  return [...counts.values()]
}

type CountByRule = DoubtCount & { readonly rule: string | null }

async function countByRule(
  on: Database | pg.ClientBase,
  dataset: Dataset,
): Promise<readonly CountByRule[]> {
  const rows = await run(on, 'decisions/count-doubts', [dataset, comesUpAgain()])
  return rows.map(({ kind, ...row }) => ({ ...row, kind: kind }))
}

/** Which doubts are listed: at most `limit` of one kind, after the first `skip`. */
export interface DoubtChoice {
  readonly dataset: Dataset
  readonly kind?: ListedDoubt['kind']
  /** Those that wait for a reviewer, or those that were put off. */
  readonly state?: 'waiting' | 'put-off'
  readonly limit: number
  readonly skip?: number
}

/**
 * Lists doubts, those first of which an answer is expected to change figures most; countDoubts says
 * how many there are.
 */
export async function listDoubts(
  on: Database | pg.ClientBase,
  { dataset, kind, state = 'waiting', limit, skip = 0 }: DoubtChoice,
): Promise<ListedDoubt[]> {
  const answered = new Map(
    (await run(on, 'decisions/count-answered', [dataset])).map((row) => [row.code, row]),
  )
  const kinds = await countByRule(on, dataset)
  const rows = await run(on, 'decisions/list-doubts', [
    ...([dataset, kind ?? null, state === 'waiting', comesUpAgain()] as const),
    kinds.map(({ code }) => code),
    kinds.map(({ rule }) => rule ?? ''),
    kinds.map(({ code, rule }) => likelySame(code, rule as RuleName | null, answered.get(code))),
    ...([limit, skip] as const),
  ])
  const doubts = new Map<number, ListedDoubt & { sides: RecordPlace[][] }>()
  for (const { doubt, side, kind: ofKind, code, rule, ...row } of rows) {
    const { people, quarters, put_off: putOff, ...place } = row
    let listed = doubts.get(doubt)
    if (listed === undefined) {
      listed = { kind: ofKind, code, rule, people, quarters, putOff, sides: [] }
      doubts.set(doubt, listed)
    }
    const places = (listed.sides[side - 1] ??= [])
    places.push(withPlaceWords(place))
  }
  return [...doubts.values()]
}

function comesUpAgain(): Date {
  return new Date(Date.now() - LATER_DAYS * DAY)
}
