import { expect, test } from 'vitest'
import { momentInLondon } from '#core/standard/london-time.ts'

test.each([
  ['2025-01-15', '09:30', '2025-01-15T09:30:00.000Z'],
  ['2025-07-15', '09:30', '2025-07-15T08:30:00.000Z'],
  ['2025-07-15', '00:01', '2025-07-14T23:01:00.000Z'],
  // The hour that comes twice is its first.
  ['2025-10-26', '01:30', '2025-10-26T00:30:00.000Z'],
  ['2025-10-26', '02:00', '2025-10-26T02:00:00.000Z'],
])('%s at %s in London is %s', (day, time, moment) => {
  expect(momentInLondon(day, time)?.toISOString()).toBe(moment)
})

test('a time that the clocks leave out, or that is none, is no moment', () => {
  expect(momentInLondon('2025-03-30', '01:30')).toBeUndefined()
  expect(momentInLondon('2025-02-30', '09:30')).toBeUndefined()
  expect(momentInLondon('2025-02-03', '29:30')).toBeUndefined()
})
