import { expect, test } from 'vitest'
import { betterWay } from '#core/checks/better-way.ts'

test.each([
  [{ rows: 3, kinds: 3 }, 'here'],
  [{ rows: 60, kinds: 9 }, 'here'],
  [{ rows: 61, kinds: 3 }, 'in-file'],
  [{ rows: 1_200, kinds: 1 }, 'here'],
  [{ rows: 20_000, kinds: 1 }, 'in-file'],
] as const)('for %j the better way is %s', (counts, way) => {
  expect(betterWay(counts)).toBe(way)
})
