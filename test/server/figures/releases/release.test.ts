import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, assert, beforeAll, describe, expect, it } from 'vitest'
import Papa from 'papaparse'
import { GROUPINGS } from '#core/reach/measure.ts'
import { checkSignedFile, type CheckedFile } from '#core/disclosure/signed-release.ts'
import { PROFILES } from '#core/disclosure/settings.ts'
import { HIDDEN, suppress } from '#core/disclosure/printed.ts'
import { openPool, takeLinkingLock, withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { measureReach } from '#server/figures/reach/measure-reach.ts'
import { openRelease } from '#server/figures/dashboards/open-release.ts'
import { readUse } from '#server/figures/releases/released-use.ts'
import { listReleases, readRelease, type Release } from '#server/figures/releases/list-releases.ts'
import type { CountedRelease, UnfrozenRelease } from '#server/figures/releases/count-release.ts'
import { makeRelease } from '#server/figures/releases/make-release.ts'
import { readReleaseCsv } from '#server/figures/releases/release-csv.ts'
import {
  readBreakdowns,
  readSpanFigures,
  readTrend,
} from '#server/figures/releases/release-views.ts'
import { readReleasedReach } from '#server/figures/releases/released-reach.ts'
import { signReleases } from '#server/figures/releases/sign-releases.ts'
import { readSignedFile } from '#server/figures/releases/signed-file.ts'
import { verifyRelease, verifySignature } from '#server/figures/releases/verify-release.ts'
import { writePublicKey } from '#server/keys/public-key.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'
import { inventProgramme } from './invented-programme.ts'
import { insertRegister, replaceRecords } from './invented-records.ts'

let database: TestDatabase
let pool: pg.Pool
let release: Release

async function make(profile: 'programme' | 'public' = 'programme'): Promise<Release> {
  const made = await makeRelease(pool, { profile, actor: 'test' })
  if (!made.ok) throw new Error(made.code)
  const read = await readRelease(pool, { reference: made.reference })
  if (read === undefined) throw new Error('the release is not there')
  return read
}

/** Every table that is not of releases or the register. */
const PERSONAL = [
  'record',
  'link',
  'evidence',
  'recent_evidence',
  'beneficiary',
  'decision',
  'doubt',
  'submission',
  'portal_user',
  'audit_event',
]

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openPool(database.url)
  await insertRegister(pool)
  expect(await makeRelease(pool, { profile: 'programme', actor: 'test' })).toEqual({
    ok: false,
    code: 'nothing-to-release',
  })
  await replaceRecords(pool, inventProgramme())
  release = await make()
})

afterAll(async () => {
  await pool.end()
  await database.drop()
})

