import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Manifest } from '#core/hashed-file/manifest.ts'
import { PEOPLE_FIELD_NAMES } from '#core/standard/fields.ts'
import { PSEUDONYM_COLUMNS } from '#core/pseudonym/kinds.ts'
import { confirmReading } from '#server/intake/journey/describe-reading.ts'
import { readCheck } from '#server/intake/journey/read-check.ts'
import { submitFile } from '#server/intake/journey/submit-file.ts'
import { withdrawOwn } from '#server/jobs/acts/withdraw-own.ts'
import { sweepFiles } from '#server/intake/submissions/sweep-files.ts'
import { measureReach } from '#server/figures/reach/measure-reach.ts'
import {
  BRIDGE,
  journeyOf,
  mustUpload,
  openJourneySetting,
  upload,
  type JourneySetting,
} from '../journey/journey-setting.ts'
import { children, csv, mothers } from '../submissions/small-files.ts'
import { take } from '../submissions/small-programme.ts'
import { TraceFinder } from '../submissions/traces.ts'
import { filesOf, forge, hashAtSource, type AtSource } from './hash-at-source.ts'

const PLACE = { actor: BRIDGE, service: 'health-visiting' }
const ROWS = csv([...children(0, 40), ...mothers(0, 12)])

let setting: JourneySetting
let made: AtSource

beforeAll(async () => {
  setting = await openJourneySetting()
  made = await hashAtSource(setting.owner, ROWS)
}, 120_000)

afterAll(() => setting.close())

/** What is held of files, by name: blobs and keys. */
async function held(): Promise<string[]> {
  const { dataDir } = setting.owner
  return [
    ...(await readdir(join(dataDir, 'blobs'))),
    // It is made with the first file.
    ...(await readdir(join(dataDir, 'keys', 'portal', 'files')).catch(() => [])),
  ]
}

async function count(what: string): Promise<number> {
  const { rows } = await setting.owner.pool.query<{ n: number }>(
    `select count(*)::int as n from ${what}`,
  )
  return rows[0]?.n ?? 0
}

async function lastRefusal(): Promise<unknown> {
  const { rows } = await setting.owner.pool.query<{ detail: unknown }>(
    `select detail from audit_event where event = 'hashed-file.refused' order by seq desc limit 1`,
  )
  return rows[0]?.detail
}

function manifestOf({ manifest }: AtSource): Manifest {
  return JSON.parse(new TextDecoder().decode(manifest)) as Manifest
}

/** The upload is refused with a code, and nothing of it is left but an entry of the audit log. */
async function expectRefused(
  files: readonly Uint8Array[],
  code: string,
  detail: Record<string, string | number> = {},
): Promise<void> {
  const before = [await held(), await count('submission'), await count('record')]
  const refused = await upload(setting, files, PLACE)
  expect(refused).toEqual({ ok: false, code: 'hashed-refused', why: { code, detail } })
  expect([await held(), await count('submission'), await count('record')]).toEqual(before)
  if (code !== 'hashed-too-many' || files.length <= 8) {
    expect(await lastRefusal()).toEqual({
      service: 'health-visiting',
      quarter: '2024-Q1',
      code,
    })
  }
}

