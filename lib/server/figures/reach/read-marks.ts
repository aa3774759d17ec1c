import type pg from 'pg'
import type { Role } from '#core/standard/roles.ts'
import { measureMarks, overlapMarks, type ReachMarks } from '#core/reach/marks.ts'
import type { Grouping } from '#core/reach/measure.ts'
import type { OverlapPair } from '#core/reach/overlap.ts'
import { namedQuery } from '#server/platform/db/queries.ts'
import type { ExactReach, ReachPeriod } from './measure-reach.ts'

type MarkRow = ReachMarks &
  Readonly<Record<Exclude<Grouping, 'role'>, string>> & { readonly role: Role }

/** Counts from the marks of production what `measureReach` counts; undefined where the links have none yet. */
export async function measureMarked(
  client: pg.Pool | pg.ClientBase,
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
  client: pg.Pool | pg.ClientBase,
  period: Omit<ReachPeriod, 'dataset'>,
): Promise<OverlapPair[] | undefined> {
  const rows = await readMarks(client, period)
  return rows && overlapMarks(rows)
}

async function readMarks(
  client: pg.Pool | pg.ClientBase,
  { from, to }: Omit<ReachPeriod, 'dataset'>,
): Promise<MarkRow[] | undefined> {
  const { rows } = await client.query<MarkRow | { role: null }>(namedQuery('reach', 'read-marks'), [
    'production',
    from,
    to,
  ])
  return rows.length === 0 ? undefined : rows.filter((row) => row.role !== null)
}
