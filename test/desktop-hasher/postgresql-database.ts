/** A PostgreSQL of the tests' own with the install script run in it. */
import { mkdtemp, rm, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openDatabase } from '#server/platform/opening/open-database.ts'
import { postgresqlScript } from '../../desktop-hasher/sql-scripts/postgresql-script.ts'

export interface InstalledDatabase {
  readonly client: pg.Client
  close(): Promise<void>
}

/**
 * Starts the embedded server, makes a database and installs the functions as a person would: by
 * running the one script.
 */
export async function installInPostgresql(): Promise<InstalledDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  // mkdtemp makes it private; as root, PostgreSQL's user must pass through.
  await chmod(folder, 0o711)
  const database = await openDatabase({ dataDir: join(folder, 'data') })
  const client = new pg.Client(database.url)
  const close = async (): Promise<void> => {
    await client.end()
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
  await client.connect()
  try {
    await client.query(postgresqlScript())
  } catch (error) {
    await close()
    throw error
  }
  return { client, close }
}
