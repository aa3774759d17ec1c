import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { SCORECARD_INDICATORS } from '#core/measures/scorecard.ts'
import { readTargetRows, standingOf, type Target } from '#core/measures/targets.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import { listUnlistedWords } from '#core/mapping/words/unlisted-words.ts'
import { suggestMapping } from '#core/mapping/suggestions/suggest.ts'
import { openWithProposals } from '#core/preparation/open-prepared.ts'
import { openTable } from '#core/tabular/open-table.ts'
import type { Table } from '#core/tabular/table.ts'
import { mappingOf, renderFile } from '#demonstration/render-file.ts'
import type { ServiceFile } from '#demonstration/service-files.ts'
import { SERVICE_HABITS } from '#demonstration/service-habits.ts'
import { countTrueReach } from '#demonstration/truth.ts'
import {
  DEMONSTRATION_QUARTERS,
  type DemonstrationManifest,
  makeDemonstration,
  writeDemonstration,
} from '#demonstration/write-demonstration.ts'
import { checkFile } from '../core/checks/files.ts'
import leap from '#server/programme/register/leap.json' with { type: 'json' }

const OPTIONS = { seed: 1, people: 3_000 }
const { sent, left } = makeDemonstration(OPTIONS)
const all = [...sent, ...left]

async function opened(file: ServiceFile): Promise<{ table: Table; rows: (readonly string[])[] }> {
  const bytes = renderFile(file)
  const table = await openTable({
    name: 'demonstration',
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  })
  const rows: (readonly string[])[] = []
  for await (const batch of table.batches()) rows.push(...batch.rows)
  return { table, rows }
}

describe('the services', () => {
  test('are at least eight of at least four providers, as the register has them', () => {
    const registered = new Map(leap.services.map((service) => [service.code, service.provider]))
    for (const habit of SERVICE_HABITS)
      expect(registered.get(habit.service), habit.service).toBe(habit.provider)
    expect(SERVICE_HABITS.length).toBeGreaterThanOrEqual(8)
    expect(new Set(SERVICE_HABITS.map((habit) => habit.provider)).size).toBeGreaterThanOrEqual(4)
  })

  test('each have a habit of their own, and all shapes, formats and encodings occur', () => {
    const forms = SERVICE_HABITS.map(({ form }) =>
      form.kind === 'xlsx'
        ? 'xlsx'
        : `${form.encoding}${form.byteOrderMark ? ' marked' : ''} ${form.separator}`,
    )
    expect(new Set(forms).size).toBeGreaterThanOrEqual(6)
    expect(new Set(SERVICE_HABITS.map((habit) => habit.shape)).size).toBe(3)
    expect(new Set(SERVICE_HABITS.map((habit) => habit.dates)).size).toBeGreaterThanOrEqual(5)
    const contents = SERVICE_HABITS.map((habit) => habit.columns.map(([, content]) => content))
    expect(
      contents.filter((columns) => !columns.includes('nhs_number')).length,
    ).toBeGreaterThanOrEqual(1)
  })
})

