import { readFile } from 'node:fs/promises'
import type pg from 'pg'

/** Numbers that are put in for {name} in the text of a statement of a benchmark. */
type Numbers = Readonly<Record<string, number>>

/** The text of bench/sql/NAME.sql, with numbers put in. */
export async function benchSql(name: string, numbers: Numbers = {}): Promise<string> {
  const text = await readFile(new URL(`sql/${name}.sql`, import.meta.url), 'utf8')
  return text.trim().replace(/\{([a-z]+)\}/g, (whole, given: string) => {
    return given in numbers ? String(numbers[given]) : whole
  })
}

/** Runs the statements of bench/sql/NAME.sql and answers the rows of the last. */
export async function runSql<Row extends pg.QueryResultRow>(
  on: pg.Pool | pg.ClientBase,
  name: string,
  numbers: Numbers = {},
): Promise<Row[]> {
  const text = await benchSql(name, numbers)
  const answered: unknown = await (on as pg.Pool).query<Row>(text)
  const last: unknown = Array.isArray(answered) ? answered.at(-1) : answered
  return (last as pg.QueryResult<Row>).rows
}
