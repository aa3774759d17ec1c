import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { TEMPLATE } from './global.ts'

/** A database of a test's own, migrated and empty. */
export interface TestDatabase {
  readonly url: string
  drop(): Promise<void>
}

/**
 * Makes a database from the run's template; drop it in `afterAll`. `empty` leaves out the
 * migrations; `copyOf` copies one that nobody is connected to.
 */
export async function createTestDatabase(
  options: { readonly empty?: boolean; readonly copyOf?: TestDatabase } = {},
): Promise<TestDatabase> {
  const server = inject('serverUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  const prepared = options.copyOf === undefined ? TEMPLATE : nameOf(options.copyOf)
  const template = options.empty === true ? 'template1' : prepared
  // As files, not through the log: faster for a small database.
  await onServer(server, `create database ${name} template ${template} strategy file_copy`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: () => onServer(server, `drop database if exists ${name} with (force)`),
  }
}

function nameOf({ url }: TestDatabase): string {
  return new URL(url).pathname.slice(1)
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