describe('every file of the demonstration', () => {
  test.each(all.map((file) => [file.habit.service, file.quarter, file] as const))(
    '%s of %s reads back with every row and its mapping fits',
    async (_service, _quarter, file) => {
      const { table, rows } = await opened(file)
      expect(table.header).toEqual(file.habit.columns.map(([header]) => header))
      expect(rows.length).toBe(file.rows.length)
      expect(rows.filter((row) => row.every((cell) => cell === '')).length).toBe(
        file.rows.filter((row) => row === null).length,
      )
      expect(compileMapping(mappingOf(file.habit), table.header)).toMatchObject({ ok: true })
    },
  )

  test('has rows of the usual shapes: nothing is proposed about it', async () => {
    for (const file of all) {
      const bytes = renderFile(file)
      const source = {
        name: 'demonstration',
        size: bytes.length,
        read: (offset: number, length: number) =>
          Promise.resolve(bytes.subarray(offset, offset + length)),
      }
      const { proposals } = await openWithProposals({ source, choices: {}, quarter: file.quarter })
      expect(proposals, file.habit.service).toEqual([])
    }
  })

  test('is mapped with certainty where no mapping file goes with it', async () => {
    for (const file of all.filter(({ habit }) => !habit.needsMapping)) {
      const { table, rows } = await opened(file)
      const wanted = mappingOf(file.habit)
      const { mapping } = suggestMapping({
        header: table.header,
        sampleRows: rows,
        quarter: file.quarter,
        receipt: table.receipt,
      })
      expect(mapping.columns, file.habit.service).toEqual(wanted.columns)
      expect(mapping.shape).toBe(wanted.shape)
      expect(mapping.split ?? {}).toEqual(wanted.split ?? {})
    }
  })

  test.each([60, 700])('asks for nothing to be confirmed, with %i people', async (people) => {
    for (const file of makeDemonstration({ seed: 1, people }).sent) {
      const given = file.habit.needsMapping ? mappingOf(file.habit) : {}
      const options = { quarter: file.quarter, mapping: given }
      const { refused, stops } = await checkFile(renderFile(file), options)
      expect(['', 'no-rows'], file.habit.service).toContain(refused)
      expect(
        stops.filter((stop) => stop.includes(' confirm ')),
        `${file.habit.service} ${file.quarter}`,
      ).toEqual([])
    }
  })

  test.each([60, 700, 3_000])(
    'left for a visitor asks what its words mean, and no other does, with %i people',
    async (people) => {
      const demonstration = makeDemonstration({ seed: 1, people })
      const asked = new Map<string, readonly string[]>()
      for (const file of demonstration.left) {
        const { table, rows } = await opened(file)
        const { mapping } = suggestMapping({
          header: table.header,
          sampleRows: rows,
          quarter: file.quarter,
          receipt: table.receipt,
        })
        const unlisted = await listUnlistedWords((await opened(file)).table, mapping)
        asked.set(
          file.habit.service,
          unlisted.flatMap(({ field, words }) => words.map(({ word }) => `${field}: ${word}`)),
        )
      }
      expect(asked.get('natural-thinkers')).toEqual([])
      expect(asked.get('family-nutrition')).toContain('status: With us')
      expect(asked.get('family-nutrition')).toSatisfy((words: string[]) =>
        words.every((word) => word.startsWith('status: ')),
      )
    },
  )

  test('keeps the accents its encoding has and loses no letter altogether', async () => {
    const file = all.find(({ habit }) => habit.service === 'baby-steps')
    if (file === undefined) throw new Error('baby-steps is missing')
    const { table, rows } = await opened(file)
    expect(table.receipt.encoding).toBe('windows-1252')
    const surnames = rows.map((row) => row[table.header.indexOf("Child's Surname")] ?? '')
    expect(surnames.some((name) => /[À-ÿ]/.test(name))).toBe(true)
    expect(surnames.join('')).not.toMatch(/[?\uFFFD]/)
  })

  test('holds NHS numbers as numbers, and births as dates, where it is a workbook', async () => {
    const file = all.find(({ habit }) => habit.service === 'family-nutrition')
    if (file === undefined) throw new Error('family-nutrition is missing')
    const { table, rows } = await opened(file)
    const births = rows
      .map((row) => row[table.header.indexOf('Date of birth')] ?? '')
      .filter((cell) => cell !== '')
    expect(births.every((birth) => /^20[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(birth))).toBe(true)
    const numbers = rows
      .map((row) => row[table.header.indexOf('NHS number')] ?? '')
      .filter((cell) => cell !== '')
    expect(numbers.filter((number) => /^[0-9]{10}$/.test(number)).length).toBeGreaterThan(
      0.95 * numbers.length,
    )
  })
})

describe('the file left with mistakes', () => {
  test('has a row without reference, a birth that is no day and a reference used twice', () => {
    const file = left.find(({ habit }) => habit.service === 'natural-thinkers')
    const rows = (file?.rows ?? []).filter((row) => row !== null)
    expect(rows.filter((row) => row.client_ref === '').length).toBe(1)
    expect(rows.filter((row) => row.date_of_birth === '2021-02-30').length).toBe(1)
    const first = rows.filter((row) => row.client_ref === rows[0]?.client_ref)
    expect(new Set(first.map((row) => row.date_of_birth)).size).toBeGreaterThan(1)
  })
})

describe('the folder', () => {
  let folder: string
  let manifest: DemonstrationManifest

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'countonce-demonstration-'))
    ;({ manifest } = await writeDemonstration(folder, OPTIONS))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('has every file the manifest lists, and no other', async () => {
    const listed = [
      ...[...manifest.files, ...(manifest.further ?? []), ...manifest.leftOver].flatMap((file) => [
        file.file,
        file.mapping ?? file.file,
      ]),
      manifest.postcodes,
      manifest.postcodeDirectory,
      manifest.truth,
      manifest.trueReach,
      'populations.csv',
      'targets.csv',
      manifest.trueActivities,
      manifest.trueScores,
      'manifest.json',
    ]
    const found = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = found
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    expect(files.sort()).toEqual([...new Set(listed)].sort())
  })

  test('aims at something for every indicator of every service and quarter, with people in what it aims at', async () => {
    const csv = await readFile(path.join(folder, manifest.targets ?? ''), 'utf8')
    const rows = csv.trimEnd().split('\n')
    const services = new Set(SERVICE_HABITS.map(({ service }) => service))
    const read = readTargetRows(
      rows.map((row) => row.trimEnd().split(',')),
      services,
    )
    const wanted = [...services].flatMap((service) =>
      DEMONSTRATION_QUARTERS.flatMap((quarter) =>
        SCORECARD_INDICATORS.map(({ code }) => `${service} ${quarter} ${code}`),
      ),
    )
    const found = read.ok
      ? read.targets.map(({ service, quarter, indicator }) => `${service} ${quarter} ${indicator}`)
      : read.problems
    expect(found.toSorted()).toEqual(wanted.toSorted())
    // Some are met and some are not: a page shows both.
    const trueReach = countTrueReach(
      sent.flatMap(({ truth }) => truth),
      ['service', 'quarter'],
    )
    const standings = trueReach.cells.map(({ service, quarter, people }) => {
      const own = (one: Target): boolean => one.service === service && one.quarter === quarter
      const target = read.ok
        ? read.targets.find((one) => own(one) && one.indicator === 'reached')?.value
        : undefined
      return standingOf('reached', people, target ?? undefined)
    })
    expect(new Set(standings)).toEqual(new Set(['met', 'not met']))
  })

  test('is the same to the byte for the same seed, and another for another', async () => {
    const again = await mkdtemp(path.join(tmpdir(), 'countonce-demonstration-'))
    const other = await mkdtemp(path.join(tmpdir(), 'countonce-demonstration-'))
    await writeDemonstration(again, OPTIONS)
    await writeDemonstration(other, { ...OPTIONS, seed: 2 })
    for (const { file } of [...manifest.files, ...manifest.leftOver]) {
      const bytes = await readFile(path.join(folder, file))
      expect(bytes.equals(await readFile(path.join(again, file))), file).toBe(true)
      expect(bytes.equals(await readFile(path.join(other, file))), file).toBe(false)
    }
    await rm(again, { recursive: true })
    await rm(other, { recursive: true })
  })

  test('knows whose each reference is, once', async () => {
    const lines = (await readFile(path.join(folder, 'truth.csv'), 'utf8')).trimEnd().split('\n')
    expect(lines.shift()).toBe('service,client_ref,person')
    const references = lines.map((line) => line.slice(0, line.lastIndexOf(',')))
    expect(new Set(references).size).toBe(references.length)
    for (const line of lines) expect(line).toMatch(/^[a-z0-9-]+,[^,]+,P[0-9]{6}$/)
    const known = new Set(references)
    for (const file of sent) {
      for (const row of file.rows) {
        if (row !== null)
          expect(known.has(`${file.habit.service},${row.client_ref ?? ''}`)).toBe(true)
      }
    }
  })

  test('places every postcode once, in one of the programme’s wards or outside', async () => {
    const [header, ...lines] = (await readFile(path.join(folder, 'postcodes.csv'), 'utf8'))
      .trimEnd()
      .split('\n')
    expect(header).toBe('postcode,ward,imd_decile,in_area')
    const wards = new Set(['', ...leap.wards.map((ward) => ward.code)])
    const postcodes = lines.map((line) => line.split(','))
    expect(new Set(postcodes.map(([postcode]) => postcode)).size).toBe(postcodes.length)
    for (const [postcode = '', ward = '-', decile, inArea] of postcodes) {
      expect(postcode).toMatch(/^S[EW][0-9]{1,2} [0-9][ABD-HJLNP-UW-Z]{2}$/)
      expect(wards.has(ward)).toBe(true)
      expect(Number(decile)).toBeGreaterThanOrEqual(1)
      expect(inArea).toBe(ward === '' ? 'no' : 'yes')
    }
  })
})
