import type pg from 'pg'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPool } from '#server/platform/db/pool.ts'
import { readRelease } from '#server/figures/releases/list-releases.ts'
import { makeRelease } from '#server/figures/releases/make-release.ts'
import { readReleaseCsv } from '#server/figures/releases/release-csv.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'
import { inventProgramme } from './invented-programme.ts'
import { insertRegister, replaceRecords } from './invented-records.ts'

/**
 * An outsider who has every release's published table and docs/releases.md, and nothing else: what
 * follows is written from these, and shares no code with what makes or repairs a release.
 */

type Row = Record<string, string>
type Range = [least: number, greatest: number]

const MEASURES = ['people', 'children', 'adults', 'families', 'new', 'returning']

function nameOf(row: Row, measure: string): string {
  const scope = row['service_code'] || (row['strand_code'] ? `strand ${row['strand_code']}` : 'all')
  const place = row['ward_code'] || row['place'] || ''
  return [row['quarter'], row['span'], scope, place, row['breakdown'], row['value'], measure].join(
    '/',
  )
}

class Outsider {
  readonly ranges = new Map<string, Range>()
  readonly hidden = new Set<string>()
  readonly #printed = new Map<string, string>()
  #equations: { total: string; parts: string[]; overlaps: boolean }[] = []

  /** Reads a release after those before it, and works out what it can. */
  read(csv: string): void {
    const rows = Papa.parse<Row>(csv.slice(1), { header: true, skipEmptyLines: true }).data
    this.ranges.clear()
    this.hidden.clear()
    this.#equations = []
    for (const row of rows) {
      for (const measure of row['breakdown'] === '' ? MEASURES : ['people']) {
        const value = row[measure] ?? ''
        if (value === '') continue
        const name = nameOf(row, measure)
        const before = this.#printed.get(name)
        if (value === '*') {
          if (before === undefined || before === '*') this.hidden.add(name)
          this.ranges.set(name, [before === '*' ? 0 : 1, Infinity])
        } else {
          const figure = Number(value)
          // A published value stays unless more than seven people came or went.
          const kept = before === value ? 7 : 0
          const fresh: Range = figure === 0 ? [0, kept] : [Math.max(8, figure - 2), figure + 2]
          this.ranges.set(
            name,
            kept > 0 && figure > 0 ? [Math.max(0, figure - 9), figure + 9] : fresh,
          )
        }
        this.#printed.set(name, value)
      }
    }
    this.#relate(rows)
    for (let turn = 0; turn < 100; turn++) if (!this.#tighten()) break
  }

  /** The hidden figures that are left fewer than five values. */
  told(): string[] {
    return [...this.hidden].filter((name) => {
      const [least, greatest] = this.ranges.get(name) ?? [0, Infinity]
      return greatest - least < 4
    })
  }

  #relate(rows: readonly Row[]): void {
    const isTable = (row: Row): boolean => row['breakdown'] === ''
    const groups = Map.groupBy(rows.filter(isTable), (row) =>
      [row['quarter'], row['span'], row['service_code'], row['strand_code']].join('/'),
    )
    for (const of of groups.values()) {
      const at = (place: string): Row[] => of.filter((row) => row['place'] === place)
      const wards = of.filter((row) => row['ward_code'] !== '')
      const inArea = at('In the area, ward not known')
      const away = [...at('Outside the area'), ...at('Address not known')]
      for (const measure of MEASURES) {
        for (const [whole, parts] of [
          [at('The programme’s area')[0], [...wards, ...inArea]],
          [at('Everywhere')[0], [...at('The programme’s area'), ...away]],
        ] as const) {
          if (whole === undefined) continue
          this.#equate(
            nameOf(whole, measure),
            parts.map((part) => nameOf(part, measure)),
          )
        }
      }
    }
    for (const row of rows.filter(isTable)) {
      const name = (measure: string): string => nameOf(row, measure)
      this.#equate(name('people'), [name('new'), name('returning')])
      this.#equate(name('people'), [name('children'), name('adults')], true)
    }
    const places = Map.groupBy(rows.filter(isTable), (row) =>
      [row['quarter'], row['span'], row['place'], row['ward_code']].join('/'),
    )
    for (const of of places.values()) {
      const strands = of.filter((row) => row['strand_code'] !== '' && row['service_code'] === '')
      for (const measure of MEASURES.slice(0, 4)) {
        for (const strand of strands) {
          const services = of.filter(
            (row) => row['service_code'] !== '' && row['strand_code'] === strand['strand_code'],
          )
          this.#equate(
            nameOf(strand, measure),
            services.map((row) => nameOf(row, measure)),
            true,
          )
        }
        const [all] = of.filter((row) => row['strand_code'] === '' && row['service_code'] === '')
        if (all === undefined) continue
        this.#equate(
          nameOf(all, measure),
          strands.map((row) => nameOf(row, measure)),
          true,
        )
      }
    }
  }

  #equate(total: string, parts: string[], overlaps = false): void {
    const known = [total, ...parts].every((name) => this.ranges.has(name))
    if (known && parts.length > 0) this.#equations.push({ total, parts, overlaps })
  }

  /** Narrows every range by every equation once; whether any changed. */
  #tighten(): boolean {
    let changed = false
    const at = (name: string): Range => this.ranges.get(name) ?? [0, Infinity]
    const narrow = (name: string, least: number, greatest: number): void => {
      const [low, high] = at(name)
      if (least <= low && greatest >= high) return
      this.ranges.set(name, [Math.max(low, least), Math.min(high, greatest)])
      changed = true
    }
    for (const { total, parts, overlaps } of this.#equations) {
      const sum = (end: 0 | 1): number => parts.reduce((all, part) => all + at(part)[end], 0)
      const [least, greatest] = [sum(0), sum(1)]
      const fewest = Math.max(...parts.map((part) => at(part)[0]))
      narrow(total, overlaps ? fewest : least, greatest)
      for (const part of parts) {
        const others =
          greatest === Infinity && at(part)[1] === Infinity
            ? parts.filter((other) => other !== part).reduce((all, other) => all + at(other)[1], 0)
            : greatest - at(part)[1]
        const room = overlaps ? at(total)[1] : at(total)[1] - (least - at(part)[0])
        narrow(part, at(total)[0] - others, room)
      }
    }
    return changed
  }
}

