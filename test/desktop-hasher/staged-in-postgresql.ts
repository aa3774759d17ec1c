/** The view that a database's owner makes, as a table of the tests'. */
import type pg from 'pg'
import { CARER_FIELDS, FIELDS, type StagedRow } from './staged-rows.ts'

const TYPES: Readonly<Record<string, string>> = {
  source_row: 'int',
  left_out: 'boolean',
  contacts: 'int',
  referral_date: 'date',
  start_date: 'date',
  end_date: 'date',
  last_contact_date: 'date',
}

/** Makes count_once.staging of rows, as a table; what a row lacks is null. */
export async function stageInPostgresql(
  client: pg.Client,
  rows: readonly StagedRow[],
): Promise<void> {
  const columns = ['source_row', 'left_out', ...FIELDS, ...CARER_FIELDS]
  await client.query('drop table if exists count_once.staging')
  await client.query(
    `create table count_once.staging (${columns.map((name) => `${name} ${TYPES[name] ?? 'text'}`).join(', ')})`,
  )
  const numbered = rows.map((row, index): Record<string, unknown> => ({
    source_row: index + 1,
    left_out: false,
    ...row,
  }))
  const blanked = numbered.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, value === '' ? null : value]),
    ),
  )
  await client.query(
    `insert into count_once.staging select * from jsonb_populate_recordset(null::count_once.staging, $1)`,
    [JSON.stringify(blanked)],
  )
}
