import { expect, test } from 'vitest'
import { quarterWords, shortQuarterWords } from '#core/standard/quarter.ts'

test('names the months of a financial quarter, at length and in short', () => {
  expect(quarterWords('2024-Q1')).toBe('April to June 2024')
  expect(shortQuarterWords('2024-Q1')).toBe('Apr–Jun 2024')
  expect(shortQuarterWords('2024-Q4')).toBe('Jan–Mar 2025')
})
