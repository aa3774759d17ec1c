import type pg from 'pg'
import type { Quarter } from '#core/standard/quarter.ts'
import {
  compareLists,
  type Grouping,
  type ReachCell,
  type UniqueFigures,
} from '#core/reach/measure.ts'
import type { Database } from '#server/platform/db/database.ts'
import { run } from '#server/platform/db/run.ts'
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

/**
 * Counts who was reached in a period, exactly: for those with the right to see it. The whole and
 * its cells are of one linkage state; cells come by the values of the grouping.
 */
export async function measureReach(
  client: Database | pg.ClientBase,
  { dataset, from, to }: ReachPeriod,
  grouping: readonly Grouping[],
): Promise<ExactReach> {
  const by = (name: Grouping): boolean => grouping.includes(name)
  const rows = await run(client, 'reach/reach-cells', [
    ...([dataset, from, to] as const),
    ...([by('service'), by('strand'), by('ward'), by('quarter'), by('role')] as const),
  ])
  const whole = rows.find((row) => row.is_whole)
  const cells = grouping.length === 0 ? [] : rows.filter((row) => !row.is_whole)
  return {
    unique: whole === undefined ? NOBODY : figuresOf(whole),
    cells: cells
      .map((row) => ({ by: grouping.map((name) => row[name]), ...figuresOf(row) }))
      .sort((a, b) => compareLists(a.by, b.by)),
  }
}

function figuresOf({
  children,
  adults,
  families,
  people,
  lower,
  upper,
}: UniqueFigures): UniqueFigures {
  return { children, adults, families, people, lower, upper }
}
