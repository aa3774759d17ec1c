import { createHash } from 'node:crypto'
import { parquetReadObjects } from 'hyparquet'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fewestAlike, rareFamilies } from '#core/research/extract.ts'
import {
  fetchExtract,
  listProjects,
  listRemovals,
  noteDestruction,
  openProject,
  readProject,
} from '#server/figures/extracts/research-projects.ts'
import { hasExpired } from '#server/figures/extracts/research-extracts.ts'
import { openExtract } from '#server/figures/extracts/sealed-extract.ts'
import { sweepResearch } from '#server/figures/extracts/sweep-research.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { askExtract } from '#server/jobs/acts/extract-acts.ts'
import { makeBackupKey } from '#server/keys/backup-key.ts'
import { openSecrets } from '#server/keys/key-places.ts'
import { takeLinkingLock, withTransaction } from '#server/platform/db/pool.ts'
import { freshFor } from '../../identity/approvals/fresh-for.ts'
import { child, children, csv, mothers } from '../../intake/submissions/small-files.ts'
import { figures, holdings, take } from '../../intake/submissions/small-programme.ts'
import { TraceFinder } from '../../intake/submissions/traces.ts'
import {
  approveAct,
  carryThrough,
  doAct,
  find,
  makeOfficers,
  OFFICER,
  openRequest,
  SECOND,
  typedOf,
} from '../../jobs/carrying-out/rights-setting.ts'
import { openTestProgramme, type TestProgramme } from '../../setup/open-programme.ts'
import {
  agree,
  ask,
  bytesOf,
  filesOf,
  give,
  here,
  openResearch,
  rowsOf,
  WANTED,
} from './research-setting.ts'

const ANALYST = { ...OFFICER, userId: 'U-ANALYST', role: 'analyst' } as const
const YEAR = 366 * 24 * 60 * 60 * 1000

let programme: TestProgramme
let project: string

beforeAll(async () => {
  programme = await openTestProgramme()
  const { store } = programme
  await makeOfficers(store)
  await take(store, { bytes: csv([...children(0, 16), ...mothers(0, 16)]) })
  await take(store, { bytes: csv(children(6, 12)), service: 'toy-library' })
  project = await openResearch(here(store), '2099-01-01')
}, 120_000)

afterAll(() => programme.close())

/** Until so many wait for a lock that somebody holds. */
async function waiting(pool: pg.Pool, many: number): Promise<void> {
  await expect
    .poll(async () => {
      const { rows } = await pool.query<{ many: number }>(
        `select count(*)::int as many from pg_locks where locktype = 'advisory' and not granted
           and database = (select oid from pg_database where datname = current_database())`,
      )
      return rows[0]?.many
    })
    .toBe(many)
}

const today = (): string => new Date().toISOString().slice(0, 10)

