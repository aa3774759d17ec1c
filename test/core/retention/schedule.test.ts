import { expect, test } from 'vitest'
import { keptWords } from '#core/messages/retention/retention-words.ts'
import { cutOff, DAILY_KINDS, keptFor, RETENTION } from '#core/retention/schedule.ts'

test('says of everything how long, from when and why, and of what ends who removes it', () => {
  for (const { what, keep, from, why, by } of Object.values(RETENTION)) {
    expect([what, why].every((text) => text.length > 10)).toBe(true)
    expect([what, keep === null, from === '']).toEqual([what, by === 'nobody', by === 'nobody'])
  }
  expect(DAILY_KINDS).toHaveLength(9)
})

test('counts hours and days as they are, and months by the calendar', () => {
  const at = (text: string): Date => new Date(text)
  expect(keptFor('held-files')).toBe(86_400_000)
  expect(keptFor('ended-tokens')).toBe(30 * 86_400_000)
  expect(cutOff('drafts', at('2026-03-31T10:00Z'))).toEqual(at('2025-12-31T10:00Z'))
  expect(cutOff('records', at('2026-03-31T10:00Z'))).toEqual(at('2025-03-31T10:00Z'))
  // The last day of a month that is shorter, and of a February.
  expect(cutOff('requests', at('2026-12-31T10:00Z'))).toEqual(at('2026-06-30T10:00Z'))
  expect(cutOff('requests', at('2026-08-31T10:00Z'))).toEqual(at('2026-02-28T10:00Z'))
  expect(cutOff('leavers', at('2024-02-29T23:59Z'))).toEqual(at('2023-02-28T23:59Z'))
})

test('is told in words', () => {
  expect(keptWords('drafts')).toBe('90 days from when they were made')
  expect(keptWords('audit')).toBe('As long as there is a programme')
})