describe('a release', () => {
  it('prints what exact reach counts, by the same rule in every cell that they share and that is shown', async () => {
    let shown = 0
    for (const by of [[], ['service'], ['strand'], ['quarter'], ['service', 'quarter']] as const) {
      const period = { dataset: 'production', from: '2024-Q1', to: '2024-Q2' } as const
      const exact = await measureReach(pool, period, [...by])
      const released = await readReleasedReach(pool, release, { by })
      if (!released.ok) throw new Error(released.code)
      const exactOf = new Map(exact.cells.map((cell) => [cell.by.join(' '), cell]))
      expect(released.cells).toHaveLength(exact.cells.length)
      const pairs = released.cells.map((cell) => [cell, exactOf.get(cell.by.join(' '))] as const)
      for (const [printed, counted] of [...pairs, [released.unique, exact.unique] as const]) {
        for (const measure of ['people', 'children', 'adults', 'families'] as const) {
          if (printed[measure] === HIDDEN) continue
          shown += printed[measure] === 0 ? 0 : 1
          expect(printed[measure]).toBe(suppress(counted?.[measure] ?? -1, release.settings))
        }
      }
    }
    expect(shown).toBeGreaterThan(20)
  })

  it('[S52] holds nothing but hidden figures and multiples of 5 from 10 on', async () => {
    const { rows } = await pool.query<{ printed: number | null; cells: string }>(
      'select printed, count(*) as cells from release_cell group by printed',
    )
    expect(rows.some(({ printed }) => printed === null)).toBe(true)
    const shown = rows.flatMap(({ printed }) => printed ?? [])
    expect(shown.length).toBeGreaterThan(3)
    expect(shown.filter((printed) => printed < 10 || printed % 5 !== 0)).toEqual([])
  })

  it('[S52] shows nothing else in a download, but quarters, names and the words for bounds', async () => {
    const text = await readReleaseCsv(pool, release)
    const { data } = Papa.parse<Record<string, string>>(text.slice(1), {
      header: true,
      skipEmptyLines: true,
    })
    expect(data.length).toBeGreaterThan(100)
    for (const row of data) {
      for (const measure of [
        'people',
        'children',
        'adults',
        'families',
        'lower',
        'upper',
        'doubtful',
        'new',
        'returning',
      ]) {
        const value = row[measure] ?? ''
        if (value === '' || value === '*' || value === '0') continue
        expect(Number(value) >= 10 && Number(value) % 5 === 0, `${measure} ${value}`).toBe(true)
      }
      for (const number of row['interval']?.match(/[0-9,]+(?= |\b)/g) ?? []) {
        const count = Number(number.replaceAll(',', ''))
        if (row['people'] !== '*') expect(count % 5).toBe(0)
      }
    }
  })

  it('[S54] prints one value for one cell by every path', async () => {
    const reach = async (by: Parameters<typeof readReleasedReach>[2]['by']) => {
      const found = await readReleasedReach(pool, release, { by })
      if (!found.ok) throw new Error(found.code)
      return found
    }
    const overview = await readSpanFigures(pool, release, { quarter: '2024-Q2', span: 'start' })
    const east = await readSpanFigures(pool, release, {
      quarter: '2024-Q2',
      span: 'start',
      place: { place: 'ward', code: 'east' },
    })
    const byService = await reach(['service'])
    const both = await reach(['service', 'ward'])
    for (const row of overview.services) {
      const cell = byService.cells.find(({ by }) => by[0] === row.code)
      expect(cell?.people ?? 0).toBe(row.figures?.people)
    }
    for (const row of east.services) {
      const cell = both.cells.find(({ by }) => by[0] === row.code && by[1] === 'east')
      expect(cell?.people ?? 0).toBe(row.figures?.people)
    }
    const csv = Papa.parse<Record<string, string>>((await readReleaseCsv(pool, release)).slice(1), {
      header: true,
    }).data
    const inCsv = csv.find(
      (row) =>
        row['quarter'] === '2024-Q2' &&
        row['span'] === 'since start' &&
        row['service_code'] === 'baby-club' &&
        row['ward_code'] === 'east',
    )
    expect(inCsv?.['people']).toBe(
      String(east.services.find(({ code }) => code === 'baby-club')?.figures?.people),
    )
  })

  it('refuses what is in no cell instead of counting it', async () => {
    const refused = { ok: false, code: 'not-released' }
    expect(await readReleasedReach(pool, release, { by: ['role'] })).toEqual(refused)
    expect(await readReleasedReach(pool, release, { by: [], to: '2025-Q1' })).toEqual(refused)
    expect(await readReleasedReach(pool, release, { by: [], to: '2023-Q4' })).toEqual(refused)
    expect(GROUPINGS).toContain('role')
  })

  it('tells services that sent no file from services that reached nobody', async () => {
    const { services } = await readSpanFigures(pool, release, {
      quarter: '2024-Q2',
      span: 'quarter',
    })
    const figures = Object.fromEntries(services.map((row) => [row.code, row.figures?.people]))
    expect(figures).toEqual({ 'baby-club': 75, 'talk-time': '*', 'wise-meals': undefined })
    const year = await readSpanFigures(pool, release, { quarter: '2024-Q2', span: 'year' })
    expect(year.services.find(({ code }) => code === 'wise-meals')?.figures?.people).toBe(10)
  })

  it('shows places by name, whose people add up before they are rounded', async () => {
    const { places, whole } = await readSpanFigures(pool, release, {
      quarter: '2024-Q1',
      span: 'quarter',
    })
    expect(places.map(({ name, figures }) => [name, figures?.people])).toEqual([
      ['Everywhere', 110],
      ['The programme’s area', 100],
      ['East', 35],
      ['North', 35],
      ['West', 35],
      ['In the area, ward not known', 0],
      ['Outside the area', 0],
      ['Address not known', 10],
    ])
    expect(whole.interval).toMatch(/^About 110 after rounding; |^Between about /)
  })

  it('shows new and returning people, and trends over its quarters', async () => {
    const trend = await readTrend(pool, release, { scope: { scope: 'service', code: 'baby-club' } })
    expect(
      trend.map(({ quarter, figures, yearToDate, sinceStart }) => [
        quarter,
        figures?.people,
        figures?.new,
        figures?.returning,
        yearToDate,
        sinceStart,
      ]),
    ).toEqual([
      ['2024-Q1', 60, 60, 0, 60, 60],
      ['2024-Q2', 75, 15, 60, 75, 75],
    ])
    const meals = await readTrend(pool, release, {
      scope: { scope: 'service', code: 'wise-meals' },
    })
    expect(meals.map(({ figures, yearToDate }) => [figures?.people, yearToDate])).toEqual([
      [10, 10],
      [undefined, 10],
    ])
  })

  it('[S57] breaks people down one way, with shares of printed values', async () => {
    let shares = 0
    for (const quarter of release.quarters) {
      const at = { quarter, span: 'year' } as const
      const { whole } = await readSpanFigures(pool, release, at)
      const all = whole.figures?.people ?? HIDDEN
      for (const { rows } of await readBreakdowns(pool, release, at)) {
        for (const { people, share } of rows) {
          const isShown = people !== HIDDEN && all !== HIDDEN
          expect(share).toBe(isShown ? Math.round((people / all) * 100) : null)
          shares += Number(isShown && people > 0)
        }
      }
    }
    expect(shares).toBeGreaterThan(2)
    const breakdowns = await readBreakdowns(pool, release, { quarter: '2024-Q2', span: 'year' })
    const gender = breakdowns.find(({ attribute }) => attribute === 'gender')
    expect(gender?.rows.find(({ value }) => value === 'X')).toMatchObject({
      people: '*',
      share: null,
    })
    const ages = breakdowns.find(({ attribute }) => attribute === 'age-band')
    expect(ages?.rows.filter(({ people }) => people !== 0).map(({ name }) => name)).toEqual([
      '2',
      '25 to 34',
    ])
  })

  it('says what it was made from, and verifies', async () => {
    expect(release).toMatchObject({
      reference: 'REL-2024-Q2-1',
      version: 1,
      firstQuarter: '2024-Q1',
      lastQuarter: '2024-Q2',
      linkagePolicy: 'cautious',
      madeBy: 'test',
      coverage: {
        '2024-Q1': ['baby-club', 'talk-time', 'wise-meals'],
        '2024-Q2': ['baby-club', 'talk-time'],
      },
    })
    expect(await verifyRelease(pool, release)).toBe(true)
    const { rows } = await pool.query(
      `select event, subject from audit_event order by seq desc limit 1`,
    )
    expect(rows).toEqual([{ event: 'release.made', subject: 'REL-2024-Q2-1' }])
  })

  it('shows that it was changed, even by somebody who may do anything', async () => {
    const changed = await withTransaction(pool, async (client) => {
      await client.query('alter table release_cell disable trigger all')
      await client.query(
        `update release_cell set printed = printed + 5 where ctid = (select ctid from release_cell where printed is not null limit 1)`,
      )
      const verified = await verifyRelease(client, release)
      await client.query('rollback')
      await client.query('begin')
      return verified
    })
    expect(changed).toBe(false)
    expect(await verifyRelease(pool, release)).toBe(true)
  })

  it('is signed by a key outside the database, as anybody can check who has the file', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'countonce-test-'))
    try {
      const place = { pool, dataDir, env: {} }
      expect(await signReleases(place)).toBe(1)
      expect(await signReleases(place)).toBe(0)
      const signed = await readRelease(pool, { reference: release.reference })
      const file = await readSignedFile(pool, signed ?? release)
      if (signed?.signed === undefined || file === undefined) throw new Error('not signed')
      const { key } = signed.signed
      const check = (text: string, noted?: string): Promise<CheckedFile> =>
        checkSignedFile(text, noted, verifySignature)
      expect(await check(file, key)).toMatchObject({
        ...{ outcome: 'genuine', key },
        told: { cells: expect.any(Number) as number },
      })
      expect(await check(file)).toMatchObject({ outcome: 'genuine' })
      const [cell = ''] = /cell\t.*?\t[0-9]+(?=\\n)/.exec(file.replaceAll('\\t', '\t')) ?? []
      const raised = cell.replace(/[0-9]+$/, (printed) => String(Number(printed) + 5))
      const changed = file.replace(cell.replaceAll('\t', '\\t'), raised.replaceAll('\t', '\\t'))
      expect(changed).not.toBe(file)
      expect(await check(changed, key)).toMatchObject({ outcome: 'changed' })
      const stranger = writePublicKey(generateKeyPairSync('ed25519').publicKey)
      expect(await check(file, stranger)).toMatchObject({ outcome: 'other-key' })
      expect(await check(file, 'no key')).toMatchObject({ outcome: 'other-key' })
      expect(await check('{}', key)).toEqual({ outcome: 'not-signed' })
    } finally {
      await rm(dataDir, { recursive: true })
    }
  })

  it('is frozen: nothing of it is changed, removed or added to', async () => {
    const tries = [
      `update release_cell set printed = 10`,
      `delete from release_cell`,
      `truncate release_cell`,
      `update release_use_cell set printed = 10`,
      `delete from release_use_cell`,
      `truncate release_use_cell`,
      `update release set linkage_policy = 'leap-2020'`,
      `delete from release`,
      `update release_signature set key = signature`,
      `delete from release_signature`,
      `insert into release_cell (release_id, quarter, span, scope, place, measure, printed)
         select id, '2024-Q2', 'quarter', 'all', 'area-unknown', 'new', 5 from release limit 1`,
    ]
    for (const statement of tries) {
      await expect(pool.query(statement), statement).rejects.toThrow(/a release is frozen/)
    }
  })

  it('leaves no exact count behind: its working tables end with it', async () => {
    const { rows } = await pool.query(
      `select relname from pg_class where relname in ('reached_use', 'person_year', 'entity_use', 'doubtful_component')`,
    )
    expect(rows).toEqual([])
  })

  it('[S53] [S56] is not made while anything in it is in doubt, for whomever it is', async () => {
    const inDoubt = ({ facts }: CountedRelease): Promise<UnfrozenRelease> =>
      Promise.resolve({
        ...{ facts, cells: [], measure: () => assert.fail('only a draft measures') },
        repair: { hidden: [], inDoubt: 1, rounds: 1, unknowns: 1, solverCalls: 0 },
      })
    const before = await listReleases(pool)
    const refused = { ok: false, code: 'release-in-doubt' }
    for (const profile of PROFILES) {
      const order = { profile, actor: 'test' }
      expect(await makeRelease(pool, order, new Date(), inDoubt)).toEqual(refused)
    }
    expect(await listReleases(pool)).toEqual(before)
    // Nor does the database take the record of one, whoever writes it.
    await expect(
      pool.query(
        `insert into release_repair (release_id, hidden, in_doubt, rounds, unknowns, solver_calls)
         select id, '[]', 1, 1, 1, 0 from release`,
      ),
    ).rejects.toThrow('no release is made with anything in doubt')
  })

  it('is versioned, and the latest is the one that is read', async () => {
    const second = await make()
    expect(second.version).toBe(2)
    expect((await readRelease(pool))?.reference).toBe(second.reference)
    const forEverybody = await make('public')
    expect(forEverybody.reference).toBe('PUB-2024-Q2-1')
    expect((await readRelease(pool))?.reference).toBe(second.reference)
    expect((await listReleases(pool)).map(({ reference }) => reference)).toEqual([
      'REL-2024-Q2-2',
      'REL-2024-Q2-1',
      'PUB-2024-Q2-1',
    ])
    const shown = await readSpanFigures(pool, forEverybody, { quarter: '2024-Q1', span: 'quarter' })
    // 9 people are few for the public.
    expect(shown.services.find(({ code }) => code === 'wise-meals')?.figures?.people).toBe('*')
  })

  it('numbers its versions without a gap when two are made at once, and holds up no linking until it is printed', async () => {
    const made = await withTransaction(pool, async (client) => {
      // Nothing is frozen while this is held: both have counted and printed when they wait for it.
      await run(client, 'releases/take-lock', [])
      const making = [make(), make()]
      const waiting = async (): Promise<unknown> => {
        const { rows } = await pool.query(
          `select count(*)::int from pg_locks join pg_database d on d.oid = database
           where datname = current_database() and locktype = 'advisory' and not granted`,
        )
        return rows
      }
      await expect.poll(waiting, { timeout: 60_000 }).toEqual([{ count: 2 }])
      await client.query(`set local lock_timeout = '1s'`)
      await takeLinkingLock(client, 'production')
      return making
    })
    const versions = (await Promise.all(made)).map(({ version }) => version)
    expect(versions.sort()).toEqual([3, 4])
  })

  it('[S55] keeps a published value when seven people more or fewer are found, and moves on when many are', async () => {
    const records = inventProgramme()
    const late = (count: number) =>
      Array.from({ length: count }, (_, index) => {
        const [first] = records
        if (first === undefined) throw new Error('no record')
        const person = 90_000 + index
        return {
          ...first,
          beneficiary: person,
          upper: person,
          lower: person,
          family: person,
          quarter: '2024-Q1' as const,
        }
      })
    const before = await readSpanFigures(pool, release, { quarter: '2024-Q1', span: 'quarter' })
    await replaceRecords(pool, [...records, ...late(7)])
    const kept = await readSpanFigures(pool, await make(), { quarter: '2024-Q1', span: 'quarter' })
    expect(kept).toEqual(before)
    await replaceRecords(pool, [...records, ...late(40)])
    const moved = await readSpanFigures(pool, await make(), { quarter: '2024-Q1', span: 'quarter' })
    expect(moved.whole.figures?.people).toBe(150)
    // What was hidden stays so: outside nobody is known of, and the three of the second quarter
    // stay hidden.
    const second = await readSpanFigures(pool, await make(), {
      quarter: '2024-Q2',
      span: 'quarter',
    })
    expect(second.services.find(({ code }) => code === 'talk-time')?.figures?.people).toBe('*')
  })
})