function changed(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

describe('a hashed file is refused, and not a byte of it kept,', () => {
  test('when a file is missing, or there are too many', async () => {
    const { csv: file, manifest, hmac } = made
    await expectRefused([file], 'hashed-incomplete')
    await expectRefused([file, manifest], 'hashed-incomplete')
    await expectRefused([file, hmac], 'hashed-incomplete')
    await expectRefused([manifest, hmac], 'hashed-incomplete')
    await expectRefused([...filesOf(made), file], 'hashed-incomplete')
    await expectRefused([file, file, file, manifest, hmac], 'hashed-too-many')
    expect(await upload(setting, [ROWS, ROWS], PLACE)).toMatchObject({ code: 'upload-several' })
    await expectRefused([ROWS, manifest, hmac], 'hashed-header')
  })

  test('when a byte of any of the three was changed', async () => {
    const { csv: file, manifest, hmac } = made
    await expectRefused([changed(file, file.length - 100), manifest, hmac], 'hashed-other-file')
    await expectRefused([file.subarray(0, -1), manifest, hmac], 'hashed-other-file')
    const at = new TextDecoder().decode(manifest).indexOf('"tool": "') + 9
    await expectRefused([file, changed(manifest, at), hmac], 'manifest-changed')
    const digit = new TextEncoder().encode(hmac[0] === 0x30 ? '1' : '0')
    await expectRefused(
      [file, manifest, Uint8Array.from([...digit, ...hmac.subarray(1)])],
      'manifest-changed',
    )
  })

  test.each<readonly [string, object, string]>([
    ['of another key', { source_key_check: '0123456789abcdef' }, 'manifest-other-key'],
    ['of a live programme', { live: true }, 'manifest-live'],
    ['of another service', { service: 'stay-and-play' }, 'manifest-service'],
    ['of another provider', { provider: 'acorn' }, 'manifest-service'],
    ['of another quarter', { quarter: '2024-Q2' }, 'manifest-quarter'],
    ['of a vector that failed', { self_test: { passed: 479, failed: 1 } }, 'manifest-self-test'],
    ['of vectors that were not run', { self_test: { passed: 0, failed: 0 } }, 'manifest-self-test'],
    ['of other bytes', { csv_bytes: 1 }, 'hashed-other-file'],
    ['of another version', { pseudonym_version: '1' as '2' }, 'manifest-version'],
    [
      'of rows that do not add up',
      { rows: { read: 1, accepted: 0, rejected: 0, blank: 0 } },
      'manifest-does-not-add-up',
    ],
    ['of a member that is none', { name: 'Amara' }, 'manifest-unreadable'],
    ['of a bridge without what it bridges', { bridge_for: 'a'.repeat(64) }, 'manifest-bridge'],
  ])('when its manifest speaks %s', async (_, manifest, code) => {
    const forged = forge(made, setting.owner.keys.currentSource, { manifest })
    await expectRefused(filesOf(forged), code)
  })

  test('when other tables were used', async () => {
    const tables = { ...manifestOf(made).tables, names: 'f'.repeat(64) }
    const forged = forge(made, setting.owner.keys.currentSource, { manifest: { tables } })
    await expectRefused(filesOf(forged), 'manifest-tables')
  })

  test('at one cell outside its grammar, told by row and column and never by what stands there', async () => {
    const key = setting.owner.keys.currentSource
    const inRow = (row: number, change: (cells: string[]) => void) => (text: string) => {
      const lines = text.split('\n')
      const cells = (lines[row] ?? '').split(',')
      change(cells)
      lines[row] = cells.join(',')
      return lines.join('\n')
    }
    const cases: readonly (readonly [number, string, number, string])[] = [
      [2, 'gender', 3, 'Amara'],
      [5, 'ward', 4, 'brixton'],
      [9, 'child_pseudonym', 18, 'AA'.repeat(32)],
      [3, 'birth', 2, '2020-13'],
    ]
    for (const [row, column, at, value] of cases) {
      const forged = forge(made, key, { csv: inRow(row, (cells) => (cells[at] = value)) })
      await expectRefused(filesOf(forged), 'hashed-cell', { row, column })
    }
    const short = forge(made, key, { csv: inRow(4, (cells) => cells.pop()) })
    await expectRefused(filesOf(short), 'hashed-line', { row: 4 })
  })

  test('when its lines do not add up to its manifest', async () => {
    const key = setting.owner.keys.currentSource
    const withoutLast = (text: string): string => text.replace(/[^\n]*\n$/, '')
    await expectRefused(filesOf(forge(made, key, { csv: withoutLast })), 'hashed-disagrees', {
      member: 'records',
    })
    const blanked = (text: string): string => {
      const lines = text.split('\n')
      const cells = (lines[1] ?? '').split(',')
      cells[17] = ''
      lines[1] = cells.join(',')
      return lines.join('\n')
    }
    await expectRefused(filesOf(forge(made, key, { csv: blanked })), 'hashed-disagrees', {
      member: 'nhs_number_pseudonym',
    })
  })

  describe('by the fields of its agreement', () => {
    const cover = (fields: readonly string[]) =>
      setting.owner.pool.query(
        `update agreement set fields = $1 where service_code = 'health-visiting'`,
        [fields],
      )
    const some = PEOPLE_FIELD_NAMES.filter((field) => !['carer_email', 'postcode'].includes(field))
    afterEach(() => cover([]))

    test('when it shows others', async () => {
      await cover(some)
      await expectRefused(filesOf(made), 'hashed-not-covered', { fields: 'postcode carer_email' })
    })

    test('when it is loaded, where they were fewer by then, and nothing of it is kept', async () => {
      const records = await count('record')
      const files = filesOf(await hashAtSource(setting.owner, csv(children(70, 79))))
      const { reference } = await mustUpload(setting, files, PLACE)
      const journey = await setting.work(reference)
      await cover(some)
      const sent = await submitFile(setting.storeOf(BRIDGE), BRIDGE, journey, { replaces: '' })
      expect(sent).toEqual({ ok: true })
      expect(await setting.work(reference)).toMatchObject({ state: 'rejected', fileId: null })
      const { rows } = await setting.owner.pool.query(
        'select reason from submission where reference = $1',
        [reference],
      )
      expect(rows).toEqual([{ reason: 'hashed-not-covered' }])
      expect(await count('record')).toBe(records)
    })
  })

  test('when it is larger than it may be', async () => {
    const before = await held()
    const refused = await upload(setting, filesOf(made), { ...PLACE, hashedLimit: 5_000 })
    expect(refused).toMatchObject({ code: 'file-too-large', detail: { limit: 5_000 } })
    expect(await held()).toEqual(before)
    // A clear file's limit is not its.
    const taken = await upload(setting, filesOf(made), { ...PLACE, limit: 5_000 })
    expect(taken).toMatchObject({ ok: true, isHashed: true })
  })
})

describe('a hashed file', () => {
  test('is checked without columns to match, submitted, counted, and withdrawn', async () => {
    const files = filesOf(made)
    const uploaded = await mustUpload(setting, [...files].reverse(), PLACE)
    const { reference } = uploaded
    expect(uploaded).toMatchObject({ isUsable: true, isHashed: true })
    const store = setting.storeOf(BRIDGE)
    expect(await journeyOf(setting.storeOf, BRIDGE, reference)).toMatchObject({
      step: 'check',
      isHashed: true,
      isBridged: false,
      mapping: null,
    })
    const journey = await setting.work(reference)
    expect(journey).toMatchObject({
      state: 'checked',
      step: 'answers',
      rows: manifestOf(made).rows,
      records: 52,
      linkability: {
        evidence: { strong: 52, weak: 0, none: 0 },
        columns: manifestOf(made).columns,
      },
    })
    // What was done at source is not done again.
    expect(await confirmReading(store, BRIDGE, journey)).toMatchObject({ code: 'step-not-reached' })
    const check = await readCheck(store, BRIDGE, reference)
    const found = check.ok ? check.groups.flatMap(({ findings }) => findings) : []
    expect(found.every(({ severity }) => severity === 'note')).toBe(true)
    expect(found).toContainEqual(
      expect.objectContaining({ code: 'mobile-missing', field: 'mobile' }),
    )

    const submitted = await submitFile(store, BRIDGE, journey, { replaces: '' })
    expect(submitted).toEqual({ ok: true })
    expect(await setting.work(reference)).toMatchObject({ state: 'linked', fileId: null })
    expect(await held()).toEqual([])
    expect(await mustUpload(setting, files, PLACE)).toMatchObject({ reference, sentBefore: true })
    const { rows } = await setting.owner.pool.query<{ n: number }>(
      'select count(*)::int as n from service_mapping',
    )
    expect(rows).toEqual([{ n: 0 }])
    const withdrawn = await withdrawOwn(setting.storeOf(BRIDGE), BRIDGE, {
      reference,
      reason: 'wrong-file',
    })
    expect(withdrawn).toMatchObject({ ok: true })
  })

  test('that says nothing of contacts asks for the same to be confirmed as a clear one', async () => {
    const bare = [...children(0, 5)].map((row) => ({ ...row, contacts: undefined }))
    const text = new TextDecoder().decode(csv(bare as never)).replace(/,contacts/, '')
    const lines = text
      .split('\n')
      .map((line, index) => (index === 0 ? line : line.replace(/,(\r?)$/, '$1')))
    const other = await hashAtSource(setting.owner, new TextEncoder().encode(lines.join('\n')))
    const { reference } = await mustUpload(setting, filesOf(other), PLACE)
    expect(await setting.work(reference)).toMatchObject({ state: 'checked', step: 'check' })
    const check = await readCheck(setting.storeOf(BRIDGE), BRIDGE, reference)
    const confirm =
      check.ok &&
      check.groups.flatMap(({ findings }) =>
        findings.filter(({ severity }) => severity === 'confirm'),
      )
    expect(confirm).toEqual([expect.objectContaining({ code: 'contacts-not-mapped' })])
  })

  test('[S39] is held for a day at most, like a clear one', async () => {
    const files = filesOf(await hashAtSource(setting.owner, csv(children(60, 69))))
    await mustUpload(setting, files, PLACE)
    expect(await held()).not.toEqual([])
    await sweepFiles(setting.owner, new Date(Date.now() + 25 * 3_600_000))
    expect(await held()).toEqual([])
    const again = await mustUpload(setting, files, PLACE)
    expect(again.sentBefore).toBe(true)
    expect(await setting.work(again.reference)).toMatchObject({ state: 'checked' })
  })
})

describe('[S37] the same people', () => {
  test('have the same pseudonyms and are counted once, hashed at source or uploaded clear', async () => {
    const other = await openJourneySetting()
    try {
      const choices = { confirm: true, leaveOut: true, replace: true }
      const clear = await take(other.owner, { bytes: ROWS, service: 'health-visiting', choices })
      const clearRows = await recordsOf(other, clear.submission.id)
      const clearReach = await reachOf(other)

      const hashed = await hashAtSource(other.owner, ROWS)
      const { reference } = await mustUpload(other, filesOf(hashed), PLACE)
      const journey = await other.work(reference)
      const done = await submitFile(other.storeOf(BRIDGE), BRIDGE, journey, {
        replaces: clear.submission.reference,
      })
      expect(done).toEqual({ ok: true })
      const linked = await other.work(reference)
      expect(linked).toMatchObject({ state: 'linked' })
      expect(await recordsOf(other, linked.id)).toEqual(clearRows)
      expect(await reachOf(other)).toEqual(clearReach)
      const { rows } = await other.owner.pool.query(
        `select same, changed, new, removed from comparison where submission_id = $1 and against = 'standing'`,
        [linked.id],
      )
      expect(rows).toEqual([{ same: 52, changed: 0, new: 0, removed: 0 }])

      // Nothing that the trust could reverse lies anywhere once the file is linked.
      const sources = new TextDecoder().decode(hashed.csv).match(/[0-9a-f]{64}/g) ?? []
      expect(sources.length).toBeGreaterThan(300)
      const finder = new TraceFinder(
        [],
        sources.map((hex) => Buffer.from(hex, 'hex')),
      )
      expect(await finder.searchFolder(other.owner.dataDir)).toEqual([])
      for (const table of await tables(other)) {
        const dump = await other.owner.pool.query<{ row: string }>(
          `select to_jsonb(t)::text as row from ${table} t`,
        )
        expect(finder.search(Buffer.from(dump.rows.map(({ row }) => row).join('\n')))).toEqual([])
      }
    } finally {
      await other.close()
    }
  }, 120_000)
})

async function recordsOf({ owner }: JourneySetting, id: string): Promise<unknown[]> {
  const columns = PSEUDONYM_COLUMNS.map(({ column }) => column).join(', ')
  const { rows } = await owner.pool.query<Record<string, unknown>>(
    `select source_row, role, birth, gender, ward, imd_decile, in_area, ethnicity, main_language, send_or_disability,
       referral_date::text, start_date::text, end_date::text, referral_source, status, contacts,
       last_contact_date::text, epoch, ${columns}
     from record where submission_id = $1 order by source_row, role`,
    [id],
  )
  return rows
}

async function reachOf({ owner }: JourneySetting): Promise<unknown> {
  return measureReach(owner.pool, { dataset: 'production', from: '2024-Q1', to: '2024-Q4' }, [
    'service',
    'ward',
    'role',
  ])
}

async function tables({ owner }: JourneySetting): Promise<string[]> {
  const { rows } = await owner.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  return rows.map(({ name }) => name)
}
