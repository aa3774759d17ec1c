import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { anchorAudit } from '#server/jobs/anchoring/anchor-audit.ts'
import { checkAudit } from '#server/jobs/anchoring/check-audit.ts'
import { LEFT_OUT, listBackupTables } from '#server/jobs/backup/backup-tables.ts'
import { drillBackup } from '#server/jobs/backup/drill-backup.ts'
import {
  CHECKING,
  MAGIC,
  SEALING,
  writeFrame,
  type FrameKind,
} from '#server/jobs/backup/backup-form.ts'
import { fileId, makeBackup } from '#server/jobs/backup/make-backup.ts'
import { KEPT_SETTINGS, keptSettings } from '#server/jobs/backup/kept-settings.ts'
import { openBackup } from '#server/jobs/backup/open-backup.ts'
import { restoreBackup, type BackupFile } from '#server/jobs/backup/restore-backup.ts'
import { makeBackupKey, readBackupKey, readRecipient } from '#server/keys/backup-key.ts'
import { readAnchorKey } from '#server/keys/anchor-key.ts'
import { agreeWith } from '#server/platform/secrets/key-agreement.ts'
import { encryptFile } from '#server/platform/storage/file-encryption.ts'
import { withSnapshot, withTransaction } from '#server/platform/db/pool.ts'
import { demandQueues, sendJob } from '#server/platform/queue/send-job.ts'
import { projectFolder } from '#server/platform/machine/project-folder.ts'
import { run } from '#server/platform/db/run.ts'
import { openProgrammeStore, type OwnProgrammeStore } from '#server/store/store.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import { countonce } from '../../../bin/command-line.ts'
import { measureUses } from '#server/figures/measures/measure-use.ts'
import { putFramework } from '#server/programme/register/framework-versions.ts'
import {
  activities,
  atActivity,
  FRAMEWORK,
  keptBeside,
  outcomes,
  scored,
} from '../../intake/kinds/kind-files.ts'
import { child, children, csv, mother, mothers } from '../../intake/submissions/small-files.ts'
import { ACTOR, figures, lastSubmission, take } from '../../intake/submissions/small-programme.ts'
import { createTestDatabase } from '../../setup/database.ts'
import { openTestProgramme, receive, type TestProgramme } from '../../setup/open-programme.ts'

const KEY = makeBackupKey()
const NOW = new Date('2026-11-29T12:00:00.000Z')

/** Settings that are in no backup, and why. */
const LEFT_OUT_SETTINGS: readonly { readonly name: RegExp; readonly why: string }[] = [
  { name: /^COUNTONCE_DATA$/, why: 'where a restored programme lies is for who restores it' },
  { name: /_?URL$|_ENDPOINT$/, why: 'an address may hold a password' },
  { name: /_STORAGE$/, why: 'it holds a key of the storage' },
  { name: /_PASSPHRASE$/, why: 'it opens a key file' },
]

let programme: TestProgramme
let store: OwnProgrammeStore
let folder: string
let backup: BackupFile
let signer: KeyObject

beforeAll(async () => {
  programme = await openTestProgramme()
  store = programme.store
  folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  await take(store, { bytes: csv([...children(0, 8), ...mothers(0, 3)]) })
  await take(store, { bytes: csv(children(4, 14)), service: 'toy-library' })
  const gone = (await lastSubmission(store))?.reference ?? ''
  await take(store, { bytes: csv(children(2, 6)), service: 'health-visiting' })
  expect((await withdrawSubmission(store, gone, 'operator')).ok).toBe(true)
  await takeEvents()
  const waiting = await receive(store, csv(children(20, 24)), { quarter: '2024-Q2' })
  await demandQueues(store.pool)
  await withTransaction(store.pool, (client) =>
    sendJob(client, 'check', { submission: waiting, actor: 'operator' }),
  )
  await mkdir(join(store.dataDir, 'languages'))
  await writeFile(join(store.dataDir, 'languages', 'fr.json'), '{"language":"fr"}')
  await anchorAudit(store, new Date())
  const own = await readAnchorKey(store)
  if (own === undefined) throw new Error('no key of anchors')
  signer = createPublicKey(own.key)
  backup = { path: join(folder, 'backup'), key: KEY, signer }
  const setUp = { ...store, env: { ...store.env, MAIL_FROM: 'programme@example.org' } }
  await makeBackup(setUp, { path: backup.path, recipient: KEY.publicKey }, NOW)
}, 120_000)

afterAll(async () => {
  await programme.close()
  await rm(folder, { recursive: true })
})

