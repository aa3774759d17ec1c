import { demandEncryption } from '#server/platform/db/encrypted-connection.ts'
import { listPending } from '#server/platform/db/migrate.ts'
import { runForRow } from '#server/platform/db/run.ts'
import type { Check } from '#server/portal/checklist/check.ts'
import { tryLogins } from '#server/store/logins.ts'
import type { Store } from '#server/store/store.ts'

const OLDEST = 15

/** Whether the database answers, and is young enough. */
export async function examineVersion({ pool }: Store): Promise<Check<'database'>> {
  const { version } = await runForRow(pool, 'tables/read-version', [])
  const isOld = Number.parseInt(version, 10) < OLDEST
  return { code: 'database', state: isOld ? 'missing' : 'met', found: `PostgreSQL ${version}` }
}

/** Whether what goes there is encrypted, or never leaves this machine. */
export async function examineEncryption({ pool }: Store): Promise<Check<'database-tls'>> {
  await demandEncryption(pool)
  return { code: 'database-tls', state: 'met', found: 'It is encrypted, or stays on this machine.' }
}

/** Whether the database has had every migration of this version, and none of another. */
export async function examineMigrations({ databaseUrl }: Store): Promise<Check<'migrations'>> {
  const pending = await listPending(databaseUrl)
  return pending.length === 0
    ? { code: 'migrations', state: 'met', found: 'It is that of this version.' }
    : {
        code: 'migrations',
        state: 'missing',
        found: `${pending.length} migrations are not applied.`,
      }
}

const PARTS = ['portal', 'worker', 'exact', 'audit', 'reader'] as const

/** Whether each part signs in as itself. */
export async function examineLogins(store: Store): Promise<Check<'logins'>> {
  const able = await tryLogins(store, PARTS)
  const unable = PARTS.filter((part) => !able.includes(part))
  return unable.length === 0
    ? { code: 'logins', state: 'met', found: 'Every part signs in as itself.' }
    : { code: 'logins', state: 'missing', found: `These do not sign in: ${unable.join(', ')}.` }
}

/** How far the clock of the database may be from ours, in milliseconds, and how far a code is lost. */
const [CLOSE, FAR] = [2_000, 20_000]

/** Whether the database and this machine agree about the time. */
export async function examineClock(
  { pool }: Pick<Store, 'pool'>,
  clock = Date.now,
): Promise<Check<'clock'>> {
  const before = clock()
  const { now } = await runForRow(pool, 'tables/read-clock', [])
  const apart = Math.abs(now.getTime() - (before + clock()) / 2)
  const found = `The database’s and this machine’s are ${(apart / 1000).toFixed(1)} seconds apart.`
  return { code: 'clock', state: apart > FAR ? 'missing' : apart > CLOSE ? 'weak' : 'met', found }
}