describe('an extract for researchers', () => {
  test('[S44] holds whoever was reached once, every combination five times, and says what that cost', async () => {
    const { store } = programme
    const variables = ['kind', 'birth', 'family', 'certainty'] as const
    const extract = await give(store, project, { variables })
    const files = await filesOf(store, extract)
    const rows = rowsOf(files['data.csv'])
    const view = await readProject(here(store), OFFICER, project)
    if (!view.ok) throw new Error(view.code)
    const made = view.extracts[0]?.made
    expect(made?.rows).toBe(rows.length)
    expect(rows.length + (made?.leftOut ?? 0)).toBe((await figures(store)).unique.people)
    expect(fewestAlike(rows)).toBeGreaterThanOrEqual(5)
    expect(rareFamilies(rows, 5)).toBe(0)
    expect(files['README.txt']).toContain(`${((made?.loss ?? 2) * 100).toFixed(1)} %`)
    // A twin of the same shape that is about nobody, a codebook, a dictionary and checksums.
    const twin = rowsOf(files['twin.csv'])
    expect(twin).toHaveLength(rows.length)
    const real = new Set(rows.map(([person]) => person))
    expect(twin.filter(([person]) => real.has(person))).toEqual([])
    for (const word of new Set(rows.flatMap((row) => row.slice(2)))) {
      expect(files['codebook.csv']).toContain(word)
    }
    const dictionary = JSON.parse(files['datapackage.json'] ?? '') as {
      readonly resources: readonly { readonly schema: { readonly fields: { name: string }[] } }[]
    }
    expect(dictionary.resources[0]?.schema.fields.map(({ name }) => name)).toEqual([
      ...['person', 'family', 'kind', 'birth', 'family-size', 'certainty'],
    ])
    const bytes = await bytesOf(store, extract)
    for (const line of (files['SHA256SUMS'] ?? '').trim().split('\n')) {
      const [digest = '', name = ''] = line.split('  ')
      expect(
        createHash('sha256')
          .update(bytes[name] ?? '')
          .digest('hex'),
      ).toBe(digest)
    }
    // The same rows as Parquet, as another program reads it.
    const readParquet = async (name: string) => {
      const parquet = bytes[name] ?? new Uint8Array()
      const read = await parquetReadObjects({ file: parquet.slice().buffer })
      return read.map((row) => Object.values<string>(row))
    }
    const read = await readParquet('data.parquet')
    expect(read).toEqual(rows)
    expect(await readParquet('twin.parquet')).toEqual(twin)
    // Counted by another program than made them.
    for (const table of [rows, read]) {
      const alike = Map.groupBy(table, (row) => JSON.stringify(row.slice(2))).values()
      for (const some of alike) expect(some.length).toBeGreaterThanOrEqual(5)
    }
  })

  test('[S44] shares no pseudonym with another, be it of the same project or of the same person', async () => {
    const { store } = programme
    const other = await openResearch(here(store), '2099-01-01')
    const extracts = [
      await give(store, project),
      await give(store, project),
      await give(store, other),
    ]
    const names = await Promise.all(
      extracts.map(async (extract) =>
        rowsOf((await filesOf(store, extract))['data.csv']).flatMap((row) =>
          row.slice(0, 2).filter((name) => name !== ''),
        ),
      ),
    )
    const people = names.map((each) => new Set(each))
    expect(new Set(names.flat()).size).toBe(people.reduce((sum, { size }) => sum + size, 0))
  })

  test('[S44] tells nothing that was typed of anybody, nor a pseudonym of the store', async () => {
    const { store } = programme
    const files = await filesOf(store, await give(store, project))
    const { rows } = await store.pool.query<{ told: string }>(
      `select concat_ws(' ', b.reference, replace(r.child_pseudonym::text, '-', '')) as told from beneficiary b
       join link l on l.beneficiary_id = b.id join record r on r.id = l.record_id`,
    )
    const finder = new TraceFinder(
      [
        ...rows.flatMap(({ told }) => told.split(' ')),
        ...[1, 5, 9].flatMap((n) =>
          [
            ...[
              child(n).first_name,
              child(n).nhs_number,
              child(n).postcode,
              child(n).date_of_birth,
            ],
          ].map((value) => value ?? ''),
        ),
      ].filter((value) => value !== ''),
    )
    for (const [name, text] of Object.entries(files)) {
      expect([name, finder.search(Buffer.from(text))]).toEqual([name, []])
    }
  })

  test('is opened by its environment alone', async () => {
    const { store } = programme
    const extract = await give(store, project)
    const fetched = await fetchExtract(here(store), OFFICER, extract)
    if (!fetched.ok) throw new Error(fetched.code)
    const { sealed } = fetched
    expect(() => openExtract(makeBackupKey(), extract, sealed)).toThrow(/keys-damaged/)
    const cut = sealed.subarray(0, 40)
    expect(() => openExtract(makeBackupKey(), extract, cut)).toThrow(/keys-damaged/)
  })

  test('[S20] takes two people, a fresh code of each, and exactly what was asked for', async () => {
    const { store } = programme
    const at = here(store)
    const fresh = freshFor(OFFICER, askingAct('research-extract'), at.now())
    const wanted = { ...WANTED, project }
    expect(await askExtract(at, ANALYST, wanted, fresh)).toMatchObject({ code: 'not-found' })
    expect(await askExtract(at, SECOND, wanted, fresh)).toMatchObject({ code: 'code-needed' })
    await expect(agree(at, project, {}, OFFICER)).rejects.toThrow('own-request')
    expect(await listProjects(at, ANALYST)).toEqual([])
    expect(await readProject(at, ANALYST, project)).toMatchObject({ code: 'not-found' })
    // What was asked of fewer people than any combination takes is not made.
    const few = await agree(at, project, { firstQuarter: '2023-Q1', lastQuarter: '2023-Q2' })
    expect(await doAct(store, few.act)).toBe('research-too-few')
    expect(await fetchExtract(at, OFFICER, few.extract)).toMatchObject({ code: 'not-found' })
  })
})

