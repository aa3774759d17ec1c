import type pg from 'pg'

/** Everything that administrators change of a register, and what was said of it. */
const TABLES = [
  ...['programme', 'provider', 'strand', 'ward', 'service', 'list_value', 'reporting_quarter'],
  ...['extension', 'register_version', 'postcode_area'],
]

/** Keeps a register as it is; answers how to put it back, after a test that changed it. */
export async function keepRegister(owner: pg.Pool): Promise<() => Promise<void>> {
  await owner.query('create schema kept')
  for (const table of TABLES) await owner.query(`create table kept.${table} as table ${table}`)
  return async () => {
    await owner.query(
      // What refers to an entry that goes, goes with the next test that needs it.
      `begin; set local session_replication_role = replica;
       ${TABLES.map((table) => `delete from ${table}; insert into ${table} overriding system value table kept.${table};`).join('\n')}
       commit`,
    )
  }
}
