import type pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Profile } from '#core/disclosure/settings.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { readRelease } from '#server/figures/releases/list-releases.ts'
import { makeRelease } from '#server/figures/releases/make-release.ts'
import { readReleaseCsv } from '#server/figures/releases/release-csv.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'
import { inventProgramme } from './invented-programme.ts'
import { insertRegister, replaceRecords, type InventedRecord } from './invented-records.ts'
import { Outsider } from './outsider/outsider.ts'
import { solve } from './outsider/solve.ts'

/** Of a machine that is busy with other tests: the solver alone may take as long as the usual limit. */
const PATIENCE = 600_000

/** The invented programme, each test its own: what was released once is released for ever. */
let database: TestDatabase
let pool: pg.Pool

beforeEach(async () => {
  database = await createTestDatabase()
  pool = openPool(database.url)
  await insertRegister(pool)
})

afterEach(async () => {
  await pool.end()
  await database.drop()
})

async function publish(
  lastQuarter: '2024-Q1' | '2024-Q2',
  profile: Profile = 'programme',
): Promise<string> {
  const made = await makeRelease(pool, { profile, actor: 'test', lastQuarter })
  if (!made.ok) throw new Error(made.code)
  const release = await readRelease(pool, { reference: made.reference })
  if (release === undefined) throw new Error('the release is not there')
  return readReleaseCsv(pool, release)
}

/**
 * Children of one service and quarter by ward. Of 11, 8 and 1 both releases are safe by themselves; together they say
 * that the second ward has 8 to 10, and that the last has 1 to 3.
 */
function peopleOfWards(wards: Readonly<Record<string, number>>): InventedRecord[] {
  const [first] = inventProgramme()
  if (first === undefined) throw new Error('no record')
  return Object.entries(wards)
    .flatMap(([ward, count]) => Array.from({ length: count }, () => ward))
    .map((ward, number) => {
      const person = 1000 + number
      return {
        ...first,
        beneficiary: person,
        upper: person,
        lower: person,
        family: person,
        nhs: person,
        ward,
      }
    })
}

describe('an outsider', () => {
  it(
    '[S53] who has every release, with a correction and a withdrawal between them, is told no hidden figure, by an integer programme',
    async () => {
      const records = inventProgramme()
      const outsider = new Outsider(7)
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
        const { told, open, asked } = await solve(outsider)
        expect({ told, open }).toEqual({ told: [], open: [] })
        expect(asked).toBeGreaterThanOrEqual(outsider.hidden.size)
      }
      expect(hidden).toBeGreaterThan(50)
    },
    PATIENCE,
  )

  it.each([
    ['programme', 'public'],
    ['public', 'programme'],
  ] as const)(
    '[S53] who has the release for the programme and that for the public is told nothing by both together, the first for the %s',
    async (...order) => {
      await replaceRecords(pool, peopleOfWards({ east: 11, north: 8, west: 1 }))
      const outsiders = { programme: new Outsider(7), public: new Outsider(10) }
      for (const profile of order) outsiders[profile].read(await publish('2024-Q1', profile))
      const outsider = outsiders.programme
      outsider.meet(outsiders.public)
      expect(outsider.hidden.size).toBeGreaterThan(0)
      expect(outsider.told()).toEqual([])
      const { told, open } = await solve(outsider)
      expect({ told, open }).toEqual({ told: [], open: [] })
    },
    PATIENCE,
  )

  it('finds what is told where nothing was repaired: wards of 8, 8 and 1 people', () => {
    const outsider = new Outsider(7)
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

  it('finds by the integer programme what narrowing does not: two sums that share a hidden ward', async () => {
    const outsider = new Outsider(7)
    outsider.ranges.set('a', [1, 9]).set('b', [1, 9]).set('c', [1, 9])
    for (const name of ['a', 'b', 'c']) outsider.hidden.add(name)
    // a + b = b + c = a + c = 6: narrowing leaves 1 to 5 of each, and each is 3.
    for (const [one, other] of ['ab', 'bc', 'ac']) {
      const terms = [one, other].map((name) => ({ name: name ?? '', sign: 1 as const }))
      outsider.relations.push({ terms, least: 6, greatest: 6 })
    }
    outsider.narrow()
    expect(outsider.told()).toEqual([])
    const { told } = await solve(outsider)
    expect(told).toEqual(['a', 'b', 'c'].map((name) => `${name}: 3 to 3`))
  })
})
