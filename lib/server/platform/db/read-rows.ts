import type pg from 'pg'
import { databaseFault } from './database-fault.ts'

/** The rows of one statement outside a transaction; what fails comes out as a `Fault` without values. */
export async function readRows<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  try {
    return (await pool.query<Row>(statement, values)).rows
  } catch (error) {
    throw databaseFault(error)
  }
}
