import { expect, test } from 'vitest'
import { joinQualities, measureQuality, qualityFigure } from '#core/measures/data-quality.ts'
import { measureUse } from '#core/measures/use-measures.ts'
import { measureFile } from '#core/measures/file-measures.ts'
import {
  fileFigures,
  figuresOf,
  orderText,
  readOrder,
  scoreRow,
  SCORECARD_INDICATORS,
  sortRows,
} from '#core/measures/scorecard.ts'
import type { PersonUse } from '#core/measures/person-use.ts'
import {
  changeWords,
  figureWords,
  indicatorWords,
  qualityWords,
} from '#core/messages/releases/measure-words.ts'
import type { Quarter } from '#core/standard/quarter.ts'

const USE: PersonUse = {
  ...{ beneficiary: 1, service: 's1', referralDate: '2024-04-01', startDate: '2024-04-11' },
  ...{ referralSource: 'gp', status: 'completed', endDate: '', firstReached: '2024-Q1' },
  ...{ isNamed: true, isReached: true, contactsToDate: 4, contacts: 4 },
}
const RECORD = {
  birth: '2022-05',
  gender: 'F',
  inArea: 'yes',
  ethnicity: 'A',
  mainLanguage: 'pt',
} as const

function quality(receivedOn: string, records = [RECORD]): ReturnType<typeof measureQuality> {
  const linkability = { strong: 3, weak: 0, none: 1 }
  const file = {
    quarter: '2024-Q1' as Quarter,
    rowsAccepted: 3,
    rowsRejected: 1,
    linkability,
    receivedOn,
  }
  return measureQuality(file, records)
}

function quarterOf(
  uses: readonly PersonUse[],
  receivedOn = '2024-07-10',
): Parameters<typeof scoreRow>[1] {
  return {
    use: measureUse(uses, { from: '2024-Q1', to: '2024-Q1' }),
    quality: quality(receivedOn),
  }
}

test('a service’s quarter is what docs/measures.md says of it', () => {
  const { cells } = scoreRow(
    's1',
    quarterOf([
      USE,
      {
        ...USE,
        beneficiary: 2,
        startDate: '2024-05-31',
        contacts: 1,
        contactsToDate: 1,
        status: 'left_early',
      },
    ]),
    undefined,
  )
  expect(
    Object.fromEntries(SCORECARD_INDICATORS.map(({ code }) => [code, cells[code].value])),
  ).toEqual({
    ...{ reached: 2, fresh: 2, wait: 35, longWaits: 50, cameToFour: 50, completed: 50 },
    ...{ complete: 100, usable: 75, matchable: 75, daysAfter: 10 },
  })
  expect(Object.values(cells).every(({ before }) => before === null)).toBe(true)
})

test('a figure says of how many it is, also by a file alone', () => {
  const quarter = quarterOf([USE, { ...USE, beneficiary: 2, startDate: '2024-05-31' }])
  expect(figuresOf(quarter)).toMatchObject({
    ...{ reached: { value: 2, of: null }, fresh: { value: 2, of: 2 } },
    ...{ wait: { value: 35, of: 2 }, longWaits: { value: 50, of: 2 } },
    ...{ complete: { value: 100, of: 5 }, daysAfter: { value: 10, of: null } },
  })
  const record = {
    ...RECORD,
    ...USE,
    contacts: 0,
    reachedBy: { contacts: false, 'active-enrolment': true },
  }
  const own = measureFile(
    [record, { ...record, referralDate: '', status: 'left_early' }],
    '2024-Q1',
  )
  const told = fileFigures(own, 'active-enrolment', quarter.quality)
  expect(told).toMatchObject({
    ...{ reached: { value: 2, of: 2 }, wait: { value: 10, of: 1 } },
    ...{ longWaits: { value: 0, of: 1 }, completed: { value: 50, of: 2 } },
    usable: { value: 75, of: 4 },
  })
  expect(fileFigures(own, 'contacts', quarter.quality).reached).toEqual({ value: 0, of: 2 })
  // What takes more than one file is not told, and of a file whose check did not count it its quality alone.
  expect(told).not.toHaveProperty('fresh')
  expect(fileFigures(null, 'contacts', quarter.quality)).not.toHaveProperty('reached')
})

