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
