import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { Fault } from '#server/platform/faults/fault.ts'
import { projectFolder } from '#server/platform/machine/project-folder.ts'
import { databaseFault } from './database-fault.ts'
import { run, runForRow } from './run.ts'

/** The lock that `prisma migrate` takes: whichever of us comes second waits. */
const PRISMA_LOCK = 72_707_369

/** SQLSTATE of what somebody may not do. */
const INSUFFICIENT_PRIVILEGE = '42501'

/** How a migration begins that takes away what the version before needs. */
const CONTRACTS = /^-- Contracts: \S/

interface Migration {
  readonly name: string
  readonly sql: string
  /** SHA-256 of the file, hex: Prisma's checksum. */
  readonly checksum: string
}

/** Which migrations are meant. */
export interface MigrationsMeant {
  /** Where they are; prisma/migrations when nothing else is said. */
  readonly folder?: string
  /** The last of them; all when nothing else is said. */
  readonly until?: string | undefined
  /**
   * Whether the database may be ahead of this version: it has had every migration of this one, and what it
   * had besides says that it only expands (docs/decisions/expand-and-contract.md).
   */
  readonly mayBeAhead?: boolean
}

/**
 * Brings the database at `url` to the structure of the migrations: each in a transaction of its
 * own, in the order of their names. Returns the names of those it applied. Throws
 * `migration-changed`, `migration-unknown` (applied and not in the folder), `owner-may-not` or
 * `migration-failed`, and has changed nothing further by then.
 */
export async function migrate(
  url: string,
  {
    folder = join(projectFolder('prisma'), 'migrations'),
    until,
    mayBeAhead = false,
  }: MigrationsMeant = {},
): Promise<string[]> {
  const migrations = await readMigrations(folder)
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(`set client_min_messages = warning`)
    await run(client, 'migrations/take-lock', [PRISMA_LOCK])
    await run(client, 'migrations/create-table', [])
    const { unknown, pending: lacking } = await compare(client, migrations)
    const isAhead = mayBeAhead && lacking.length === 0
    refuseUnknown(isAhead ? unknown.filter(({ expands }) => !expands) : unknown)
    const pending = lacking.filter(({ name }) => until === undefined || name <= until)
    for (const migration of pending) await apply(client, migration)
    return pending.map(({ name }) => name)
  } catch (error) {
    throw databaseFault(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * The names of the migrations in `folder` that the database at `url` has not had yet; nothing is
 * changed. Throws `migration-changed`, `migration-unknown` and `migration-failed` as `migrate` does.
 */
export async function listPending(
  url: string,
  folder = join(projectFolder('prisma'), 'migrations'),
): Promise<string[]> {
  const migrations = await readMigrations(folder)
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { hasTable } = await runForRow(client, 'migrations/has-table', [])
    if (!hasTable) return migrations.map(({ name }) => name)
    const { unknown, pending } = await compare(client, migrations)
    refuseUnknown(unknown)
    return pending.map(({ name }) => name)
  } catch (error) {
    throw databaseFault(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  // A folder without its file is one that somebody has just begun.
  const names = entries
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
    .map(({ name }) => name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/** What the database had and the folder has not, and what it is still to have. */
async function compare(
  client: pg.Client,
  migrations: readonly Migration[],
): Promise<{ readonly unknown: readonly Applied[]; readonly pending: readonly Migration[] }> {
  const inFolder = new Map(migrations.map((migration) => [migration.name, migration]))
  const unknown: Applied[] = []
  for (const applied of await run(client, 'migrations/list-applied', [])) {
    const { name, checksum, finished } = applied
    if (!finished) throw new Fault('migration-failed', { migration: name, by: 'prisma' })
    const file = inFolder.get(name)
    if (file === undefined) unknown.push(applied)
    else if (file.checksum !== checksum) throw new Fault('migration-changed', { migration: name })
    inFolder.delete(name)
  }
  return { unknown, pending: [...inFolder.values()] }
}

/** A migration that the database had, and whether it only expands. */
interface Applied {
  readonly name: string
  readonly expands: boolean
}

function refuseUnknown([first]: readonly Applied[]): void {
  if (first !== undefined) throw new Fault('migration-unknown', { migration: first.name })
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(sql)
    await run(client, 'migrations/record', [randomUUID(), checksum, name, !CONTRACTS.test(sql)])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    const fault = databaseFault(error)
    if (fault.detail['state'] === INSUFFICIENT_PRIVILEGE)
      throw new Fault('owner-may-not', { migration: name })
    // What failed is our own SQL on our own structure: its state and names say enough to fix it.
    throw new Fault('migration-failed', { ...fault.detail, migration: name })
  }
}
