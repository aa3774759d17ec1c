import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  attributeGroupNumber,
  cellNumber,
  FIRST_WARD,
  groupNumber,
  layOutLattice,
  MEASURE,
  SPAN,
  type Measure,
} from '#core/disclosure/lattice.ts'
import {
  addStart,
  addYear,
  countNew,
  emptyCounts,
  type LatticeCounts,
} from '#core/disclosure/lattice-counts.ts'
import {
  differencesOf,
  HIDDEN_CELL,
  printLattice,
  readCell,
  UNPUBLISHED_CELL,
} from '#core/disclosure/print-lattice.ts'
import { candidatesIn, differenceInterval } from '#core/disclosure/printed.ts'
import { DISCLOSURE_SETTINGS, type Profile } from '#core/disclosure/settings.ts'
import { LISTS, SMALL } from './lattices.ts'

const { programme } = DISCLOSURE_SETTINGS
const DIFFERENCES = [...differencesOf(SMALL)]

interface Use {
  readonly service: number
  readonly ward: number
  readonly year: number
  readonly mask: number
  readonly count: number
  readonly adult: boolean
}

/** Counts of groups of people who each used one service in one ward. */
function countsOf(uses: readonly Use[]): LatticeCounts {
  const counts = emptyCounts(SMALL)
  for (const { service, ward, year, mask, count, adult } of uses) {
    const strand = service === 2 ? 1 : 0
    const first = year * 4 + Math.log2(mask & -mask)
    for (const [level, scope] of [
      [0, 0],
      [1, strand],
      [2, service],
    ] as const) {
      for (const place of [0, 1, FIRST_WARD + ward]) {
        const group = groupNumber(SMALL, level, scope, place)
        const measures: Measure[] = ['people', 'lower', 'upper', adult ? 'adults' : 'children']
        for (const measure of measures) {
          addYear(SMALL, counts, group, measure, { year, mask, count })
          addStart(SMALL, counts, group, measure, { quarter: first, count })
        }
      }
    }
  }
  countNew(SMALL, counts)
  return counts
}

const uses = fc.array(
  fc
    .record({
      service: fc.nat(2),
      ward: fc.nat(2),
      when: fc.constantFrom(
        ...[4, 8, 12].map((mask) => ({ year: 2023, mask })),
        ...[1, 2, 3, 4, 5, 6, 7].map((mask) => ({ year: 2024, mask })),
      ),
      count: fc.integer({ min: 1, max: 14 }),
      adult: fc.boolean(),
    })
    .map(({ when, ...use }): Use => ({ ...use, ...when })),
  { minLength: 1, maxLength: 12 },
)

function cell(
  level: number,
  scope: number,
  place: number,
  quarter: string,
  span: keyof typeof SPAN,
  measure: Measure,
): number {
  const group = groupNumber(SMALL, level, scope, place)
  return cellNumber(
    SMALL,
    group,
    LISTS.quarters.indexOf(quarter as '2024-Q1'),
    SPAN[span],
    MEASURE[measure],
  )
}

describe('the lattice', () => {
  it('numbers every cell once, in the order of its groups', () => {
    const numbers = new Set<number>()
    for (const [level, scopes] of [
      [0, 1],
      [1, 2],
      [2, 3],
    ] as const) {
      for (let scope = 0; scope < scopes; scope++) {
        for (let place = 0; place < FIRST_WARD + 3; place++) {
          numbers.add(groupNumber(SMALL, level, scope, place))
        }
      }
    }
    for (const attribute of ['age-band', 'gender', 'ethnicity'] as const) {
      for (const value of LISTS.values[attribute].keys()) {
        const number = attributeGroupNumber(SMALL, attribute, value)
        expect(SMALL.groups[number]).toMatchObject({
          attribute,
          attributeValue: LISTS.values[attribute][value],
        })
        numbers.add(number)
      }
    }
    expect([...numbers].sort((a, b) => a - b)).toEqual([...SMALL.groups.keys()])
    expect(SMALL.groups[groupNumber(SMALL, 2, 1, FIRST_WARD + 2)]).toMatchObject({
      scope: 'service',
      scopeCode: 'talk-time',
      place: 'ward',
      placeCode: 'west',
    })
  })

  it('knows of each group what it is part of', () => {
    const wholes = (group: number): number[] =>
      SMALL.parts.filter(([, part]) => part === group).map(([whole]) => whole)
    const group = groupNumber(SMALL, 2, 1, FIRST_WARD)
    expect(wholes(group).sort((a, b) => a - b)).toEqual(
      [
        groupNumber(SMALL, 2, 1, 1),
        groupNumber(SMALL, 2, 1, 0),
        groupNumber(SMALL, 0, 0, FIRST_WARD),
        groupNumber(SMALL, 1, 0, FIRST_WARD),
      ].sort((a, b) => a - b),
    )
    expect(wholes(attributeGroupNumber(SMALL, 'gender', 0))).toEqual([0])
  })

  it('counts new people of a year, and those who return within it, from one release alone', () => {
    const counts = countsOf([
      { service: 0, ward: 0, year: 2024, mask: 0b011, count: 30, adult: false },
      { service: 0, ward: 1, year: 2024, mask: 0b010, count: 20, adult: false },
      { service: 0, ward: 0, year: 2023, mask: 0b1000, count: 9, adult: true },
    ])
    const at = (quarter: string, measure: Measure): number | undefined =>
      counts.counts[cell(0, 0, 0, quarter, 'quarter', measure)]
    expect(at('2024-Q1', 'new')).toBe(30)
    expect(at('2024-Q1', 'returning')).toBe(0)
    expect(at('2024-Q2', 'people')).toBe(50)
    expect(at('2024-Q2', 'new')).toBe(20)
    expect(at('2024-Q2', 'returning')).toBe(30)
    expect(counts.counts[cell(0, 0, 0, '2024-Q2', 'start', 'people')]).toBe(59)
  })
})