test('what nobody’s dates, contacts or ends are known for is not known, and no zero', () => {
  const unknown = {
    ...USE,
    referralDate: '',
    contacts: null,
    contactsToDate: null,
    status: '',
  } as const
  const { cells } = scoreRow('s1', quarterOf([unknown]), quarterOf([USE]))
  expect(cells.wait).toEqual({ value: null, of: 0, before: 10 })
  expect(cells.cameToFour).toEqual({ value: null, of: 0, before: 100 })
  expect(cells.completed).toEqual({ value: null, of: 0, before: 100 })
  expect(indicatorWords('share', cells.completed.value)).toBe('not known')
  expect(changeWords('share', cells.completed)).toBe('')
})

test('a fact that is a word for nothing is not given', () => {
  const nothing = {
    birth: '',
    gender: 'unknown',
    inArea: 'unknown',
    ethnicity: 'Z',
    mainLanguage: '',
  } as const
  expect(
    measureQuality(
      {
        quarter: '2024-Q1',
        rowsAccepted: 0,
        rowsRejected: 0,
        linkability: { strong: 0, weak: 0, none: 0 },
        receivedOn: '2024-06-30',
      },
      [RECORD, nothing],
    ),
  ).toEqual({
    complete: { part: 5, whole: 10 },
    usable: { part: 0, whole: 0 },
    matchable: { part: 0, whole: 0 },
    daysAfter: 0,
  })
  expect(quality('2024-06-20').daysAfter).toBe(-10)
})

test('files together are all their facts, rows and records, and the median of their days', () => {
  const unknown = { ...quality('2024-07-02'), matchable: { part: 0, whole: 0 } }
  const joined = joinQualities([quality('2024-07-10'), quality('2024-06-20'), unknown])
  expect(joined).toEqual({
    complete: { part: 15, whole: 15 },
    usable: { part: 9, whole: 12 },
    matchable: { part: 6, whole: 8 },
    daysAfter: 2,
  })
  expect(joinQualities([])).toBeNull()
  expect(qualityFigure('usable', unknown)).toBe(75)
  expect(qualityFigure('matchable', unknown)).toBeNull()
  expect(qualityWords('usable', unknown)).toBe('3 of 4 (75%)')
  expect(qualityWords('matchable', unknown)).toBe('not known')
  expect(qualityWords('daysAfter', quality('2024-07-01'))).toBe('1 day')
})

test('a change is told by a mark and in words; a share changes by points', () => {
  expect(changeWords('count', { value: 1212, before: 12 })).toBe('▲ up 1,200')
  expect(changeWords('days', { value: 3.5, before: 10 })).toBe('▼ down 6.5')
  expect(changeWords('share', { value: 49.6, before: 50.4 })).toBe('= the same')
  expect(changeWords('share', { value: 80.4, before: 50 })).toBe('▲ up 30 points')
  expect(changeWords('share', { value: 51, before: 50 })).toBe('▲ up 1 point')
  expect(indicatorWords('share', 49.6)).toBe('50%')
  expect(indicatorWords('count', 1212)).toBe('1,212')
})

test('a cell says of how many its figure is, where that is of others', () => {
  expect(figureWords('share', { value: 61.8, of: 1_045 })).toBe('62% of 1,045')
  expect(figureWords('count', { value: 12, of: 40 })).toBe('12 of 40')
  expect(figureWords('days', { value: 14, of: 20 })).toBe('14 (of 20)')
  expect(figureWords('count', { value: 40, of: null })).toBe('40')
  expect(figureWords('share', { value: null, of: 0 })).toBe('not known')
})

test('rows are put in an order by name or by one indicator, the unknown last', () => {
  const named = (service: string) =>
    ({ s1: 'Nursery', s2: 'Ante-natal', s3: 'Music' })[service] ?? ''
  const rows = [
    scoreRow('s1', quarterOf([USE]), undefined),
    scoreRow('s2', quarterOf([{ ...USE, referralDate: '' }]), undefined),
    scoreRow('s3', quarterOf([{ ...USE, startDate: '2024-06-01' }]), undefined),
  ]
  const order = (text: string) =>
    sortRows(rows, readOrder(text), named).map(({ service }) => service)
  expect(order('service')).toEqual(['s2', 's3', 's1'])
  expect(order('-service')).toEqual(['s1', 's3', 's2'])
  expect(order('anything')).toEqual(order('service'))
  expect(order('wait')).toEqual(['s3', 's1', 's2'])
  expect(order('-wait')).toEqual(['s1', 's3', 's2'])
  expect(order('reached')).toEqual(['s2', 's3', 's1'])
  expect(orderText(readOrder('-wait'))).toBe('-wait')
})
