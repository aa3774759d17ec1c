import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '#server/platform/opening/open-database.ts'
import { migrate } from '#server/platform/db/migrate.ts'
import { findProgram } from './debian-program.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run; its databases are made from the template. */
    serverUrl: string
    /** The program of ClamAV's daemon; empty when there is none, and how to install it was said. */
    scanner: string
  }
}

/** The migrated database that every test's own is copied from. */
export const TEMPLATE = 'countonce_template'

/**
 * One embedded PostgreSQL for the run, with the migrations applied once. Returns how to stop and
 * remove it.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  // What a reading process runs is made from the code beside it, which may have changed.
  execFileSync(process.execPath, [join(import.meta.dirname, '../../../bin/generate.mjs')])
  // It may have to be installed; meanwhile the database is made.
  const finding = findScanner()
  const folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  // mkdtemp makes it private; as root, PostgreSQL's user must pass through.
  await chmod(folder, 0o711)
  const database = await openDatabase({ dataDir: join(folder, 'data') })
  const tearDown = async (): Promise<void> => {
    await finding
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await makeTemplate(database.url)
  } catch (error) {
    await tearDown()
    throw error
  }
  project.provide('serverUrl', database.url)
  project.provide('scanner', await finding)
  return tearDown
}

/** Debian's package; its own definitions are not needed. */
function findScanner(): Promise<string> {
  return findProgram({
    ...{ packages: ['clamav-daemon'], name: 'ClamAV', setting: 'CLAMD' },
    tests: 'the tests of the virus scanner',
    places: ['/usr/sbin/clamd'],
  })
}

async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  // These databases are thrown away: nobody need wait for the disk. Tests that stop a server have their own.
  await client.query('alter system set fsync = off')
  await client.query('select pg_reload_conf()')
  await client.query(`create database ${TEMPLATE}`)
  await client.end()
  const template = new URL(url)
  template.pathname = `/${TEMPLATE}`
  await migrate(template.href)
}
