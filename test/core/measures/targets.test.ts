import { expect, test } from 'vitest'
import { SCORECARD_INDICATORS } from '#core/measures/scorecard.ts'
import { HIDDEN } from '#core/disclosure/printed.ts'
import { DISCLOSURE_SETTINGS } from '#core/disclosure/settings.ts'
import {
  readTarget,
  readTargetRows,
  standingOf,
  standingOfPrinted,
  TARGET_WAYS,
} from '#core/measures/targets.ts'
import { targetNote, targetWords } from '#core/messages/releases/measure-words.ts'

const SERVICES = new Set(['baby-steps', 'och'])
const HEADER = ['Service', 'quarter', 'indicator', 'target', 'note']

test('a target is met, not met, or of something that is not known', () => {
  expect(Object.keys(TARGET_WAYS)).toEqual(SCORECARD_INDICATORS.map(({ code }) => code))
  expect(standingOf('reached', 40, 40)).toBe('met')
  expect(standingOf('reached', 39, 40)).toBe('not met')
  expect(standingOf('wait', 20.5, 20)).toBe('not met')
  expect(standingOf('daysAfter', -3, 0)).toBe('met')
  expect(standingOf('completed', null, 60)).toBe('not known')
  expect(standingOf('completed', 60, undefined)).toBeUndefined()
})

test('is told in words beside a mark, never by colour alone', () => {
  expect(targetWords('reached', 'count', 1_250, 1_200)).toBe('✓ met: at least 1,200')
  expect(targetWords('longWaits', 'share', 12.5, 10)).toBe('✗ not met: at most 10%')
  // These figures are written as 80%, 13% and 10%.
  expect(targetWords('completed', 'share', 79.6, 80)).toBe(
    '✗ not met: at least 80% (it is just under)',
  )
  expect(targetWords('longWaits', 'share', 12.5, 12.5)).toBe(
    '✓ met: at most 12.5% (it is just that)',
  )
  expect(targetWords('longWaits', 'share', 10.4, 10)).toBe(
    '✗ not met: at most 10% (it is just over)',
  )
  expect(targetWords('wait', 'days', null, 28)).toBe('? not known: at most 28')
  expect(targetWords('wait', 'days', 3, undefined)).toBe('')
  // Below a figure that says “not known” that is not said again.
  expect(targetNote('wait', 'days', null, 28)).toBe('target: at most 28')
  expect(targetNote('wait', 'days', null, undefined)).toBe('')
  expect(targetNote('wait', 'days', 30, 28)).toBe('✗ not met: at most 28')
})

test.each([
  ['reached', '1,200', 1_200],
  ['reached', '12.5', undefined],
  ['longWaits', '12.5 %', 12.5],
  ['completed', '101', undefined],
  ['daysAfter', '-3', -3],
  ['wait', 'soon', undefined],
  ['wait', ' ', null],
] as const)('reads of %s “%s”', (indicator, typed, value) => {
  expect(readTarget(indicator, typed)).toBe(value)
})

test('reads a file of targets, and takes one back where its cell is blank', () => {
  expect(
    readTargetRows(
      [
        HEADER,
        ['baby-steps', '2024-Q1', 'reached', '40', 'as agreed'],
        ['', '', '', ''],
        ['och', '2024-Q1', 'wait', ''],
      ],
      SERVICES,
    ),
  ).toEqual({
    ok: true,
    targets: [
      { service: 'baby-steps', quarter: '2024-Q1', indicator: 'reached', value: 40 },
      { service: 'och', quarter: '2024-Q1', indicator: 'wait', value: null },
    ],
  })
})

test('says of a file what is wrong in which row, and nothing that stands there', () => {
  const good = ['och', '2024-Q1', 'wait', '28']
  const read = readTargetRows(
    [
      HEADER,
      ['Gwendraeth', '2024-Q1', 'reached', '40'],
      ['och', 'spring', 'reached', '40'],
      ['och', '2024-Q1', 'joy', '40'],
      ['och', '2024-Q1', 'completed', '400'],
      ...[good, good],
      ['och', '2024-Q1', 'reached', '1', '200', ''],
      ['och', '2024-Q2', 'reached'],
    ],
    SERVICES,
  )
  expect(read).toMatchObject({ ok: false })
  const problems = read.ok ? [] : read.problems
  expect(problems.map((problem) => problem.split(':')[0])).toEqual([
    ...['Row 2', 'Row 3', 'Row 4', 'Row 5', 'Row 7', 'Row 8', 'Row 9'],
  ])
  expect(problems.join(' ')).not.toMatch(/Gwendraeth|spring|joy|400/)
  expect(readTargetRows([['service', 'quarter']], SERVICES)).toMatchObject({
    problems: ['The first row has no column indicator, target'],
  })
  expect(readTargetRows([[...HEADER, 'Target'], good], SERVICES)).toMatchObject({
    problems: ['The first row has two columns target'],
  })
  expect(readTargetRows([HEADER], SERVICES)).toMatchObject({ ok: false })
})

test('a printed figure stands against a target only where every count that it may stand for does', () => {
  const settings = DISCLOSURE_SETTINGS.programme
  // 40 stands for 38 to 42.
  const of40 = [38, 39, 42, 43, undefined].map((target) => standingOfPrinted(40, target, settings))
  expect(of40).toEqual(['met', 'not known', 'not known', 'not met', undefined])
  expect(standingOfPrinted(HIDDEN, 1, settings)).toBe('not known')
  expect(standingOfPrinted(0, 1, settings)).toBe('not met')
  expect(standingOfPrinted(null, 1, settings)).toBe('not known')
})
