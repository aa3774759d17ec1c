import { expect, test } from 'vitest'
import { drawSparkline } from '#core/charts/sparkline.ts'

test('a small line is read out as its values, and ends where nothing is known', () => {
  const svg = drawSparkline('Reached', [3, 5, null, 4, 4])
  expect(svg).toContain("aria-label='Reached: 3, 5, no file, 4, 4'")
  expect(svg.match(/<line/g)).toHaveLength(2)
  // The least stands lowest, and the last has the larger mark.
  expect(svg).toContain("cx='4' cy='24' r='2'")
  expect(svg).toContain("cx='92' cy='14' r='4'")
})

test.each([[[]], [[null, null]], [[7]], [[2, 2]]])(
  '%j has no place that is no number',
  (values) => {
    expect(drawSparkline('Reached', values)).not.toMatch(/NaN|Infinity/)
  },
)
