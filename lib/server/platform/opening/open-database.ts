import { Fault } from '#server/platform/faults/fault.ts'
import type { OpenDatabase, OpenDatabaseOptions } from '#standalone/postgres/embedded.ts'

/**
 * Opens the database of a data folder: the server DATABASE_URL names, else the embedded PostgreSQL,
 * whose room is loaded for that alone. Throws a `Fault` whose code begins with `database-`.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenDatabase> {
  const given = options.env?.['DATABASE_URL'] ?? ''
  if (given !== '') return { url: given, close: () => Promise.resolve() }
  const { openEmbedded } = await import('#standalone/postgres/embedded.ts')
  return openEmbedded(options)
}

/** What `--embedded` sets: a live programme is taken to the embedded database knowingly. */
const KNOWINGLY = 'COUNTONCE_EMBEDDED'

/** Takes a live programme to the embedded database, in this process and those that it starts. */
export function allowEmbedded(env: Record<string, string | undefined>): void {
  env[KNOWINGLY] = '1'
}

/**
 * Throws `database-embedded` where a live programme has the embedded database and nobody said that
 * this is meant.
 */
export function refuseEmbedded(env: Readonly<Record<string, string | undefined>>): void {
  const named = ['DATABASE_URL', 'WORKER_DATABASE_URL'].some((name) => (env[name] ?? '') !== '')
  if (!named && env[KNOWINGLY] !== '1') throw new Fault('database-embedded')
}
