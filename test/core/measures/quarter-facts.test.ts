import { expect, test } from 'vitest'
import { REASON_CODES, reasonsOf, type QuarterFacts } from '#core/measures/quarter-facts.ts'
import { reasonWords } from '#core/messages/releases/measure-words.ts'

const PLAIN: QuarterFacts = {
  ...{ quarter: '2024-Q2', hasFile: true, isNil: false, isReplacement: false, daysLate: -4 },
  ...{ rowsUsed: 40, rowsOut: 0, withdrawn: 0, counting: 'contacts', settled: 0 },
  ...{ registerChanges: 0, frameworkVersions: 0 },
}
const NONE: QuarterFacts = { ...PLAIN, hasFile: false, daysLate: null, counting: null }

test('nothing is said of a quarter like the one before', () => {
  expect(reasonsOf(PLAIN, PLAIN)).toEqual([])
  expect(reasonsOf(PLAIN, undefined)).toEqual([])
})

test('all that is known is said, in one order, each with its number', () => {
  const now: QuarterFacts = {
    ...{ ...PLAIN, isReplacement: true, daysLate: 1, rowsOut: 1_200, withdrawn: 1 },
    ...{ counting: 'active-enrolment', settled: 2, registerChanges: 1, frameworkVersions: 1 },
  }
  expect(reasonsOf(now, PLAIN).map(reasonWords)).toEqual([
    'Its file took the place of another.',
    'The file in use came 1 day after it was due.',
    '1,200 rows about people were left out.',
    'A file of it was withdrawn.',
    'People are counted another way than in the quarter before.',
    '2 possible matches with its people were settled by reviewers.',
    'What the register says of the service changed from this quarter.',
    'A version of the measurement framework was put in force in this quarter.',
  ])
  expect(reasonsOf(now, NONE).map(({ code }) => code)).not.toContain('counted-otherwise')
})

test('a quarter without a file says whether somebody said that there is nobody', () => {
  expect(reasonsOf(NONE, PLAIN).map(({ code }) => code)).toEqual(['no-file'])
  expect(reasonsOf({ ...NONE, isNil: true }, PLAIN).map(({ code }) => code)).toEqual(['nobody'])
  expect(reasonsOf(PLAIN, NONE).map(({ code }) => code)).toEqual(['first-file'])
  expect(REASON_CODES.map((code) => reasonWords({ code, number: 1 })).join('')).not.toContain('  ')
})
