import fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  cellNumber,
  layOutLattice,
  MEASURES,
  SPANS,
  type Lattice,
} from '#core/disclosure/lattice.ts'
import { breakdownCell, breakdownPlaces } from '#core/disclosure/own-breakdowns.ts'
import { isAspect } from '#core/disclosure/released-use.ts'
import { openPool, withTransaction } from '#server/platform/db/pool.ts'
import { countLattice, countOwnBreakdowns } from '#server/figures/releases/count-lattice.ts'
import { readReleaseLists } from '#server/figures/releases/release-lists.ts'
import { run } from '#server/platform/db/run.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'
import {
  insertRegister,
  replaceRecords,
  STRAND_OF,
  WARDS,
  type InventedRecord,
} from './invented-records.ts'
import { cellWords, countLiterally } from './literal-lattice.ts'

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

const QUARTERS = ['2023-Q4', '2024-Q1', '2024-Q2', '2024-Q3', '2024-Q4', '2025-Q1']

/**
 * Records as linkage can leave them: an upper person has one beneficiary, a beneficiary one family
 * and one lower component.
 */
const worlds = fc.array(
  fc.record({
    upper: fc.noBias(fc.nat(30)),
    numbered: fc.boolean(),
    service: fc.constantFrom(...Object.keys(STRAND_OF)),
    ward: fc.constantFrom(...WARDS, 'elsewhere', null),
    inArea: fc.constantFrom<InventedRecord['inArea'][]>('yes', 'no', 'unknown'),
    quarter: fc.constantFrom(...QUARTERS),
    role: fc.constantFrom<InventedRecord['role'][]>('child', 'parent', 'adult'),
    gender: fc.constantFrom<InventedRecord['gender'][]>('F', 'M', 'X', 'unknown'),
    ethnicity: fc.constantFrom('A', 'M', 'Z', null),
    birth: fc.constantFrom(
      '2024-06',
      '2023-07',
      '2025-12',
      '2019-01',
      '2009',
      '1990',
      '1950',
      null,
    ),
    contacts: fc.constantFrom(0, 1, 5),
    status: fc.constantFrom(...(['active', 'completed', 'left_early', 'declined'] as const)),
    attended: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60, size: 'max' },
)

function recordsOf(world: Drawn): InventedRecord[] {
  return world.map(({ numbered, ...own }) => {
    const beneficiary = Math.floor(own.upper / 2)
    return {
      ...own,
      beneficiary,
      family: beneficiary % 3 === 0 ? null : beneficiary % 5,
      lower: Math.floor(beneficiary / 2),
      nhs: numbered && beneficiary % 4 !== 0 ? Math.ceil(beneficiary / 2) : null,
    }
  })
}
type Drawn = readonly (Omit<InventedRecord, 'beneficiary' | 'family' | 'lower' | 'nhs'> & {
  readonly numbered: boolean
})[]

async function countIn(
  last: '2025-Q1',
): Promise<{ lattice: Lattice; counts: Int32Array; own: Int32Array } | undefined> {
  return withTransaction(pool, async (client) => {
    const lists = await readReleaseLists(client, last)
    if (lists === undefined) return undefined
    const lattice = layOutLattice(lists)
    const { counts } = await countLattice(client, lattice)
    const { services } = lists
    const strand = services[0]?.strand
    const together = [...services.keys()].filter((one) => services[one]?.strand === strand)
    return { lattice, counts, own: await countOwnBreakdowns(client, lattice, [[0], together]) }
  })
}

describe('the lattice of a release', () => {
  it('[S56] always counts in every cell what its definition counts in memory, of a provider alone as well', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const records = recordsOf(world)
        await replaceRecords(pool, records)
        const counted = await countIn('2025-Q1')
        if (counted === undefined) throw new Error('nothing was counted')
        const { lattice, counts, own } = counted
        const wrong: string[] = []
        for (const [group, described] of lattice.groups.entries()) {
          for (const [quarter, name] of lattice.lists.quarters.entries()) {
            for (const [span, spanName] of SPANS.entries()) {
              for (const [measure, measureName] of MEASURES.entries()) {
                if (described.attribute !== '' && measureName !== 'people') continue
                const found = counts[cellNumber(lattice, group, quarter, span, measure)]
                const wanted = countLiterally(records, described, name, spanName, measureName)
                if (found !== wanted) {
                  wrong.push(
                    `${cellWords(lattice, group, name, spanName, measureName)}: ${found} for ${wanted}`,
                  )
                }
              }
            }
          }
        }
        // The same of who used the first service, or any of its strand: what a provider counts of its own people.
        const [first] = lattice.lists.services
        for (const at of breakdownPlaces(lattice)) {
          const described = lattice.groups[at.group]
          if (described === undefined) continue
          const quarter = lattice.lists.quarters[at.quarter] ?? ''
          for (const [owner, scope] of (['service', 'strand'] as const).entries()) {
            const scopeCode = (scope === 'service' ? first?.code : first?.strand) ?? ''
            // How services were used the provider counts by its own records; who somebody is, all say.
            const counted = isAspect(described.attribute)
              ? records.filter(
                  ({ service }) =>
                    scopeCode === (scope === 'service' ? service : STRAND_OF[service]),
                )
              : records
            const group = isAspect(described.attribute)
              ? described
              : { ...described, scope, scopeCode }
            const wanted = countLiterally(counted, group, quarter, at.span, 'people')
            const found = own[breakdownCell(lattice, owner, at)]
            if (found !== wanted) {
              wrong.push(
                `${scope} ${described.attributeValue} ${quarter} ${at.span}: ${found} for ${wanted}`,
              )
            }
          }
        }
        expect(wrong).toEqual([])
      }),
      { numRuns: 12 },
    )
  }, 180_000)

  it('[S56] counts scores of a provider alone by what its own services saw, of all by the last change', async () => {
    const person = (beneficiary: number, service: string): InventedRecord => ({
      ...{ beneficiary, upper: beneficiary, lower: beneficiary, family: null, nhs: null, service },
      ...{ ward: null, inArea: 'yes', quarter: '2024-Q2', role: 'child', gender: 'F' },
      ...{ ethnicity: null, birth: null, contacts: 1 },
    })
    const seen = [person(1, 'baby-club'), person(1, 'wise-meals'), person(2, 'wise-meals')]
    await replaceRecords(pool, seen)
    await pool.query(
      `insert into score (record_id, submission_id, instrument, sub_scale, time_point, day, thousandths)
       select record_id, submission_id, 'w', '', point, day, thousandths
       from (values (1, 'baseline', date '2024-04-01', 10), (1, 'exit', date '2024-05-01', 20),
         (2, 'baseline', date '2024-04-01', 20), (2, 'exit', date '2024-06-01', 10), (3, 'baseline', date '2024-04-01', 5))
         as given (record_id, point, day, thousandths)
       join record r on r.id = record_id`,
    )
    const scale = { instrument: 'w', sub_scale: '' }
    const windows = ['baseline', 'exit'].map((point) => ({ ...scale, point }))
    const rows = await withTransaction(pool, async (client) => {
      const lists = await readReleaseLists(client, '2024-Q2')
      if (lists === undefined) throw new Error('nothing was counted')
      await countLattice(client, layOutLattice(lists))
      const numberOf = (service: string): number =>
        lists.services.findIndex(({ code }) => code === service)
      const members = ['baby-club', 'wise-meals', 'baby-club', 'wise-meals']
      return run(client, 'releases/count-scores', [
        ...(['production', '2024-Q1', '2024-Q2'] as const),
        JSON.stringify([{ ...scale, direction: 1, by: 1 }]),
        JSON.stringify(windows),
        ...([[0, 0, 1, 2], members.map(numberOf), members] as const),
      ])
    })
    await pool.query('delete from score')
    const told = rows.toSorted((one, other) => one.owner - other.owner)
    expect(
      told.map(({ scored, paired, improved, worse }) => [scored, paired, improved, worse]),
    ).toEqual([
      [2, 1, 0, 1],
      [1, 1, 1, 0],
      [2, 1, 0, 1],
    ])
  })
})