/** Who came to activities and was scored: people of whom the programme knows already. */
async function takeEvents(): Promise<void> {
  const choices = { confirm: true }
  await putFramework(store.database, ACTOR, FRAMEWORK, new Date())
  const held = [child(0), child(1)].map((who) => atActivity('P-1', '2024-05-07', who))
  await take(store, { kind: 'activities', choices, bytes: activities(held) })
  const scores = [mother(0), mother(1)].map((who) => scored(who, 'baseline', '2024-04-20', '30.5'))
  await take(store, { kind: 'outcomes', choices, bytes: outcomes(scores) })
}

interface Emptied {
  readonly url: string
  readonly dataDir: string
}

/** A place in which nothing was made yet. */
async function emptyPlace(): Promise<Emptied> {
  const database = await createTestDatabase({ empty: true })
  const dataDir = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  onTestFinished(async () => {
    await database.drop()
    await rm(dataDir, { recursive: true })
  })
  return { url: database.url, dataDir }
}

/** The settings of a copy: its own database, and the keys that were put back. */
function beside({ url }: Emptied): Record<string, string> {
  const keys = join(store.dataDir, 'keys')
  return { DATABASE_URL: url, KEYS: join(keys, 'worker'), PORTAL_KEYS: join(keys, 'portal') }
}

function openCopy(place: Emptied): Promise<OwnProgrammeStore> {
  return openProgrammeStore({ dataDir: place.dataDir, env: beside(place) })
}

function restoreAt({ url, dataDir }: Emptied, from = backup): ReturnType<typeof restoreBackup> {
  return restoreBackup({ url, dataDir, env: { DATABASE_URL: url } }, from)
}

async function changed(change: (bytes: Buffer) => Buffer): Promise<BackupFile> {
  const path = join(folder, `changed-${String(Math.random())}`)
  await writeFile(path, change(await readFile(backup.path)))
  return { ...backup, path }
}

async function opened(): Promise<Buffer> {
  const frames: Buffer[] = []
  for await (const { bytes } of openBackup(backup.path, KEY)) frames.push(bytes)
  return Buffer.concat(frames)
}

describe('a restored copy', () => {
  test('[S51] holds what there was, counts the same, and its audit trail is whole up to the restore', async () => {
    const place = await emptyPlace()
    const restored = await restoreAt(place)
    expect(restored).toMatchObject({
      ...{ programme: 'small-steps', madeAt: NOW.toISOString() },
      settings: { MAIL_FROM: 'programme@example.org' },
    })
    expect(await readFile(join(place.dataDir, 'languages', 'fr.json'), 'utf8')).toContain('fr')
    const copy = await openCopy(place)
    try {
      expect(await figures(copy)).toEqual(await figures(store))
      const period = { from: '2024-Q1', to: '2024-Q4' } as const
      const uses = await measureUses(store.pool, 'production', period)
      expect(uses).toMatchObject({ activities: [{ attendances: 2 }], scores: [{ baseline: 2 }] })
      expect(await measureUses(copy.pool, 'production', period)).toEqual(uses)
      expect(await keptBeside(copy)).toEqual(await keptBeside(store))
      const trail = await checkAudit(copy, new Date(), {
        folder: join(place.dataDir, 'anchors'),
        key: signer,
      })
      expect(trail.flaws).toEqual([])
      expect(trail.anchors).toBe(1)
      const [last] = (
        await copy.pool.query<{ event: string }>(
          'select event from audit_event order by seq desc limit 1',
        )
      ).rows
      expect(last?.event).toBe('backup.restored')
    } finally {
      await copy.close()
    }
  })

  test('[S51] takes the next file where the first programme would have, and gives new people new references', async () => {
    const place = await emptyPlace()
    await restoreAt(place)
    const copy = await openCopy(place)
    try {
      const before = (await figures(copy)).unique.people
      const taken = await take(copy, { bytes: csv(children(6, 9)), quarter: '2024-Q3' })
      expect(taken.ok).toBe(true)
      expect((await figures(copy)).unique.people).toBe(before + 1)
    } finally {
      await copy.close()
    }
  })

  test('[S51] has triggers and policies as they were', async () => {
    const place = await emptyPlace()
    await restoreAt(place)
    const shape = `select relname, relforcerowsecurity, (select array_agg(tgname::text || tgenabled::text order by tgname)
        from pg_trigger where tgrelid = c.oid and not tgisinternal)
      from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`
    const copy = await openCopy(place)
    try {
      expect((await copy.pool.query(shape)).rows).toEqual((await store.pool.query(shape)).rows)
    } finally {
      await copy.close()
    }
  })

  test('sends what waited to the workers again', async () => {
    const place = await emptyPlace()
    await restoreAt(place)
    const copy = await openCopy(place)
    try {
      const jobs = await copy.pool.query<{ name: string }>(
        `select name from pgboss.job where name like 'submission.%' and state = 'created'`,
      )
      expect(jobs.rows).toEqual([{ name: 'submission.check' }])
    } finally {
      await copy.close()
    }
  })
})

