import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GROUPINGS, measureReach, type ReachedRow } from '#core/reach/measure.ts'

const row = (own: Partial<ReachedRow>): ReachedRow => ({
  beneficiary: 1,
  family: null,
  upper: own.beneficiary ?? 1,
  lower: own.beneficiary ?? 1,
  nhs: null,
  service: 's',
  ward: 'w',
  quarter: '2024-Q1',
  strand: 't',
  role: 'child',
  ...own,
})

describe('measuring reach', () => {
  it('counts nobody where nobody was reached', () => {
    const none = { children: 0, adults: 0, families: 0, people: 0, lower: 0, upper: 0 }
    expect(measureReach([], ['service'])).toEqual({ unique: none, cells: [] })
  })

  it('counts somebody who is a child here and a parent there among both, and once among people', () => {
    const { unique, cells } = measureReach(
      [row({ family: 1 }), row({ role: 'parent', service: 'u', family: 1 })],
      ['service'],
    )
    expect(unique).toEqual({ children: 1, adults: 1, families: 1, people: 1, lower: 1, upper: 1 })
    expect(cells.map(({ by, children, adults }) => [by, children, adults])).toEqual([
      [['s'], 1, 0],
      [['u'], 0, 1],
    ])
  })

  it('counts a doubtful company as one for the lower bound, but each of its NHS numbers', () => {
    const doubtful = [1, 2, 3].map((beneficiary) => row({ beneficiary, lower: 1 }))
    expect(measureReach(doubtful, []).unique).toMatchObject({ people: 3, lower: 1 })
    const numbered = doubtful.map((own, index) => ({ ...own, nhs: index === 0 ? null : index }))
    expect(measureReach(numbered, []).unique).toMatchObject({ people: 3, lower: 2 })
  })

  it('counts for the upper bound only what is certainly one person', () => {
    expect(measureReach([row({ upper: 1 }), row({ upper: 2 })], []).unique).toMatchObject({
      people: 1,
      upper: 2,
    })
  })

  it('keeps cells apart whose codes run together', () => {
    const { cells } = measureReach(
      [row({ service: 'a","b', ward: 'c' }), row({ service: 'a', ward: 'b","c' })],
      ['service', 'ward'],
    )
    expect(cells).toHaveLength(2)
  })
})

/**
 * Rows as linkage can give them: an upper person has one beneficiary, a beneficiary one family and
 * one lower component.
 */
const worlds = fc
  .array(
    fc.record({
      upper: fc.nat(11),
      numbered: fc.boolean(),
      service: fc.constantFrom('s', 't', 'u'),
      ward: fc.constantFrom('', 'v', 'w'),
      quarter: fc.constantFrom('2024-Q1', '2024-Q2'),
      strand: fc.constantFrom('x', 'y'),
      role: fc.constantFrom<ReachedRow['role'][]>('child', 'parent', 'adult'),
    }),
    { maxLength: 40 },
  )
  .map((drawn) =>
    drawn.map(({ numbered, ...own }): ReachedRow => {
      const beneficiary = Math.floor(own.upper / 2)
      return {
        ...own,
        beneficiary,
        family: beneficiary % 3 === 0 ? null : beneficiary % 3,
        lower: Math.floor(beneficiary / 2),
        nhs: numbered && beneficiary !== 0 ? Math.ceil(beneficiary / 2) : null,
      }
    }),
  )

describe('reach always', () => {
  it('[S49] lies between the largest cell and the sum of the cells, and within its bounds', () => {
    fc.assert(
      fc.property(worlds, fc.subarray([...GROUPINGS], { minLength: 1 }), (rows, grouping) => {
        const { unique, cells } = measureReach(rows, grouping)
        for (const figure of [
          'people',
          'children',
          'adults',
          'families',
          'lower',
          'upper',
        ] as const) {
          const values = cells.map((cell) => cell[figure])
          expect(unique[figure]).toBeGreaterThanOrEqual(Math.max(0, ...values))
          expect(unique[figure]).toBeLessThanOrEqual(values.reduce((sum, value) => sum + value, 0))
        }
        for (const { people, lower, upper, children, adults } of [unique, ...cells]) {
          expect(lower).toBeLessThanOrEqual(people)
          expect(people).toBeLessThanOrEqual(upper)
          expect(people).toBeLessThanOrEqual(children + adults)
          expect(Math.max(children, adults)).toBeLessThanOrEqual(people)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(worlds, fc.subarray([...GROUPINGS]), (rows, grouping) => {
        expect(measureReach([...rows].reverse(), grouping)).toEqual(measureReach(rows, grouping))
      }),
    )
  })
})
