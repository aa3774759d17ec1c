import type pg from 'pg'
import { databaseFault } from './database-fault.ts'
import { isDatabase, poolOf, type Database } from './database.ts'
import { withTransaction } from './pool.ts'
import { queryText, type NamesInQuery } from './queries.ts'
import type { Queries } from './query-types.ts'

/** The name of a query of prisma/sql: its room and its file, `accounts/count-try`. */
export type QueryName = keyof Queries

/** What a query answers: its rows or, when it returns none, how many rows it wrote. */
export type Answer<Name extends QueryName> = Queries[Name]['row'] extends null
  ? number
  : Queries[Name]['row'][]

/**
 * Runs a named query of prisma/sql: in the caller's transaction, or in one of its own on a
 * database. Answers its rows, or how many it wrote when it returns none. `names` are put in for
 * {name} in the text. Errors come out as a `Fault` without values.
 */
export async function run<Name extends QueryName>(
  on: Database | pg.ClientBase,
  query: Name,
  parameters: Queries[Name]['parameters'],
  names?: NamesInQuery,
): Promise<Answer<Name>> {
  const text = queryText(query, names)
  const answered = await answerOf(on, text, parameters).catch((error: unknown) => {
    throw databaseFault(error)
  })
  // Of several statements in one file, the last answers.
  const result = Array.isArray(answered) ? answered.at(-1) : answered
  if (result === undefined) return 0 as Answer<Name>
  return (result.fields.length === 0 ? (result.rowCount ?? 0) : result.rows) as Answer<Name>
}

/** The one row of a query whose result is one row; throws when there is another number of them. */
export async function runForRow<Name extends QueryName>(
  on: Database | pg.ClientBase,
  query: Name,
  parameters: Queries[Name]['parameters'],
  names?: NamesInQuery,
): Promise<Exclude<Queries[Name]['row'], null>> {
  const rows = await run(on, query, parameters, names)
  if (!Array.isArray(rows) || rows.length !== 1) throw new Error(`${query} answers one row`)
  return rows[0] as Exclude<Queries[Name]['row'], null>
}

async function answerOf(
  on: Database | pg.ClientBase,
  text: string,
  parameters: readonly unknown[],
): Promise<pg.QueryResult | pg.QueryResult[]> {
  const values = [...parameters]
  if (!isDatabase(on)) return on.query(text, values)
  const { pool, settings } = poolOf(on)
  if (Object.keys(settings).length === 0) return pool.query(text, values)
  return withTransaction(on, (client) => client.query(text, values))
}
