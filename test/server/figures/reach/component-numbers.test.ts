import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ComponentNumbers } from '#server/figures/reach/component-numbers.ts'

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
