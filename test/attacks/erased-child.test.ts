import { createPublicKey } from 'node:crypto'
import { cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anchorAudit } from '#server/jobs/anchoring/anchor-audit.ts'
import { makeBackup } from '#server/jobs/backup/make-backup.ts'
import {
  restoreBackup,
  type BackupFile,
  type Restored,
} from '#server/jobs/backup/restore-backup.ts'
import { readAnchorKey } from '#server/keys/anchor-key.ts'
import { makeBackupKey } from '#server/keys/backup-key.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { openProgrammeStore, openWorkerStore, type OwnProgrammeStore } from '#server/store/store.ts'
import { measureUses, type MeasuredUse } from '#server/figures/measures/measure-use.ts'
import { putFramework } from '#server/programme/register/framework-versions.ts'
import { examine } from '#server/portal/examining/examine.ts'
import { readProgramme } from '#server/programme/register/read-programme.ts'
import {
  activities,
  atActivity,
  FRAMEWORK,
  outcomes,
  scored,
} from '../server/intake/kinds/kind-files.ts'
import { child, children, COLUMNS, csv, mothers } from '../server/intake/submissions/small-files.ts'
import {
  ACTOR,
  figures,
  holdings,
  take,
  type Sending,
} from '../server/intake/submissions/small-programme.ts'
import { TraceFinder } from '../server/intake/submissions/traces.ts'
import {
  carryThrough,
  everyRow,
  makeOfficers,
  OFFICER,
  typedOf,
} from '../server/jobs/carrying-out/rights-setting.ts'
import { createTestDatabase } from '../server/setup/database.ts'
import { openTestProgramme, type TestProgramme } from '../server/setup/open-programme.ts'

/** A child is erased; somebody restores last night's backup, in which it still is, and sends last quarter's file again. */

const QUARTER = csv([...children(0, 8), ...mothers(4, 7)])
const ERASED = child(5)

const OTHER = child(4)
/** The same child and another came to an activity, and were scored twice. */
const EVENTS: readonly Sending[] = [
  {
    kind: 'activities',
    bytes: activities([ERASED, OTHER].map((who) => atActivity('P-1', '2024-05-07', who))),
  },
  {
    kind: 'outcomes',
    bytes: outcomes(
      [ERASED, OTHER].flatMap((who) => [
        scored(who, 'baseline', '2024-04-20', '30'),
        scored(who, 'exit', '2024-06-20', '41'),
      ]),
    ),
  },
]

let programme: TestProgramme
let store: OwnProgrammeStore
/** Last night's, in which the child still is. */
let backup: BackupFile

beforeAll(async () => {
  programme = await openTestProgramme()
  store = programme.store
  await take(store, { bytes: QUARTER })
  await take(store, { bytes: csv(children(4, 12)), service: 'toy-library' })
  await putFramework(store.database, ACTOR, FRAMEWORK, new Date())
  for (const file of EVENTS) await take(store, { ...file, choices: { confirm: true } })
  const key = makeBackupKey()
  await anchorAudit(store, new Date())
  const own = await readAnchorKey(store)
  if (own === undefined) throw new Error('no key of anchors')
  backup = { path: join(store.dataDir, 'last-night'), key, signer: createPublicKey(own.key) }
  await makeBackup(store, { path: backup.path, recipient: key.publicKey }, new Date())
}, 120_000)

afterAll(() => programme.close())

/** Activities and scores, which one of two people is in where the child is out. */
async function events(
  from: Pick<OwnProgrammeStore, 'pool'>,
): Promise<Pick<MeasuredUse, 'activities' | 'scores'>> {
  const period = { from: '2024-Q1', to: '2024-Q4' } as const
  const { activities: held, scores } = await measureUses(from.pool, 'production', period)
  return { activities: held, scores }
}

