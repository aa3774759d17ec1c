import type pg from 'pg'
import type { Quarter } from '#core/standard/quarter.ts'
import {
  compareLists,
  type Grouping,
  type ReachCell,
  type UniqueFigures,
} from '#core/reach/measure.ts'
import { databaseFault } from '#server/platform/db/database-fault.ts'
import { namedQuery } from '#server/platform/db/queries.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'

/** Which people are counted: those reached from one quarter to another, both included. */
export interface ReachPeriod {
  readonly dataset: Dataset
  readonly from: Quarter
  readonly to: Quarter
}

/** Exact figures of a period: whole, and by the grouping asked for. */
export interface ExactReach {
  readonly unique: UniqueFigures
  readonly cells: readonly ReachCell[]
}

const NOBODY: UniqueFigures = { children: 0, adults: 0, families: 0, people: 0, lower: 0, upper: 0 }

/** Groupings in the order of the query's parameters. */
const QUERY_ORDER = [
  'service',
  'strand',
  'ward',
  'quarter',
  'role',
] as const satisfies readonly Grouping[]

type Row = UniqueFigures & Readonly<Record<Grouping, string>> & { readonly is_whole: boolean }

/**
 * Counts who was reached in a period, exactly: for those with the right to see it. The whole and its cells are of one
 * linkage state; cells come by the values of the grouping.
 */
export async function measureReach(
  client: pg.Pool | pg.ClientBase,
  { dataset, from, to }: ReachPeriod,
  grouping: readonly Grouping[],
): Promise<ExactReach> {
  const { rows } = await client
    .query<Row>(namedQuery('reach', 'reach-cells'), [
      dataset,
      from,
      to,
      ...QUERY_ORDER.map((name) => grouping.includes(name)),
    ])
    .catch((error: unknown) => {
      throw databaseFault(error)
    })
  const whole = rows.find((row) => row.is_whole)
  const cells = grouping.length === 0 ? [] : rows.filter((row) => !row.is_whole)
  return {
    unique: whole === undefined ? NOBODY : figuresOf(whole),
    cells: cells
      .map((row) => ({ by: grouping.map((name) => row[name]), ...figuresOf(row) }))
      .sort((a, b) => compareLists(a.by, b.by)),
  }
}

function figuresOf({ children, adults, families, people, lower, upper }: Row): UniqueFigures {
  return { children, adults, families, people, lower, upper }
}
