import type pg from 'pg'
import type { Quarter } from '#core/dataset/quarter.ts'
import type { Grouping, ReachCell, UniqueFigures } from '#core/reach/measure.ts'
import { databaseFault } from '#server/db/database-fault.ts'
import { namedQuery } from '#server/db/queries.ts'
import type { Dataset } from '#server/submissions/dataset.ts'

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

type Row = UniqueFigures & Readonly<Record<Grouping, string | null>>

/** Counts who was reached in a period, exactly: for those with the right to see it. */
export async function measureReach(
  pool: pg.Pool,
  period: ReachPeriod,
  grouping: readonly Grouping[],
): Promise<ExactReach> {
  const [whole] = await readCells(pool, period, [])
  const cells = grouping.length === 0 ? [] : await readCells(pool, period, grouping)
  return {
    unique: whole === undefined ? NOBODY : figuresOf(whole),
    cells: cells.map((row) => cellOf(row, grouping)),
  }
}

async function readCells(
  pool: pg.Pool,
  { dataset, from, to }: ReachPeriod,
  grouping: readonly Grouping[],
): Promise<Row[]> {
  try {
    const { rows } = await pool.query<Row>(namedQuery('reach', 'reach-cells'), [
      dataset,
      from,
      to,
      ...QUERY_ORDER.map((name) => grouping.includes(name)),
    ])
    return rows
  } catch (error) {
    throw databaseFault(error)
  }
}

function figuresOf({ children, adults, families, people, lower, upper }: Row): UniqueFigures {
  return { children, adults, families, people, lower, upper }
}

function cellOf(row: Row, grouping: readonly Grouping[]): ReachCell {
  return { by: grouping.map((name) => row[name] ?? ''), ...figuresOf(row) }
}
