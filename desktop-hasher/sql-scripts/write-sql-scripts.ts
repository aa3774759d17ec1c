/** The install scripts for databases, as files. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { postgresqlScript } from './postgresql-script.ts'
import { sqlServerScript } from './sql-server-script.ts'

/** What a script is called, and the text of it. */
const SCRIPTS = {
  postgresql: { name: 'count-once-hasher.postgresql.sql', text: postgresqlScript },
  sqlserver: { name: 'count-once-hasher.sqlserver.sql', text: sqlServerScript },
} as const

export type SqlDialect = keyof typeof SCRIPTS

/** Every database that there is a script for. */
export const SQL_DIALECTS = Object.keys(SCRIPTS) as readonly SqlDialect[]

/** Writes the script for a database into a folder; answers its path. */
export async function writeSqlScript(dialect: SqlDialect, folder: string): Promise<string> {
  const { name, text } = SCRIPTS[dialect]
  const path = join(folder, name)
  await writeFile(path, text())
  return path
}