let database: TestDatabase
let pool: pg.Pool

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openPool(database.url)
  await insertRegister(pool)
})

afterAll(async () => {
  await pool.end()
  await database.drop()
})

async function publish(lastQuarter: '2024-Q1' | '2024-Q2'): Promise<string> {
  const made = await makeRelease(pool, { profile: 'programme', actor: 'test', lastQuarter })
  if (!made.ok) throw new Error(made.code)
  const release = await readRelease(pool, { reference: made.reference })
  if (release === undefined) throw new Error('the release is not there')
  return readReleaseCsv(pool, release)
}

describe('an outsider', () => {
  it('[S53] who has every release, with a correction and a withdrawal between them, is told no hidden figure', async () => {
    const records = inventProgramme()
    const outsider = new Outsider()
    const steps = [
      ['2024-Q1', records],
      ['2024-Q2', records],
      // Three people more are found to have been there, and a service's file is taken back.
      ['2024-Q2', records.filter((_, number) => number % 40 !== 7)],
      ['2024-Q2', records.filter(({ service }) => service !== 'wise-meals')],
    ] as const
    let hidden = 0
    for (const [quarter, of] of steps) {
      await replaceRecords(pool, [...of])
      outsider.read(await publish(quarter))
      hidden += outsider.hidden.size
      expect(outsider.told()).toEqual([])
    }
    expect(hidden).toBeGreaterThan(50)
  })

  it('finds what is told where nothing was repaired: wards of 8, 8 and 1 people', () => {
    const outsider = new Outsider()
    const head = `quarter,span,service,service_code,strand_code,place,ward_code,breakdown,value,people`
    const line = (place: string, ward: string, people: string): string =>
      `2024-Q1,quarter,All services,,,${place},${ward},,,${people}`
    const lines = [
      ...[line('Everywhere', '', '15'), line('The programme’s area', '', '15')],
      ...[line('East', 'east', '10'), line('North', 'north', '10'), line('West', 'west', '*')],
    ]
    outsider.read(`\uFEFF${[head, ...lines].join('\n')}`)
    expect(outsider.told()).toHaveLength(1)
  })
})