describe('a dashboard', () => {
  it('shows the latest release, or another with what took its place and what that changed', async () => {
    const releases = await listReleases(pool, { profile: 'programme' })
    const [latest, before] = releases
    if (latest === undefined || before === undefined) throw new Error('there are not two releases')
    const now = await openRelease(pool, { release: '', quarter: '2023-Q1' })
    expect(now).toMatchObject({ release: latest, quarter: latest.lastQuarter, earlier: before })
    if (!now.ok) throw new Error(now.code)
    expect(now.anew).toBeUndefined()
    const then = await openRelease(pool, { release: before.reference, quarter: '2024-Q1' })
    expect(then).toMatchObject({ release: before, quarter: '2024-Q1' })
    if (!then.ok) throw new Error(then.code)
    expect(then.anew).toMatchObject({ release: latest, revision: { supersedes: before } })
  })

  it('tells how services were used as it was printed, and of no file where none had come', async () => {
    const { whole } = await readSpanFigures(pool, release, { quarter: '2024-Q1', span: 'quarter' })
    const use = await readUse(pool, release, null)
    const first = use?.('2024-Q1')
    // Everybody who was reached had two contacts with one service, and nobody's use has ended.
    expect(first?.('quarter', 'contacts', '2-3')).toBe(whole.figures?.people)
    expect(first?.('quarter', 'ending', 'went-on')).toBe(whole.figures?.people)
    expect(first?.('quarter', 'declined', 'turned-down')).toBe(0)
    const silent = { kind: 'service', code: 'wise-meals' } as const
    expect(use?.('2024-Q2')('quarter', 'activities', 'took-part', silent)).toBeNull()
    expect(await readUse(pool, { ...release, use: undefined }, '2024-Q2')).toBeUndefined()
    const csv = Papa.parse<Record<string, string>>((await readReleaseCsv(pool, release)).slice(1), {
      header: true,
    }).data
    const ofUse = csv.filter(
      (row) => row['breakdown'] === 'contacts' && row['quarter'] === '2024-Q1',
    )
    expect(ofUse.map((row) => [row['span'], row['value'], row['people']])).toContainEqual([
      ...['quarter', '2 or 3 contacts', String(whole.figures?.people)],
    ])
    expect(csv.some((row) => row['breakdown'] === 'activities' && row['service_code'])).toBe(true)
  })
})

