import type pg from 'pg'
import type { Database } from '#server/platform/db/database.ts'
import { run } from '#server/platform/db/run.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'

/** A record by its place in its own file: what a provider can look up, and nobody else. */
export interface RecordPlace {
  readonly submission: string
  readonly service: string
  readonly quarter: string
  readonly row: number
  readonly role: string
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
  return run(on, 'linkage/count-doubts', [dataset])
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
  const rows = await run(on, 'linkage/list-doubts', [dataset, kind ?? null, limit, skip])
  const doubts = new Map<number, ListedDoubt & { sides: RecordPlace[][] }>()
  for (const { doubt, side, kind: ofKind, code, rule, ...place } of rows) {
    let listed = doubts.get(doubt)
    if (listed === undefined) {
      listed = { kind: ofKind, code, rule, sides: [] }
      doubts.set(doubt, listed)
    }
    const places = (listed.sides[side - 1] ??= [])
    places.push(place)
  }
  return [...doubts.values()]
}
