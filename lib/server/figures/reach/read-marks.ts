import type pg from 'pg'
import type { Role } from '#core/standard/roles.ts'
import { measureMarks, overlapMarks } from '#core/reach/marks.ts'
import type { Grouping } from '#core/reach/measure.ts'
import type { OverlapPair } from '#core/reach/overlap.ts'
import type { Database } from '#server/platform/db/database.ts'
import { run, type Answer } from '#server/platform/db/run.ts'
import type { ExactReach, ReachPeriod } from './measure-reach.ts'

type Row = Answer<'reach/read-marks'>[number]
/** One file, ward and role that reached anybody: all of it is there. */
type MarkRow = { readonly [Column in keyof Row]: NonNullable<Row[Column]> } & {
  readonly role: Role
}

/**
 * Counts from the marks of production what `measureReach` counts; undefined where the links have
 * none yet.
 */
export async function measureMarked(
  client: Database | pg.ClientBase,
  period: Omit<ReachPeriod, 'dataset'>,
  grouping: readonly Grouping[],
): Promise<ExactReach | undefined> {
  const rows = await readMarks(client, period)
  return (
    rows &&
    measureMarks(
      rows.map((row) => ({
        by: grouping.map((name) => row[name]),
        role: row.role,
        marks: row,
      })),
    )
  )
}

/** The same for `countOverlap`. */
export async function overlapMarked(
  client: Database | pg.ClientBase,
  period: Omit<ReachPeriod, 'dataset'>,
): Promise<OverlapPair[] | undefined> {
  const rows = await readMarks(client, period)
  return rows && overlapMarks(rows)
}

async function readMarks(
  client: Database | pg.ClientBase,
  { from, to }: Omit<ReachPeriod, 'dataset'>,
): Promise<MarkRow[] | undefined> {
  const rows = await run(client, 'reach/read-marks', ['production', from, to])
  return rows.length === 0 ? undefined : rows.filter((row): row is MarkRow => row.role !== null)
}
