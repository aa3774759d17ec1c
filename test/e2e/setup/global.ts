import { fork } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { makeDemonstrationAccounts } from '#server/accounts/demonstration-accounts.ts'
import { argonPasswords } from '#server/accounts/passwords.ts'
import { openDatabase } from '#server/db/embedded.ts'
import { migrate } from '#server/db/migrate.ts'
import { openPool } from '#server/db/pool.ts'
import { PLACES } from '#server/demonstration/places.ts'
import { writeDemonstration } from '#server/demonstration/write-demonstration.ts'
import { initKeys } from '#server/keys/keys.ts'
import { openPortalKey } from '#server/keys/portal-key.ts'
import { startPortal } from '#server/portal/start-portal.ts'
import { initProgramme } from '#server/programme/init-programme.ts'
import type { PostcodeRow } from '#server/programme/postcode-areas.ts'
import { parseRegister } from '#server/programme/register.ts'
import { findBrowser } from './browser-program.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The portal of this run: what the browser opens, and the owner's address of its database. */
    portal: {
      readonly origin: string
      readonly databaseUrl: string
      readonly dataDir: string
      readonly password: string
      /** The files that the demonstration leaves to a visitor, by service. */
      readonly files: Readonly<Record<string, string>>
    }
    /** The browser's program; empty when there is none, and how to install it was said. */
    browser: string
  }
}

/** A portal of a demonstration on free ports, with a database of its own; stopped and removed at the end. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const browser = await findBrowser()
  project.provide('browser', browser)
  const folder = await mkdtemp(join(tmpdir(), 'countonce-e2e-'))
  // mkdtemp makes it private; as root, PostgreSQL's user must pass through.
  await chmod(folder, 0o711)
  const dataDir = join(folder, 'data')
  const closers: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })]
  const tearDown = async (): Promise<void> => {
    for (const close of closers.reverse()) await close()
  }
  try {
    const database = await openDatabase({ dataDir })
    closers.push(() => database.close())
    const password = await makeDemonstration(dataDir, database.url)
    const files = await writeLeftOver(folder)
    closers.push(await startWorker(dataDir))
    const portal = await startPortal({
      databaseUrl: database.url,
      dataDir,
      env: process.env,
      port: 0,
    })
    closers.push(() => portal.stop())
    project.provide('portal', {
      origin: portal.origin,
      databaseUrl: database.url,
      dataDir,
      password,
      files,
    })
  } catch (error) {
    await tearDown()
    throw error
  }
  return tearDown
}

async function makeDemonstration(dataDir: string, url: string): Promise<string> {
  await migrate(url)
  const pool = openPool(url)
  try {
    const register = join(import.meta.dirname, '../../../lib/server/programme/leap.json')
    await initProgramme(
      pool,
      'test',
      parseRegister(await readFile(register, 'utf8')),
      demonstrationPostcodes(),
    )
    await initKeys({ dataDir, demonstration: true })
    const made = await makeDemonstrationAccounts({
      pool,
      portalKey: await openPortalKey({ dataDir }),
      passwords: argonPasswords(),
      programme: { live: false },
      keys: { demonstration: true },
    })
    if (!made.ok) throw new Error(made.code)
    return made.accounts[0]?.password ?? ''
  } finally {
    await pool.end()
  }
}

/** Where the demonstration's people live: without a ward nobody is placed. */
function demonstrationPostcodes(): PostcodeRow[] {
  return PLACES.map(({ postcode, ward, imdDecile, inArea }) => ({
    postcode,
    ward,
    imdDecile,
    inArea: inArea ? ('yes' as const) : ('no' as const),
  }))
}

async function writeLeftOver(folder: string): Promise<Record<string, string>> {
  const written = join(folder, 'files')
  const { manifest } = await writeDemonstration(written, { seed: 1, people: 700 })
  return Object.fromEntries(
    manifest.leftOver.map(({ service, file }) => [service, join(written, file)]),
  )
}

/** A worker beside the portal; answers how to stop it. */
async function startWorker(dataDir: string): Promise<() => Promise<void>> {
  const program = join(import.meta.dirname, '../../../lib/server/jobs/worker.ts')
  const worker = fork(program, ['--data', dataDir], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = new Promise<void>((resolve) =>
    worker.once('exit', () => {
      resolve()
    }),
  )
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => {
      resolve()
    })
    worker.once('exit', () => {
      reject(new Error('the worker ended'))
    })
  })
  return () => {
    worker.kill('SIGTERM')
    return ended
  }
}