describe('printing a lattice', () => {
  it('[S52] always prints 0, a multiple of 5 from 10 on, or nothing', () => {
    fc.assert(
      fc.property(uses, fc.constantFrom<Profile[]>('programme', 'public'), (drawn, profile) => {
        const printed = printLattice(SMALL, countsOf(drawn), DISCLOSURE_SETTINGS[profile])
        for (const value of printed) {
          if (value !== HIDDEN_CELL && value !== 0 && (value < 10 || value % 5 !== 0)) {
            throw new Error(`printed ${value}`)
          }
        }
      }),
    )
  })

  it('[S53] always leaves every difference of two printed figures that is truly small five values', () => {
    fc.assert(
      fc.property(uses, fc.constantFrom<Profile[]>('programme', 'public'), (drawn, profile) => {
        const settings = DISCLOSURE_SETTINGS[profile]
        const counts = countsOf(drawn)
        const printed = printLattice(SMALL, counts, settings)
        for (const { whole, part } of DIFFERENCES) {
          const difference = (counts.counts[whole] ?? 0) - (counts.counts[part] ?? 0)
          if (difference < 1 || difference > settings.threshold) continue
          const left = differenceInterval(
            readCell(printed[whole] ?? 0),
            readCell(printed[part] ?? 0),
            settings,
          )
          if (candidatesIn(left) < 5) throw new Error(`${candidatesIn(left)} values are left`)
        }
      }),
    )
  })

  it('hides one of two figures for the public where both say 11 or 12, and the later of two dates', () => {
    const group = { service: 0, ward: 0, year: 2024, adult: false }
    const counts = countsOf([
      { ...group, mask: 0b001, count: 11 },
      { ...group, mask: 0b010, count: 1 },
    ])
    const printed = printLattice(SMALL, counts, DISCLOSURE_SETTINGS.public)
    expect(printed[cell(0, 0, 0, '2024-Q1', 'year', 'people')]).toBe(10)
    expect(printed[cell(0, 0, 0, '2024-Q2', 'year', 'people')]).toBe(HIDDEN_CELL)
  })

  it('always hides the bounds of a hidden figure, and never lets them cross a shown one', () => {
    fc.assert(
      fc.property(uses, (drawn) => {
        const counts = countsOf(drawn)
        const printed = printLattice(SMALL, counts, programme)
        for (const [group] of SMALL.groups.entries()) {
          if (SMALL.groups[group]?.attribute !== '') continue
          const at = (measure: Measure): number =>
            printed[cellNumber(SMALL, group, 4, SPAN.year, MEASURE[measure])] ?? 0
          if (at('people') === HIDDEN_CELL) {
            // No record in doubt is nothing to hide.
            const isHidden = at('doubtful') === HIDDEN_CELL || at('doubtful') === 0
            if (!isHidden || at('lower') !== HIDDEN_CELL || at('upper') !== HIDDEN_CELL)
              throw new Error(`a bound of hidden group ${group} is shown`)
          } else if (at('lower') > at('people') || at('upper') < at('people')) {
            throw new Error(`a bound of group ${group} crosses it`)
          }
        }
      }),
    )
  })

  it('[S55] keeps a quarter, its year to date and its new people together when a late file adds seven', () => {
    const before = [{ service: 0, ward: 0, year: 2024, mask: 0b001, count: 30, adult: false }]
    const late = [
      ...before,
      { service: 0, ward: 0, year: 2024, mask: 0b001, count: 7, adult: false },
    ]
    const published = printLattice(SMALL, countsOf(before), programme)
    const again = printLattice(SMALL, countsOf(late), programme, published)
    expect(again).toEqual(published)
    const unpublished = new Int32Array(SMALL.cells).fill(UNPUBLISHED_CELL)
    expect(printLattice(SMALL, countsOf(late), programme, unpublished)).not.toEqual(published)
  })

  it('refuses settings that would print somebody as nobody', () => {
    const counts = emptyCounts(layOutLattice(LISTS))
    expect(() => printLattice(SMALL, counts, { threshold: 1, base: 5, candidates: 5 })).toThrow(
      RangeError,
    )
  })
})

describe('known leaks', () => {
  it('of a quarter with 12 people and a year to date with 13 are stopped: 10 and 15 leave 1 to 9 new', () => {
    const group = { service: 0, ward: 0, year: 2024, adult: false }
    const printed = printLattice(
      SMALL,
      countsOf([
        { ...group, mask: 0b001, count: 12 },
        { ...group, mask: 0b010, count: 1 },
      ]),
      programme,
    )
    expect(printed[cell(0, 0, 0, '2024-Q1', 'year', 'people')]).toBe(10)
    expect(printed[cell(0, 0, 0, '2024-Q2', 'year', 'people')]).toBe(15)
    expect(printed[cell(0, 0, 0, '2024-Q2', 'quarter', 'new')]).toBe(HIDDEN_CELL)
  })
})
