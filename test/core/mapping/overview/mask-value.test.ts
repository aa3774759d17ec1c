import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskValue } from '#core/mapping/overview/mask-value.ts'

test.each([
  ['Amara', 'A••••'],
  ['O’Neil-Smith', 'O’••••-•••••'],
  ['03/02/2021', '0•/••/••••'],
  ['999 000 0018', '9•• ••• ••••'],
  ['parent@mail.example', 'p•••••@••••.•••••••'],
  ['Zoë', 'Z••'],
  ['  ', ''],
])('masks %j as %j', (value, masked) => {
  expect(maskValue(value)).toBe(masked)
})

test('shows one letter or digit of any value and no more', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      const shown = Array.from(maskValue(value)).filter((character) =>
        /[\p{L}\p{N}]/u.test(character),
      )
      expect(shown.length).toBeLessThanOrEqual(1)
    }),
  )
})
