import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ComponentNumbers, IdList } from '#server/reach/mark-numbers.ts'

test('a list gives what was added since the last time', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(2 ** 31 - 1), { maxLength: 3000 })), (turns) => {
      const list = new IdList()
      for (const ids of turns) {
        for (const id of ids) list.add(id)
        expect([...list.take()]).toEqual(ids)
      }
    }),
  )
})

test('an NHS number has one number in each component, and no two pairs have the same', () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 })))
  fc.assert(
    fc.property(pairs, (drawn) => {
      const numbers = new ComponentNumbers(20)
      const pairOf = new Map<number, string>()
      for (const [nhs, component] of [...drawn, ...drawn]) {
        const number = numbers.numberOf(nhs, component)
        expect(pairOf.get(number) ?? `${nhs} ${component}`).toBe(`${nhs} ${component}`)
        pairOf.set(number, `${nhs} ${component}`)
      }
      expect(pairOf.size).toBe(new Set(drawn.map(([nhs, component]) => `${nhs} ${component}`)).size)
    }),
  )
})
