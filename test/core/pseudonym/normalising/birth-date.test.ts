import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isUnder16,
  keptBirth,
  normaliseBirthDate,
  roleOf,
} from '#core/pseudonym/normalising/birth-date.ts'
import { isDay, isoDay, serialDay } from '#core/pseudonym/normalising/calendar.ts'
import { DateOrderCount } from '#core/pseudonym/normalising/month-first.ts'
import { anyText, textOf } from './messy-text.ts'
import { publishedVectors } from '../published-vectors.ts'

const JUNE_2024 = { year: 2024, month: 6, day: 30 }
const context = { referenceDay: JUNE_2024, date1904: false, givenRole: '' } as const

describe('a birth date', () => {
  it('agrees with another calendar about every serial of five digits', () => {
    for (let serial = 0; serial < 100_000; serial += 7) {
      const utc = (epoch: number): string => new Date(epoch + serial * 86_400_000).toISOString()
      expect(isoDay(serialDay(serial, false))).toBe(utc(Date.UTC(1899, 11, 30)).slice(0, 10))
      expect(isoDay(serialDay(serial, true))).toBe(utc(Date.UTC(1904, 0, 1)).slice(0, 10))
    }
  })

  it('exists exactly when another calendar says so', () => {
    for (const year of [1, 1900, 1999, 2000, 2023, 2024]) {
      for (let month = 0; month <= 13; month++) {
        for (let day = 0; day <= 32; day++) {
          const date = new Date(Date.UTC(2000, 0, 1))
          date.setUTCFullYear(year, month - 1, day)
          const exists =
            date.getUTCFullYear() === year &&
            date.getUTCMonth() === month - 1 &&
            date.getUTCDate() === day
          expect(isDay({ year, month, day })).toBe(exists)
        }
      }
    }
  })

  it.each([
    ['30/06/24', '', '2024-06-30'],
    ['01/07/24', '', '1924-07-01'],
    ['30/06/12', 'parent', '2012-06-30'],
    ['01/07/12', 'parent', '1912-07-01'],
    ['01/07/12', 'adult', '1912-07-01'],
    ['01/07/12', 'child', '2012-07-01'],
    ['01/01/00', 'parent', '2000-01-01'],
  ] as const)('reads the two digits of %s of a %j as %s, and says so', (cell, givenRole, value) => {
    expect(normaliseBirthDate(cell, { ...context, givenRole })).toEqual({
      value,
      code: '',
      finding: 'birth-two-digit-year',
    })
  })

  it.each([
    ['', 'birth-missing'],
    ['\u200b', 'birth-missing'],
    ['01✓01/2019', 'birth-character'],
    ['2019-4-1', 'birth-unreadable'],
    ['1/4-2019', 'birth-unreadable'],
    ['2019', 'birth-unreadable'],
    ['1 Avril 2019', 'birth-unreadable'],
    ['=DATE(2019,4,1)', 'birth-unreadable'],
    ['1/4/019', 'birth-unreadable'],
    ['435560', 'birth-unreadable'],
    ['2019-04-01 25', 'birth-unreadable'],
    ['43556 10:00', 'birth-unreadable'],
    ['31/04/2019', 'birth-impossible'],
    ['29/02/2023', 'birth-impossible'],
    ['00/01/2019', 'birth-impossible'],
    ['04/13/2019', 'birth-impossible'],
    ['01/01/1900', 'birth-placeholder'],
    ['1 Jan 1901', 'birth-placeholder'],
    ['00002', 'birth-placeholder'],
    ['01/01/1970 00:00', 'birth-placeholder'],
    ['25569.0', 'birth-placeholder'],
    ['01/07/2024', 'birth-future'],
    ['99999', 'birth-future'],
    ['29/06/1904', 'birth-over-120'],
    ['31/12/1899', 'birth-over-120'],
  ])('[S41] makes nothing of %j: %s', (cell, code) => {
    expect(normaliseBirthDate(cell, context)).toEqual({ value: '', code, finding: '' })
  })

  it('never answers a day that does not exist, is to come, or is over 120 years ago', () => {
    const pieces = [
      '1',
      '2',
      '31',
      '04',
      '/',
      '-',
      '.',
      ' ',
      '2019',
      '19',
      'JAN',
      'SEPT',
      'MAY',
      'ST',
      'T',
      '10:00',
      'Z',
      '43556',
      '1970',
      '+01:00',
    ]
    fc.assert(
      fc.property(fc.oneof(textOf(pieces), anyText), (text) => {
        const { value } = normaliseBirthDate(text, context)
        if (value === '') return
        const [year = 0, month = 0, day = 0] = value.split('-').map(Number)
        expect(isDay({ year, month, day })).toBe(true)
        expect(value <= '2024-06-30' && value >= '1904-06-30').toBe(true)
      }),
      { numRuns: 3_000 },
    )
  })

  it('is kept by month up to the day before the sixteenth birthday, then by year', () => {
    expect(isUnder16('2008-07-01', JUNE_2024)).toBe(true)
    expect(isUnder16('2008-06-30', JUNE_2024)).toBe(false)
    expect(keptBirth('2008-07-01', true)).toBe('2008-07')
    expect(keptBirth('2008-06-30', false)).toBe('2008')
    expect(keptBirth('', false)).toBe('')
  })

  it('decides a role only where none is given', () => {
    expect(roleOf('', true)).toBe('child')
    expect(roleOf('', false)).toBe('adult')
    expect(roleOf('parent', true)).toBe('parent')
  })
})

describe('the order of a column of dates', () => {
  it.each(publishedVectors.date_columns.map(({ values, order }) => ({ values, order })))(
    'is $order for $values.length published values',
    ({ values, order }) => {
      const count = new DateOrderCount()
      for (const value of values) count.add(value)
      expect(count.isMonthFirst).toBe(order === 'month-first')
    },
  )

  it('does not depend on the order of the rows', () => {
    const dates = fc.array(
      fc.constantFrom('01/13/2019', '13/01/2019', '02/03/2019', '13/13/2019', '2019-01-13', ''),
    )
    fc.assert(
      fc.property(dates, (values) => {
        const [forwards, backwards] = [new DateOrderCount(), new DateOrderCount()]
        for (const value of values) forwards.add(value)
        for (const value of values.toReversed()) backwards.add(value)
        expect(backwards.isMonthFirst).toBe(forwards.isMonthFirst)
      }),
    )
  })
})