describe('the role that reads releases', () => {
  const asReader = <Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> =>
    withTransaction(pool, async (client) => {
      await client.query('set local role countonce_reader')
      return work(client)
    })

  it('[S21] reads releases and the register, and all that pages show of them', async () => {
    await asReader(async (client) => {
      const latest = await readRelease(client)
      if (latest === undefined) throw new Error('no release is seen')
      expect(
        (await readSpanFigures(client, latest, { quarter: '2024-Q2', span: 'year' })).services,
      ).toHaveLength(3)
      expect(await readTrend(client, latest, {})).toHaveLength(2)
      expect(await readReleaseCsv(client, latest)).toContain('Baby-Club')
      expect(await verifyRelease(client, latest)).toBe(true)
    })
  })

  it('[S21] cannot read one table that holds a person, nor write anything', async () => {
    const { rows } = await pool.query<{ relname: string; reads: boolean; writes: boolean }>(
      // Of a table or of one of its columns.
      `select relname, has_any_column_privilege('countonce_reader', oid, 'select') as reads,
         has_any_column_privilege('countonce_reader', oid, 'insert, update, references')
           or has_table_privilege('countonce_reader', oid, 'delete, truncate, trigger') as writes
       from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')`,
    )
    const readable = rows.filter(({ reads }) => reads).map(({ relname }) => relname)
    expect(readable.sort()).toEqual([
      'programme',
      'provider',
      'register_version',
      'release',
      'release_cell',
      'release_publication',
      'release_signature',
      'release_use_cell',
      'service',
      'strand',
      'ward',
    ])
    expect(rows.filter(({ writes }) => writes)).toEqual([])
    // Of who changed the register when it knows nothing.
    const { rows: columns } = await pool.query<{ attname: string }>(
      `select attname from pg_attribute where attrelid = 'register_version'::regclass and attnum > 0
         and not attisdropped and not has_column_privilege('countonce_reader', attrelid, attnum, 'select')`,
    )
    expect(columns.map(({ attname }) => attname)).toEqual(
      expect.arrayContaining(['changed_by', 'changed_at', 'reason']),
    )
    // What runs with the owner's rights reads what it likes.
    const { rows: functions } = await pool.query<{ proname: string }>(
      `select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace
         and has_function_privilege('countonce_reader', oid, 'execute')`,
    )
    expect(functions).toEqual([])
    for (const table of PERSONAL) {
      await expect(
        asReader((client) => client.query(`select from ${table} limit 1`)),
        table,
      ).rejects.toMatchObject({ detail: { state: '42501' } })
    }
    await expect(
      asReader((client) => client.query(`select append_audit('a', 'a.b', '', '{}')`)),
    ).rejects.toMatchObject({ detail: { state: '42501' } })
  })
})