test('attack 20: [S51] [S63] a child is erased, last night’s backup restored and last quarter’s file sent again: the child stays out', async () => {
  // Nobody had an account last night: what officers did since is still known as theirs.
  await makeOfficers(store)
  const before = await figures(store)
  await carryThrough(store, 'erasure', typedOf(ERASED))
  const without = await figures(store)
  expect(without.unique.people).toBe(before.unique.people - 1)
  const left = await events(store)
  expect(left).toMatchObject({ activities: [{ attendances: 1 }], scores: [{ scores: 2 }] })

  const database = await createTestDatabase({ empty: true })
  const env = { DATABASE_URL: database.url }
  const dataDir = `${store.dataDir}-copy`
  // Keys and the notes of who asked are kept apart from backups, and come back with them.
  const bring = (name: string): Promise<void> =>
    cp(join(store.dataDir, name), join(dataDir, name), { recursive: true })
  const restore = (): Promise<Restored> =>
    restoreBackup({ dataDir, env, url: database.url }, backup)
  try {
    await bring('stop-list')
    // Without what opens the notes nothing is loaded that somebody might start.
    await expect(restore()).rejects.toMatchObject({ code: 'keys-missing' })
    await bring('keys')
    const restored = await restore()
    expect(restored.stopped).toBe(1)
    const copy = await openProgrammeStore({ dataDir, env })
    try {
      const { rows: officers } = await copy.pool.query(
        'select id, name, disabled_at is not null and forgotten_at is not null as "isClosed" from portal_user',
      )
      expect(officers).toEqual([{ id: OFFICER.userId, name: 'Somebody who left', isClosed: true }])
      expect(await figures(copy)).toEqual(without)
      expect(await events(copy)).toEqual(left)
      const told = `select state, outcome, records from rights_request`
      expect((await copy.pool.query(told)).rows).toEqual((await store.pool.query(told)).rows)
      // To the byte the file that was sent then; and a later one, with the child among others.
      for (const file of [{ bytes: QUARTER }, ...EVENTS])
        await take(copy, { ...file, choices: { replace: true, confirm: true } })
      expect(await figures(copy)).toEqual(without)
      expect(await events(copy)).toEqual(left)
      const later = await take(copy, {
        bytes: csv([...children(0, 9), ...mothers(4, 7)]),
        choices: { replace: true, confirm: true },
      })
      expect(later.file?.stopped).toBe(1)
      expect((await figures(copy)).unique).toEqual(without.unique)
      expect(await holdings(copy)).toMatchObject({ strays: 0, auditIsWhole: true })
      const values = COLUMNS.filter((column) => !['role', 'gender', 'start_date'].includes(column))
      const finder = new TraceFinder(values.map((column) => ERASED[column] ?? ''))
      expect(finder.search(Buffer.from(await everyRow(copy)))).toEqual([])
    } finally {
      await copy.close()
    }
  } finally {
    await database.drop()
    await rm(dataDir, { recursive: true })
  }
})

test('[S51] a restore that is stopped before such a child left it is opened by no portal, worker, command or restore', async () => {
  const database = await createTestDatabase({ empty: true })
  const env = { DATABASE_URL: database.url }
  const dataDir = `${store.dataDir}-stopped`
  const bring = (name: string): Promise<void> =>
    cp(join(store.dataDir, name), join(dataDir, name), { recursive: true })
  const restore = (): Promise<Restored> =>
    restoreBackup({ dataDir, env, url: database.url }, backup)
  const pool = openPool(database.url, { max: 1 })
  try {
    await bring('stop-list')
    // What opens the notes is there, and so all is loaded; what takes the child out is not.
    await mkdir(join(dataDir, 'keys', 'worker'), { recursive: true, mode: 0o700 })
    await bring('keys/worker/stop-list-key')
    await expect(restore()).rejects.toMatchObject({ code: 'keys-missing' })
    const { rows } = await pool.query(
      'select count(*)::int as people from record where source_row = 6',
    )
    expect(rows).toEqual([{ people: 2 }])
    await bring('keys')
    const refused = { name: 'Fault', code: 'restore-unfinished' }
    await expect(openProgrammeStore({ dataDir, env })).rejects.toMatchObject(refused)
    await expect(openWorkerStore({ dataDir, env })).rejects.toMatchObject(refused)
    await expect(restore()).rejects.toMatchObject(refused)
    const examined = await examine({ dataDir, env })
    expect(examined.filter(({ state }) => state === 'missing')).toMatchObject([
      { code: 'database', fault: refused.code },
    ])
    // As the portal and its pages of releases ask, which have no right to the table that tells.
    for (const role of ['countonce_app', 'countonce_reader']) {
      await pool.query(`set role ${role}`)
      await expect(readProgramme(pool)).rejects.toMatchObject(refused)
      await pool.query('reset role')
    }
  } finally {
    await pool.end()
    await database.drop()
    await rm(dataDir, { recursive: true })
  }
})