describe('who leaves', () => {
  test('[S63] is named to every project that has them, by its own pseudonym, and is in no later extract', async () => {
    const { store } = programme
    const first = await give(store, project, { variables: ['kind'] })
    const before = rowsOf((await filesOf(store, first))['data.csv'])
    await carryThrough(store, 'erasure', typedOf(child(7)))
    await carryThrough(store, 'restriction', typedOf(child(8)))
    const told = await listRemovals(here(store), SECOND, first)
    if (!told.ok) throw new Error(told.code)
    expect(told.removals).toHaveLength(2)
    for (const { pseudonym } of told.removals) {
      expect(before.map(([person]) => person)).toContain(pseudonym)
    }
    // What is sealed and has them is fetched no more; what is made later has them not.
    expect(await fetchExtract(here(store), OFFICER, first)).toMatchObject({ code: 'research-gone' })
    const later = rowsOf(
      (await filesOf(store, await give(store, project, { variables: ['kind'] })))['data.csv'],
    )
    expect(later).toHaveLength(before.length - 2)
    expect((await holdings(store)).auditIsWhole).toBe(true)
  })

  test('[S63] is in no extract that was searched for meanwhile, which does not keep them waiting', async () => {
    const { store } = programme
    const { extract, act } = await agree(here(store), project, { variables: ['kind'] })
    const request = await openRequest(store, 'erasure')
    await find(store, request, typedOf(child(9)))
    const erasing = await approveAct(store, request)
    // One after another they wait for the lock of linking: the reading for the extract, the erasure, and what was read.
    const ended = await withTransaction(store.pool, async (client) => {
      await takeLinkingLock(client, 'production')
      const making = doAct(store, act)
      await waiting(store.pool, 1)
      const erased = doAct(store, erasing)
      await waiting(store.pool, 2)
      return [making, erased]
    })
    expect(await Promise.all(ended)).toEqual(['done', 'done'])
    const { rows } = await store.pool.query<{ event: string }>(
      `select event from audit_event where subject = any ($1) and event in ('research.made', 'rights.carried-out') order by seq`,
      [[extract, request]],
    )
    expect(rows.map(({ event }) => event)).toEqual(['rights.carried-out', 'research.made'])
    const told = await listRemovals(here(store), OFFICER, extract)
    expect(told).toMatchObject({ ok: true, removals: [] })
    const reached = (await figures(store)).unique.people
    expect(rowsOf((await filesOf(store, extract))['data.csv'])).toHaveLength(reached)
  })
})

