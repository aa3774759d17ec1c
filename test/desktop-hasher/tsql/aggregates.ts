/** The aggregates that the install script uses: "Aggregate functions (Transact-SQL)". */
import type { Expression } from './scope.ts'
import { add, compare, INT, isText, make, number, type SqlValue } from './sql-values.ts'

const NOTHING = make(INT, null)

export type Aggregate = (values: readonly SqlValue[]) => SqlValue

export const AGGREGATES: Readonly<Record<string, Aggregate>> = {
  count: (values) => number(values.length),
  sum: (values) =>
    values.length === 0 ? NOTHING : values.reduce((sum, value) => add(sum, value), number(0)),
  min: (values) => extreme(values, -1),
  max: (values) => extreme(values, 1),
}

function extreme(values: readonly SqlValue[], sign: number): SqlValue {
  const [first, ...rest] = values.map((value) =>
    isText(value) ? make(value.type, value.data, true) : value,
  )
  if (first === undefined) return NOTHING
  return rest.reduce(
    (best, value) => ((compare(value, best) ?? 0) * sign > 0 ? value : best),
    first,
  )
}

/** Over the rows of a group: nulls are left out, but by count(*). */
export function aggregated(
  act: Aggregate,
  [value]: readonly Expression[],
  isWildcard: boolean,
  isDistinct: boolean,
): Expression {
  return (frame) => {
    const rows = frame.group ?? []
    if (isWildcard || value === undefined) return number(rows.length)
    const values = rows.map((row) => value({ ...frame, row })).filter(({ data }) => data !== null)
    if (!isDistinct) return act(values)
    return act([...new Map(values.map((one) => [one.data, one])).values()])
  }
}
