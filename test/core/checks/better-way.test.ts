import { expect, test } from 'vitest'
import { betterWay } from '#core/checks/better-way.ts'

test.each([
  ['a few rows', { read: 200, rows: 3, kinds: [1, 1, 1] }, 'here', /few rows/],
  ['sixty rows', { read: 200, rows: 60, kinds: [20, 20, 20] }, 'here', /few rows/],
  ['more rows of many kinds', { read: 200, rows: 61, kinds: [21, 20, 20] }, 'in-file', /many rows/],
  ['many rows of one kind', { read: 9_000, rows: 1_200, kinds: [1_200] }, 'here', /replace/],
  ['too many to be seen to', { read: 90_000, rows: 20_000, kinds: [20_000] }, 'in-file', /many/],
  ['a whole column', { read: 40, rows: 38, kinds: [38] }, 'in-file', /same fault/],
  ['a whole column of many', { read: 900, rows: 800, kinds: [800, 3] }, 'in-file', /same fault/],
  ['every row by different faults', { read: 40, rows: 40, kinds: [20, 20] }, 'here', /few rows/],
  ['every row of a small file', { read: 10, rows: 10, kinds: [10] }, 'here', /few rows/],
] as const)('for %s', (_, found, way, why) => {
  expect(betterWay(found)).toMatchObject({ way, why: expect.stringMatching(why) as string })
})