describe('a project', () => {
  test('is written down whole: with an approval, an end to come, and a key that is one', async () => {
    const at = here(programme.store)
    const view = await readProject(at, OFFICER, project)
    if (!view.ok) throw new Error(view.code)
    const { title, purpose, people, legalBasis, environment, recipient, endsOn, approvals } =
      view.project
    const whole = { title, purpose, people, legalBasis }
    const given = { ...whole, environment, recipient, endsOn, approvals }
    for (const wrong of [
      { approvals: [] },
      { approvals: [{ givenBy: 'Board', givenOn: '2098-01-01' }] },
      { endsOn: today() },
      { recipient: 'no key' },
      { people: [] },
    ]) {
      expect(await openProject(at, OFFICER, { ...given, ...wrong })).toMatchObject({
        code: 'not-found',
      })
    }
    for (const telling of [
      { title: 'The child of 07700 900611' },
      { purpose: 'Whoever lives at SE15 4HN' },
      { environment: 'gwen@example.org' },
      { people: ['Ro, a university', '943 476 5919'] },
      { approvals: [{ givenBy: 'Ro, 07700 900611', givenOn: '2024-01-05' }] },
    ]) {
      expect(await openProject(at, OFFICER, { ...given, ...telling })).toMatchObject({
        code: 'research-identifier',
      })
    }
    const numbered = [
      { givenBy: 'Ethics board, 24/LO/0123, project 289451', givenOn: '2024-01-05' },
    ]
    expect(await openProject(at, OFFICER, { ...given, approvals: numbered })).toMatchObject({
      ok: true,
    })
    expect(await openProject(at, ANALYST, given)).toMatchObject({ code: 'not-found' })
  })

  test('that has ended is given nothing, however it asks, and nothing that was agreed before is made', async () => {
    const { store } = programme
    const soon = new Date(Date.now() + 2 * YEAR).toISOString().slice(0, 10)
    const short = await openResearch(here(store), soon)
    const { act } = await agree(here(store), short)
    const later = { ...here(store), now: () => new Date(Date.now() + 3 * YEAR) }
    expect(await ask(later, short)).toMatchObject({ code: 'research-over' })
    await store.pool.query(
      `update research_project set ends_on = current_date - 1 where reference = $1`,
      [short],
    )
    expect(await doAct(store, act)).toBe('research-over')
  })

  test('ends what it was given: the file is fetched no more and its certificate is due, whatever the extract’s own day', async () => {
    const { store } = programme
    const own = await openResearch(here(store), '2099-01-01')
    const extract = await give(store, own)
    expect((await fetchExtract(here(store), OFFICER, extract)).ok).toBe(true)
    await store.pool.query(
      `update research_project set ends_on = current_date - 1 where reference = $1`,
      [own],
    )
    expect(await fetchExtract(here(store), OFFICER, extract)).toMatchObject({
      code: 'research-gone',
    })
    const view = await readProject(here(store), OFFICER, own)
    const [given] = view.ok ? view.extracts : []
    expect(given !== undefined && hasExpired(given, today())).toBe(true)
  })

  test('is given no more while something expired is not certified as destroyed; with the certificate who was in it and, at its end, the key go', async () => {
    const { store } = programme
    const own = await openResearch(here(store), '2099-01-01')
    const extract = await give(store, own)
    const nameOfKey = `research-${own.toLowerCase()}`
    const secrets = await openSecrets(store, 'worker')
    expect(await secrets.read(nameOfKey)).toHaveLength(32)
    const later = { ...here(store), now: () => new Date(Date.now() + 2 * YEAR) }
    expect(await ask(later, own)).toMatchObject({ code: 'research-not-destroyed' })
    const certificate = { extract, on: today(), by: 'Ro', how: 'erased' } as const
    expect(
      await noteDestruction(here(store), OFFICER, { ...certificate, on: '2020-01-01' }),
    ).toMatchObject({ code: 'not-found' })
    expect(await noteDestruction(here(store), ANALYST, certificate)).toMatchObject({
      code: 'not-found',
    })
    expect(await noteDestruction(here(store), OFFICER, certificate)).toMatchObject({ ok: true })
    expect(await noteDestruction(here(store), OFFICER, certificate)).toMatchObject({
      code: 'not-found',
    })
    const { rows } = await store.pool.query(
      `select count(*)::int as members from research_member m join research_extract e on e.id = m.extract_id where e.reference = $1`,
      [extract],
    )
    expect(rows).toEqual([{ members: 0 }])
    expect(await fetchExtract(here(store), OFFICER, extract)).toMatchObject({
      code: 'research-gone',
    })
    expect((await ask(later, own)).ok).toBe(true)
    await store.pool.query(
      `update research_project set ends_on = current_date - 1 where reference = $1`,
      [own],
    )
    expect((await sweepResearch(store, new Date())).keys).toBeGreaterThan(0)
    expect(await secrets.read(nameOfKey)).toBeUndefined()
    expect((await sweepResearch(store, new Date())).keys).toBe(0)
  })

  test('fetches what is sealed for it within thirty days', async () => {
    const { store } = programme
    const extract = await give(store, project)
    const in31Days = new Date(Date.now() + 31 * 24 * 60 * 60 * 1000)
    expect((await sweepResearch(store, new Date())).files).toBe(0)
    expect((await sweepResearch(store, in31Days)).files).toBeGreaterThan(0)
    expect(await fetchExtract(here(store), OFFICER, extract)).toMatchObject({
      code: 'research-gone',
    })
  })
})
