import { fork } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeDemonstrationAccounts } from '#demonstration/demonstration-accounts.ts'
import { argonPasswords } from '#server/identity/accounts/passwords.ts'
import { openDatabase } from '#server/platform/opening/open-database.ts'
import { migrate } from '#server/platform/db/migrate.ts'
import { openPool } from '#server/platform/db/pool.ts'
import type { Purpose } from '#core/purpose/purposes.ts'
import { LOOK_UP_REGISTER } from '#demonstration/look-up/look-up-register.ts'
import { PLACES } from '#demonstration/places.ts'
import { initKeys } from '#server/keys/keys.ts'
import { openPortalKey } from '#server/keys/portal-key.ts'
import type { PortalBuild } from '#server/portal/serving/build-portal.ts'
import { startPortal, type RunningPortal } from '#server/portal/serving/start-portal.ts'
import { initProgramme } from '#server/programme/setting-up/init-programme.ts'
import type { PostcodeRow } from '#server/programme/postcodes/postcode-areas.ts'
import { demandRegister } from '#server/programme/register/register.ts'

/**
 * A programme with its database, keys and worker, in a folder of its own, and as many portals of it
 * as are started.
 */
export interface Installation {
  readonly folder: string
  readonly dataDir: string
  readonly databaseUrl: string
  /** What worker and portals are given, but for the portals the place of the workers' keys. */
  readonly env: Readonly<Record<string, string>>
  /** Of all accounts of the demonstration. */
  readonly password: string
  startPortal(build: PortalBuild): Promise<RunningPortal>
  /** Stops everything and removes the folder. */
  close(): Promise<void>
}

/**
 * Makes a demonstration without files on free ports, of a look-up where that is said. `given` is given to worker and
 * portals besides the process's own.
 */
export async function openInstallation(
  given: Readonly<Record<string, string>> = {},
  purpose: Purpose = 'reach',
): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'countonce-e2e-'))
  // mkdtemp makes it private; as root, PostgreSQL's user must pass through.
  await chmod(folder, 0o711)
  const dataDir = join(folder, 'data')
  // Where no portal looks: it has to do without them.
  const env = { ...given, KEYS: join(folder, 'keys-of-workers') }
  const closers: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })]
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    const database = await openDatabase({ dataDir })
    closers.push(() => database.close())
    const password = await makeDemonstration(dataDir, env, database.url, purpose)
    const all = { ...process.env, ...env }
    closers.push(await startWorker(dataDir, all))
    return {
      folder,
      dataDir,
      databaseUrl: database.url,
      env,
      password,
      async startPortal(build) {
        const portal = await startPortal({
          databaseUrl: database.url,
          dataDir,
          env: all,
          port: 0,
          build,
        })
        closers.push(() => portal.stop())
        return portal
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function makeDemonstration(
  dataDir: string,
  env: Installation['env'],
  url: string,
  purpose: Purpose,
): Promise<string> {
  await migrate(url)
  const pool = openPool(url)
  try {
    const leap = join(import.meta.dirname, '../../../lib/server/programme/register/leap.json')
    const register =
      purpose === 'look-up' ? LOOK_UP_REGISTER : demandRegister(await readFile(leap, 'utf8'))
    const postcodes = purpose === 'look-up' ? [] : demonstrationPostcodes()
    await initProgramme(pool, 'test', register, postcodes)
    await initKeys({ dataDir, env, demonstration: true, purpose })
    const made = await makeDemonstrationAccounts({
      pool,
      portalKey: await openPortalKey({ dataDir }),
      passwords: argonPasswords(),
      programme: { live: false, purpose },
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

/** A worker beside the portal; answers how to stop it. */
async function startWorker(dataDir: string, env: NodeJS.ProcessEnv): Promise<() => Promise<void>> {
  const program = join(import.meta.dirname, '../../../lib/server/jobs/worker/worker.ts')
  const worker = fork(program, ['--data', dataDir], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env,
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
