import type pg from 'pg'
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
  readonly sides: readonly (readonly RecordPlace[])[]
}

/** How many doubts stand, by kind and code. */
export interface DoubtCount {
  readonly kind: ListedDoubt['kind']
  readonly code: string
  readonly count: number
}

/** Counts every doubt of a dataset. */
export async function countDoubts(
  on: Database | pg.ClientBase,
  dataset: Dataset,
): Promise<DoubtCount[]> {
  return run(on, 'decisions/count-doubts', [dataset])
}

/** Which doubts are listed: at most `limit` of one kind, after the first `skip`. */
export interface DoubtChoice {
  readonly dataset: Dataset
  readonly kind?: ListedDoubt['kind']
  readonly limit: number
  readonly skip?: number
}

/** Lists doubts; countDoubts says how many there are. */
export async function listDoubts(
  on: Database | pg.ClientBase,
  { dataset, kind, limit, skip = 0 }: DoubtChoice,
): Promise<ListedDoubt[]> {
  const rows = await run(on, 'decisions/list-doubts', [dataset, kind ?? null, limit, skip])
  const doubts = new Map<number, ListedDoubt & { sides: RecordPlace[][] }>()
  for (const { doubt, side, kind: ofKind, code, rule, ...place } of rows) {
    let listed = doubts.get(doubt)
    if (listed === undefined) {
      listed = { kind: ofKind, code, rule, sides: [] }
      doubts.set(doubt, listed)
    }
    const places = (listed.sides[side - 1] ??= [])
    places.push(withPlaceWords(place))
  }
  return [...doubts.values()]
}
