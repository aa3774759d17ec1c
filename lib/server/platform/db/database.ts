import pg from 'pg'

/**
 * What the first statement of each transaction sets, by the name of the setting: `role`,
 * `countonce.reach` …
 */
export type Settings = Readonly<Record<string, string>>

/**
 * A pool of connections as somebody reaches it: every transaction begun on it sets first who that
 * is. The settings end with the transaction, so that no connection carries one person into
 * another's request.
 */
export class BoundDatabase {
  readonly pool: pg.Pool
  readonly settings: Settings

  constructor(pool: pg.Pool, settings: Settings) {
    this.pool = pool
    this.settings = settings
  }
}

/** Where transactions begin: a pool as it connects, or as somebody reaches it. */
export type Database = pg.Pool | BoundDatabase

/** The same database with settings beside those that it has. */
export function bindDatabase(database: Database, settings: Settings): BoundDatabase {
  return database instanceof BoundDatabase
    ? new BoundDatabase(database.pool, { ...database.settings, ...settings })
    : new BoundDatabase(database, settings)
}

/** The pool under a database, and what its transactions set first. */
export function poolOf(database: Database): {
  readonly pool: pg.Pool
  readonly settings: Settings
} {
  return database instanceof BoundDatabase ? database : { pool: database, settings: {} }
}

/** Whether this is a place where transactions begin, rather than a connection within one. */
export function isDatabase(on: Database | pg.ClientBase): on is Database {
  return on instanceof BoundDatabase || on instanceof pg.Pool
}