describe('a backup', () => {
  test('[S51] has every table but those that are named with a reason, and none that names one of these', async () => {
    const kept = await withSnapshot(store.pool, listBackupTables)
    const all = await withSnapshot(store.pool, (client) => run(client, 'backup/list-tables', []))
    const names = new Set(kept.map(({ name }) => name))
    expect(all.map(({ name }) => name).filter((name) => !names.has(name))).toEqual(
      Object.keys(LEFT_OUT).sort(),
    )
    expect(kept.flatMap(({ references }) => references).filter((name) => !names.has(name))).toEqual(
      [],
    )
  })

  test('[S51] holds no name, no key and no held file, and is nothing to who has no key', async () => {
    const sealed = await readFile(backup.path)
    expect(sealed.includes('small-steps')).toBe(false)
    const bytes = await opened()
    expect(bytes.includes('small-steps')).toBe(true)
    const people = identifiers()
    expect(people.length).toBeGreaterThan(50)
    expect(people.filter((identifier) => bytes.includes(identifier))).toEqual([])
    const keys = await secrets()
    expect(keys.length).toBeGreaterThan(2)
    expect(keys.filter((key) => bytes.includes(key))).toEqual([])
  })

  test('[S51] names every setting, in it or left out with a reason, and holds none that is a secret', async () => {
    const example = await readFile(projectFolder('.env.example'), 'utf8')
    const named = [...example.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name = '']) => name)
    expect(named.length).toBeGreaterThan(30)
    const isLeftOut = (given: string) => LEFT_OUT_SETTINGS.some(({ name }) => name.test(given))
    expect(KEPT_SETTINGS.filter(isLeftOut)).toEqual([])
    const kept = keptSettings(Object.fromEntries(named.map((name) => [name, `of ${name}`])))
    expect(named.filter((name) => isLeftOut(name) === name in kept)).toEqual([])
  })

  test('is not written over a file, and leaves none when it fails', async () => {
    const order = { path: backup.path, recipient: KEY.publicKey }
    await expect(makeBackup(store, order, NOW)).rejects.toMatchObject({ code: 'backup-exists' })
    await expect(stat(`${backup.path}.part`)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('what cannot be believed is not restored, and nothing of it is kept', () => {
  const cases: [string, string, () => Promise<BackupFile>][] = [
    ['another key', 'backup-key-wrong', () => Promise.resolve({ ...backup, key: makeBackupKey() })],
    ['a file that is none', 'backup-damaged', () => changed(() => Buffer.from('select 1'))],
    ['a cut tail', 'backup-damaged', () => changed((bytes) => bytes.subarray(0, -20_000))],
    ['one byte changed near its end', 'backup-damaged', () => changed(flip)],
    ['another signer', 'backup-unsigned', otherSigner],
    ['no file', 'backup-missing', () => Promise.resolve({ ...backup, path: join(folder, 'none') })],
    // Whoever has the public key seals what they like.
    [
      'a manifest that is none',
      'backup-damaged',
      () => sealedFor([['m', '{"secret": Quartermain']]),
    ],
    ['no manifest', 'backup-damaged', () => sealedFor([['r', 'x']])],
    [
      'rows for a table of the server',
      'backup-damaged',
      async () =>
        sealedFor([
          ['m', await manifestWith('pg_authid', 'rolname')],
          ['r', 'mallory\n'],
          ['e', ''],
        ]),
    ],
    [
      'rows that nobody signed',
      'backup-damaged',
      async () =>
        sealedFor([
          ['m', await manifestWith('strand', 'code', 'name')],
          ['r', 'mallory\tMallory\n'],
          ['e', ''],
        ]),
    ],
    ['a file that is exchanged while it is read', 'backup-damaged', exchanged],
    [
      'a frame longer than any',
      'backup-damaged',
      () => sealedFor([], Buffer.from('m\xff\xff\xff\xff', 'latin1')),
    ],
  ]
  test('[S51] each says why, and the right one is taken there afterwards', async () => {
    const place = await emptyPlace()
    for (const [name, code, make] of cases) {
      const tried = restoreAt(place, await make())
      await expect(tried, name).rejects.toMatchObject({ name: 'Fault', code })
    }
    expect((await restoreAt(place)).programme).toBe('small-steps')
  })

  test('nor into a place that has a programme', async () => {
    const place = { url: programme.databaseUrl, dataDir: folder }
    await expect(restoreAt(place)).rejects.toMatchObject({ code: 'restore-not-empty' })
  })
})

describe('a drill', () => {
  test('[S51] restores beside the programme, says what it checked, and is an entry of the trail', async () => {
    const drilled = await drillBackup(store, backup)
    expect(drilled).toMatchObject({ programme: 'small-steps', anchors: 1 })
    expect(drilled.entries).toBeGreaterThan(5)
    const { rows } = await store.pool.query<{ event: string }>(
      `select event from audit_event where event like 'backup.%' order by seq`,
    )
    expect(rows.map(({ event }) => event)).toEqual(['backup.made', 'backup.tested'])
  })
})

test('[S51] by the command line: key, backup, drill, restore into an empty folder', async () => {
  const keyFile = join(folder, 'key')
  const made = await countonce(['backup', 'key', '--out', keyFile])
  expect(made.status).toBe(0)
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600)
  const recipient = made.stdout.trim()
  expect(readRecipient(recipient)).toEqual(
    readBackupKey(await readFile(keyFile, 'utf8'))?.publicKey,
  )
  const to = join(folder, 'by-command')
  const env = { DATABASE_URL: programme.databaseUrl }
  const data = ['--data', store.dataDir]
  const written = await countonce([...data, 'backup', 'make', '--to', to, '--for', recipient], env)
  expect(written.stderr).toBe('')
  expect(written.status).toBe(0)
  const place = await emptyPlace()
  const restored = await countonce(
    ['--data', place.dataDir, 'restore', to, '--key', keyFile, '--json'],
    beside(place),
  )
  expect(restored.stderr).toBe('')
  expect(JSON.parse(restored.stdout)).toMatchObject({ programme: 'small-steps' })
}, 120_000)

function flip(bytes: Buffer): Buffer {
  const at = bytes.length - 200
  bytes[at] = (bytes[at] ?? 0) ^ 1
  return bytes
}

/** A backup of these frames, sealed as anybody can who knows the public key. */
async function sealedFor(
  frames: readonly (readonly [kind: FrameKind, text: string])[],
  rest: Buffer = Buffer.alloc(0),
): Promise<BackupFile> {
  const agreed = agreeWith(KEY.publicKey)
  const bytes = [...frames.map(([kind, text]) => writeFrame(kind, Buffer.from(text))), rest]
  const head = Buffer.concat([MAGIC, agreed.once, agreed.keyFor(CHECKING)])
  const pieces = [head]
  for await (const piece of encryptFile(agreed.keyFor(SEALING), fileId(agreed.once), of(bytes)))
    pieces.push(Buffer.from(piece))
  return changed(() => Buffer.concat(pieces))
}

async function* of(bytes: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const piece of bytes) yield Promise.resolve(piece)
}

/** The manifest of the backup, with one table alone. */
function manifestWith(name: string, ...columns: readonly string[]): Promise<string> {
  return changedManifest({
    ...{ tables: [{ name, columns, rows: '1', digest: '0' }], sequences: [] },
  })
}

async function changedManifest(change: object): Promise<string> {
  for await (const { bytes } of openBackup(backup.path, KEY)) {
    return JSON.stringify({ ...(JSON.parse(bytes.toString()) as object), ...change })
  }
  throw new Error('no manifest')
}

/** A file that says another day for itself, and is exchanged for what was signed once that is read. */
async function exchanged(): Promise<BackupFile> {
  const later = await changedManifest({ madeAt: new Date().toISOString() })
  const { path } = await sealedFor([['m', later]])
  const paths = [path, backup.path]
  return Object.defineProperty({ ...backup }, 'path', { get: () => paths.shift() })
}

async function otherSigner(): Promise<BackupFile> {
  return Promise.resolve({ ...backup, signer: generateKeyPairSync('ed25519').publicKey })
}

/** What the file that is held and those that were taken say of people. */
function identifiers(): string[] {
  return [...children(0, 24), ...mothers(0, 3)].flatMap((row) =>
    (['last_name', 'date_of_birth', 'nhs_number', 'email', 'mobile', 'carer_email'] as const)
      .map((column) => row[column] ?? '')
      .filter((value) => value !== ''),
  )
}

/** Every key of the programme. */
async function secrets(): Promise<Buffer[]> {
  const keys = join(store.dataDir, 'keys')
  const entries = await readdir(keys, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.includes('last'))
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name))))
}
