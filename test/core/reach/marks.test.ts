import fc from 'fast-check'
import { expect, test } from 'vitest'
import { measureMarks, overlapMarks, writeMarks, type MarkedCell } from '#core/reach/marks.ts'
import { GROUPINGS, measureReach, type Grouping, type ReachedRow } from '#core/reach/measure.ts'
import { measureOverlap } from '#core/reach/overlap.ts'

const some = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values)
const rows: fc.Arbitrary<ReachedRow[]> = fc.array(
  fc.record({
    // Large ones need several bytes, and more room than there is at first.
    beneficiary: fc.oneof(fc.nat(40), fc.nat(3_000_000)),
    family: fc.option(fc.nat(20)),
    upper: fc.nat(60),
    lower: fc.nat(30),
    nhs: fc.option(fc.nat(5)),
    service: some('a', 'b', 'c'),
    ward: some('', 'w', 'x'),
    quarter: some('2024-Q1', '2024-Q2'),
    strand: some('s', 't'),
    role: fc.constantFrom('child', 'parent', 'adult'),
  }),
  { maxLength: 120 },
)

/** Rows of each value of all groupings, as marks. */
function mark(all: readonly ReachedRow[], grouping: readonly Grouping[]): MarkedCell[] {
  const groups = Map.groupBy(all, (row) => JSON.stringify(GROUPINGS.map((name) => row[name])))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const numbered = group.filter(({ nhs }) => nhs !== null)
    return {
      by: grouping.map((name) => first[name]),
      role: first.role,
      service: first.service,
      marks: {
        people: writeMarks(group.map(({ beneficiary }) => beneficiary)),
        families: writeMarks(group.flatMap(({ family }) => family ?? [])),
        uppers: writeMarks(group.map(({ upper }) => upper)),
        lowers: writeMarks(group.map(({ lower }) => lower)),
        numbered: writeMarks(numbered.map(({ lower }) => lower)),
        numbers: writeMarks(numbered.map(({ lower, nhs }) => lower * 10 + Number(nhs))),
      },
    }
  })
}

test('marks come to what their rows come to, by whatever they are grouped', () => {
  fc.assert(
    fc.property(rows, fc.uniqueArray(fc.constantFrom(...GROUPINGS)), (all, grouping) => {
      expect(measureMarks(mark(all, grouping))).toEqual(measureReach(all, grouping))
    }),
  )
})

test('marks come to the overlaps of their rows', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const cells = mark(all, ['service']).map(({ by: [service = ''], marks: { people } }) => ({
        service,
        people,
      }))
      expect(overlapMarks(cells)).toEqual(measureOverlap(all))
    }),
  )
})

test('marks of a thousand people one after another take a byte each', () => {
  expect(writeMarks(Array.from({ length: 1000 }, (_, index) => 999 - index))).toHaveLength(1000)
  expect([...writeMarks([0, 5, 5, 200])]).toEqual([0, 4, 0xc2, 1])
})
