import { expect, test } from 'vitest'
import fc from 'fast-check'
import { CarrierRoom, FirstCarriers, RecordSets } from '#server/linkage/links/record-sets.ts'

const VALUES = fc.array(fc.tuple(fc.integer(), fc.integer({ min: -3, max: 3 })), { maxLength: 200 })

/** Which records carry a value that another carries too, as a map says it. */
function joinedByMap(values: readonly (readonly [number, number])[]): number[] {
  const sets = new RecordSets(values.length)
  const first = new Map<string, number>()
  for (const [index, [high, low]] of values.entries()) {
    const key = `${high} ${low}`
    sets.join(first.get(key) ?? index, index)
    if (!first.has(key)) first.set(key, index)
  }
  return values.map((_, index) => sets.find(index))
}

test('values in a room that was used before meet as in a new one', () => {
  fc.assert(
    fc.property(fc.array(VALUES, { minLength: 1, maxLength: 4 }), (passes) => {
      const room = new CarrierRoom(Math.max(...passes.map(({ length }) => length)))
      for (const values of passes) {
        const carriers = new FirstCarriers(values.length, room)
        const sets = new RecordSets(values.length)
        for (const [index, [high, low]] of values.entries())
          sets.join(carriers.meet(high, low, index), index)
        expect(values.map((_, index) => sets.find(index))).toEqual(joinedByMap(values))
      }
    }),
  )
})

test('a room that is too small is refused', () => {
  expect(() => new FirstCarriers(1_000_000, new CarrierRoom(10))).toThrow(RangeError)
})
