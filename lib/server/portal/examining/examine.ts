import { join } from 'node:path'
import type { CheckCode } from '#core/messages/operating/check-words.ts'
import { openKeys, type Keys } from '#server/keys/keys.ts'
import { faultOf } from '#server/platform/db/database-fault.ts'
import { refuseEmbedded } from '#server/platform/opening/open-database.ts'
import type { Check } from '#server/portal/checklist/check.ts'
import { examineProgramme } from '#server/portal/checklist/read-checklist.ts'
import { readProgramme, type Programme } from '#server/programme/register/read-programme.ts'
import { openStandingStore, type Store, type StorePlace } from '#server/store/store.ts'
import {
  examineClock,
  examineEncryption,
  examineLogins,
  examineMigrations,
  examineVersion,
} from './examine-database.ts'
import {
  examineDisk,
  examineMail,
  examineOrigin,
  examineStorage,
  examineVersions,
} from './examine-machine.ts'

/**
 * Looks at an installation as its operator: what each part needs, and for a live programme what must be
 * so before the first real file. Nothing is changed, but for a file of random bytes that is written to
 * the storage and erased. What fails is what is missing, by its code.
 */
export async function examine(place: StorePlace): Promise<readonly Check[]> {
  const { dataDir, env } = place
  const ofMachine = [
    await attempt('settings', () => examineOrigin(env)),
    await attempt('versions', () => examineVersions()),
  ]
  const opened = await openStandingStore(place).catch((error: unknown) => failed('database', error))
  if ('code' in opened) return [...ofMachine, opened]
  try {
    const database = await attempt('database', () => examineVersion(opened))
    if (database.state === 'missing') return [...ofMachine, database]
    const programme = await findSetUp(opened)
    // Nothing else of it is worth putting right.
    if ('fault' in programme && programme.fault === 'restore-unfinished')
      return [...ofMachine, programme]
    const ofDatabase = [
      await attempt('database-tls', () => examineEncryption(opened)),
      await attempt('migrations', () => examineMigrations(opened)),
      await attempt('logins', () => examineLogins(opened)),
      await attempt('clock', () => examineClock(opened)),
    ]
    const ofFolder = [
      await attempt('storage', () => examineStorage({ dataDir, env })),
      await attempt('disk', () => examineDisk(dataDir)),
    ]
    return [
      ...[...ofMachine, database, ...ofDatabase, ...ofFolder],
      ...(await examineRun(opened, programme, place)),
    ]
  } finally {
    await opened.close()
  }
}

/** The programme of a database, or why there is none. */
function findSetUp({ pool }: Store): Promise<Programme | Check<'database'>> {
  return readProgramme(pool).catch((error: unknown) => failed('database', error))
}

/** Keys, mail and the list of a programme; none of it is there before a programme is made. */
async function examineRun(
  store: Store,
  programme: Programme | Check<'database'>,
  { dataDir, env }: StorePlace,
): Promise<readonly Check[]> {
  if ('state' in programme) return [programme]
  const held: { keys?: Keys } = {}
  const checks: Check[] = [
    await attempt('keys', async () => {
      held.keys = await openKeys({ dataDir, env, live: programme.live, purpose: programme.purpose })
      return sayKeys(programme, held.keys, env)
    }),
    await attempt('mail', () => examineMail(mailPlace(programme, { dataDir, env }))),
  ]
  const { keys } = held
  if (!programme.live || keys === undefined) return checks
  const card = await keys.portal.card()
  const list = await examineProgramme({ database: store.pool, card, now: new Date() }).catch(
    (error: unknown) => [failed('migrations', error)],
  )
  return [...checks, ...list]
}

function sayKeys({ live }: Programme, keys: Keys, env: StorePlace['env']): Check<'keys'> {
  if (live) refuseEmbedded(env)
  const found = `${keys.source.length} source and ${keys.platform.length} platform keys, each sound.`
  return live
    ? { code: 'keys', state: 'met', found: `${found} They lie apart from the data.` }
    : { code: 'keys', state: 'weak', found: `${found} They are for demonstration.` }
}

function mailPlace(
  { live }: Programme,
  { dataDir, env }: Pick<StorePlace, 'dataDir' | 'env'>,
): Parameters<typeof examineMail>[0] {
  return { smtpUrl: env['SMTP_URL'], from: '', folder: join(dataDir, 'mail'), live }
}

async function attempt<Code extends CheckCode>(
  code: Code,
  look: () => Check<Code> | Promise<Check<Code>>,
): Promise<Check<Code>> {
  try {
    return await look()
  } catch (error) {
    return failed(code, error)
  }
}

/** What failed is told by its code and where, never by its words. */
function failed<Code extends CheckCode>(code: Code, error: unknown): Check<Code> {
  const { code: fault, detail } = faultOf(error)
  const told = Object.entries(detail).map(([name, value]) => `${name} ${String(value)}`)
  return { code, state: 'missing', found: [fault, ...told].join(' · '), fault }
}
