import Papa from 'papaparse'
import type pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Profile } from '#core/disclosure/settings.ts'
import { readRelease } from '#server/figures/releases/list-releases.ts'
import { makeRelease } from '#server/figures/releases/make-release.ts'
import { readReleaseCsv } from '#server/figures/releases/release-csv.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { inventProgramme } from '../server/figures/releases/invented-programme.ts'
import {
  insertRegister,
  replaceRecords,
  type InventedRecord,
} from '../server/figures/releases/invented-records.ts'
import { Outsider } from '../server/figures/releases/outsider/outsider.ts'
import { solve } from '../server/figures/releases/outsider/solve.ts'
import { createTestDatabase, type TestDatabase } from '../server/setup/database.ts'

/** Small numbers are worked out from what a release prints: from its sums, from two of its quarters, from one's own clients. */

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

const QUARTERS = ['2024-Q1', '2024-Q2'] as const
/** Of a machine that is busy with other tests: the solver alone may take as long as the usual limit. */
const PATIENCE = 600_000
/** Of whoever is hidden behind fewer values than this something is told. */
const LEFT = 5

async function publish(lastQuarter: (typeof QUARTERS)[number], profile: Profile): Promise<string> {
  const made = await makeRelease(pool, { profile, actor: 'test', lastQuarter })
  if (!made.ok) throw new Error(made.code)
  const release = await readRelease(pool, { reference: made.reference })
  if (release === undefined) throw new Error('the release is not there')
  return readReleaseCsv(pool, release)
}

interface Group {
  readonly people: number
  readonly ward: string
  readonly quarter: string
  readonly service?: string
}

/** So many children of each group, none of them in two. */
function childrenOf(groups: readonly Group[]): InventedRecord[] {
  const [pattern] = inventProgramme()
  if (pattern === undefined) throw new Error('no record')
  let person = 1000
  return groups.flatMap(({ people, ...group }) =>
    Array.from({ length: people }, () => {
      person += 1
      const who = { beneficiary: person, upper: person, lower: person, family: person, nhs: person }
      return { ...pattern, ...who, ...group }
    }),
  )
}

test.each([
  [8, 8, 1],
  [12, 12, 7],
  [41, 2, 2],
])(
  'attack 16: [S53] of wards with %i, %i and %i people every sum, and a quarter less the one before, is tried: no small number is left fewer than five values',
  async (east, north, west) => {
    const outsider = new Outsider(7)
    let hidden = 0
    for (const [turn, quarter] of QUARTERS.entries()) {
      // In the next quarter each ward has one more: whoever takes one from the other is after that one.
      await replaceRecords(
        pool,
        childrenOf(
          QUARTERS.slice(0, turn + 1).flatMap((of, later) => [
            { people: later === 0 ? east : 1, ward: 'east', quarter: of },
            { people: later === 0 ? north : 1, ward: 'north', quarter: of },
            { people: later === 0 ? west : 1, ward: 'west', quarter: of },
          ]),
        ),
      )
      outsider.read(await publish(quarter, 'programme'))
      hidden += outsider.hidden.size
      expect(outsider.told()).toEqual([])
      const { told, open } = await solve(outsider)
      expect({ told, open }).toEqual({ told: [], open: [] })
    }
    expect(hidden).toBeGreaterThan(0)
  },
  PATIENCE,
)

test.each([
  ...[[41, 1] as const, [40, 2] as const, [39, 3] as const],
  ...[[46, 1] as const, [45, 2] as const, [41, 5] as const, [41, 7] as const],
])(
  'attack 17: [S56] a provider takes its own %i clients from every total, where the others are %i: five values are left, or the total is withheld',
  async (own, others) => {
    await pool.query(`insert into provider values ('council', 'Council')`)
    await pool.query(`update service set provider_code = 'council' where code <> 'baby-club'`)
    await replaceRecords(
      pool,
      childrenOf([
        { people: own, ward: 'east', quarter: '2024-Q1', service: 'baby-club' },
        { people: others, ward: 'east', quarter: '2024-Q1', service: 'talk-time' },
      ]),
    )
    const csv = await publish('2024-Q1', 'programme')
    const rows = Papa.parse<Record<string, string>>(csv.slice(1), {
      header: true,
      skipEmptyLines: true,
    }).data
    const told: string[] = []
    let withheld = 0
    for (const row of rows) {
      // Of all services, or of the strand that both are in.
      if (row['service_code'] !== '') continue
      for (const measure of ['people', 'children', 'families', 'new', 'lower', 'upper']) {
        const printed = row[measure] ?? ''
        if (printed === '*') withheld += 1
        // What prints as many as its own, rounded to five, has all of them in it.
        if (printed === '*' || Number(printed) < own - 2) continue
        const least = Math.max(0, Number(printed) - 2 - own)
        const values = Number(printed) + 2 - own - least + 1
        if (values < LEFT) told.push(`${JSON.stringify(row)} ${measure}`)
      }
    }
    expect(told).toEqual([])
    // What is rounded down to the provider’s own, or nearly, leaves too few; what is rounded up leaves enough.
    expect(withheld > 0).toBe((own + others) % 5 <= 2 && others < 4)
  },
)
