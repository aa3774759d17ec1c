import { expect, test } from 'vitest'
import {
  meanChange,
  measureChanges,
  scaleRules,
  studentQuantile,
  type DatedScore,
  type ScaleRule,
} from '#core/measures/paired-change.ts'
import { meanChangeWords } from '#core/messages/releases/measure-words.ts'
import { FRAMEWORK } from '../framework/invented-framework.ts'

const PERIOD = { from: '2024-Q2', to: '2024-Q2' } as const

function score(
  beneficiary: number,
  timePoint: DatedScore['timePoint'],
  day: string,
  points: number,
  rest: Partial<DatedScore> = {},
): DatedScore {
  return {
    ...{ beneficiary, timePoint, day, thousandths: points * 1_000, startDay: '' },
    ...{ service: 's1', quarter: '2024-Q2', instrument: 'invented-wellbeing', subScale: '' },
    ...rest,
  }
}

const RULE: ScaleRule = {
  ...{ instrument: 'invented-wellbeing', subScale: '', direction: -1, by: 3_000 },
  windows: [
    { point: 'baseline', earliest: -7, latest: 28 },
    { point: 'follow_up', earliest: 30, latest: 90 },
  ],
}

test('a change is from the first valid baseline to the last valid later score', () => {
  const scores = [
    score(1, 'baseline', '2024-05-01', 20, { quarter: '2024-Q1', startDay: '2024-05-01' }),
    score(1, 'baseline', '2024-05-20', 40),
    score(1, 'follow_up', '2024-06-10', 18),
    score(1, 'follow_up', '2024-07-20', 12),
    // Too late, and at a time point at which it is not taken.
    score(1, 'follow_up', '2024-09-20', 1),
    score(1, 'exit', '2024-07-21', 2),
    // Worse, where lower is better.
    score(2, 'baseline', '2024-07-01', 10),
    score(2, 'follow_up', '2024-08-01', 13),
    // Too long after the start; nobody of the period; a baseline alone.
    score(3, 'baseline', '2024-07-01', 10, { startDay: '2024-06-02' }),
    score(4, 'baseline', '2024-04-01', 10, { quarter: '2024-Q1' }),
    score(5, 'baseline', '2024-07-01', 16),
    score(6, 'baseline', '2024-07-01', 1, { instrument: 'another' }),
  ]
  expect(measureChanges(scores, PERIOD, [RULE])).toEqual([
    {
      ...{ service: 's1', instrument: 'invented-wellbeing', subScale: '' },
      ...{ paired: 2, change: -5_000, squares: 64_000_000 + 9_000_000, improved: 1, worse: 1 },
      ...{ baseline: 30_000, baselineOnly: 1, onlyBaseline: 16_000, noBaseline: 1 },
    },
  ])
  const unknown: ScaleRule = { ...RULE, direction: 0 }
  expect(measureChanges(scores, PERIOD, [unknown])).toMatchObject([{ improved: null, worse: null }])
})

test('a framework’s scales take the whole instrument’s direction and never its threshold', () => {
  const [first, second] = FRAMEWORK.instruments
  const instruments = [second, first].flatMap((one) => (one === undefined ? [] : [one]))
  const [whole, words] = scaleRules({
    ...FRAMEWORK,
    instruments: instruments.map((one) => ({
      ...{ ...one, better: 'higher', reliableChange: { by: 2.5, source: 'Invented' } },
    })),
  })
  expect(whole).toMatchObject({ subScale: '', direction: 1, by: 2_500 })
  expect(words).toMatchObject({ subScale: 'words', direction: 1, by: null })
  expect(words?.windows).toHaveLength(3)
})

// Changes 1, 2, 3, 4: mean 2.5, standard deviation 1.290994, t of 3 degrees of freedom 3.182446.
test('a mean has the interval that statistics books give', () => {
  const sums = { paired: 4, change: 10_000, squares: 30_000_000 }
  const mean = meanChange(sums)
  expect(mean?.mean).toBe(2.5)
  expect(mean?.interval?.low).toBeCloseTo(0.446, 3)
  expect(mean?.interval?.high).toBeCloseTo(4.554, 3)
  expect(meanChangeWords(mean)).toBe('+2.5 (+0.4 to +4.6)')
  expect(meanChange({ ...sums, paired: 0 })).toBeNull()
  expect(meanChangeWords(meanChange({ paired: 1, change: -1_250, squares: 0 }))).toBe(
    '−1.3 (of one person)',
  )
})

test.each([
  [1, 12.706],
  [30, 2.042],
  [31, 2.0395],
  [60, 2.0003],
  [1_000, 1.9623],
])('the quantile of %d degrees of freedom is %d', (freedom, quantile) => {
  expect(studentQuantile(freedom)).toBeCloseTo(quantile, 3)
})
