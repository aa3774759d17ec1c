import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foundWords } from '#core/messages/findings/found-words.ts'
import { headingOf } from '#core/mapping/answers/column-choices.ts'
import { columnsOfFields } from '#core/preparation/finding-column.ts'
import { checkEventRows, type Row } from './check-file.ts'

const BEFORE = {
  ...{ client_ref: 'C-1', first_name: 'Amara', last_name: 'Okafor' },
  ...{
    measure: 'IWS',
    sub_scale: '',
    time_point: 'baseline',
    score_date: '09/04/2024',
    score: '38',
  },
}
const AFTER = { ...BEFORE, time_point: 'Review', score_date: '04/06/2024', score: '45.5' }

function row(part: Row, of: Row = BEFORE): Row {
  return { ...of, ...part }
}

test('counts scores and the people who have both, by instrument and sub-scale', async () => {
  const { outcome, findings } = await checkEventRows('outcomes', [
    BEFORE,
    AFTER,
    row({ client_ref: 'C-2', first_name: 'Bo' }),
    row({ measure: 'Invented talk check', sub_scale: 'Words', score: '20' }),
  ])
  expect(findings).toEqual([])
  expect(outcome.records).toBe(2)
  expect(outcome.scores).toEqual([
    {
      ...{ instrument: 'invented-wellbeing', subScale: '' },
      ...{ scores: 3, baseline: 2, later: 1, paired: 1 },
    },
    {
      ...{ instrument: 'invented-talk', subScale: 'words' },
      ...{ scores: 1, baseline: 1, later: 0, paired: 0 },
    },
  ])
})

test.each<[what: string, finding: string, rows: readonly Row[]]>([
  ['no measure', '1 measure measure-missing must-fix', [row({ measure: '' })]],
  ['a measure nobody knows', '1 measure measure-unknown must-fix', [row({ measure: 'Vibes' })]],
  [
    'an instrument the service does not use, and its retirement',
    '1 measure measure-not-of-service confirm',
    [row({ measure: 'invented-mood', score: '3' })],
  ],
  [
    'a measure that was retired',
    '1 measure measure-retired confirm',
    [row({ measure: 'invented-mood', score: '-5' })],
  ],
  [
    'a sub-scale nobody knows',
    '1 sub_scale sub-scale-unknown must-fix',
    [row({ sub_scale: 'Sleep' })],
  ],
  ['no time point', '1 time_point time-point-missing must-fix', [row({ time_point: '' })]],
  [
    'a time point nobody knows',
    '1 time_point time-point-unknown must-fix',
    [row({ time_point: 'soon' })],
  ],
  [
    'a time point at which the instrument is not taken',
    '1 time_point time-point-not-of-measure confirm',
    [row({ measure: 'invented-sleep', score: '8', time_point: 'Review' })],
  ],
  [
    'somebody who does not fill the instrument in',
    '1 completed_by completed-by-not-of-measure confirm',
    [row({ measure: 'invented-sleep', score: '8', completed_by: 'practitioner' })],
  ],
  ['no date', '1 score_date score-date-missing must-fix', [row({ score_date: '' })]],
  ['no such day', '1 score_date date-impossible must-fix', [row({ score_date: '31/04/2024' })]],
  ['a later day', '1 score_date score-after-quarter confirm', [row({ score_date: '07/07/2024' })]],
  [
    'a date of birth in the place of the day',
    '1 score_date score-before-birth must-fix',
    [row({ date_of_birth: '09/04/2021', score_date: '09/04/2021' })],
  ],
  ['no score', '1 score score-missing must-fix', [row({ score: '' })]],
  ['a score in words', '1 score score-not-a-number must-fix', [row({ score: 'improved' })]],
  ['a score with a comma', '1 score score-not-a-number must-fix', [row({ score: '38,5' })]],
  ['a score below the scale', '1 score score-outside-scale must-fix', [row({ score: '13.9' })]],
  ['a score above the scale', '1 score score-outside-scale must-fix', [row({ score: '99' })]],
  ['the same score twice', '2 score score-repeated note', [BEFORE, BEFORE]],
  [
    'two scores for one time point',
    '1 score scores-of-one-time must-fix',
    [BEFORE, row({ score: '40' })],
  ],
  [
    'a follow-up before the baseline',
    '2 score follow-up-before-baseline must-fix',
    [BEFORE, row({ score_date: '08/04/2024' }, AFTER)],
  ],
  ['nobody’s score', '1 client_ref ref-missing must-fix', [row({ client_ref: '' })]],
])('finds %s', async (_, finding, rows) => {
  const { findings, outcome } = await checkEventRows('outcomes', rows)
  expect(findings).toContain(finding)
  expect(outcome.rows.rejected > 0).toBe(finding.endsWith('must-fix'))
})

test('follow-ups of several days all count, and are one person with both', async () => {
  const { outcome, findings } = await checkEventRows('outcomes', [
    BEFORE,
    AFTER,
    row({ score_date: '18/06/2024', score: '50' }, AFTER),
    row({ time_point: 'exit', score_date: '28/06/2024' }, AFTER),
  ])
  expect(findings).toEqual([])
  expect(outcome.scores).toMatchObject([{ scores: 4, baseline: 1, later: 1, paired: 1 }])
})

const WIDE = [
  { column: 'pre', date: 'pre date', measure: 'IWS', timePoint: 'baseline' },
  { column: 'post', date: 'post date', measure: 'IWS', timePoint: 'exit' },
] as const
const PERSON = { client_ref: 'C-1', first_name: 'Amara', last_name: 'Okafor' }
const ACROSS = { pre: '38', 'pre date': '09/04/2024', post: '45', 'post date': '04/06/2024' }

test('a row with baseline and exit as columns is two scores of one person', async () => {
  const { outcome, findings } = await checkEventRows('outcomes', [{ ...PERSON, ...ACROSS }], WIDE)
  expect(findings).toEqual([])
  expect(outcome.scores).toMatchObject([{ scores: 2, baseline: 1, later: 1, paired: 1 }])
})

test('in wide form a blank score is none, and a score without its day must be fixed', async () => {
  const { outcome, findings } = await checkEventRows(
    'outcomes',
    [
      { ...PERSON, ...ACROSS, post: '', 'post date': '' },
      { ...PERSON, client_ref: 'C-2', ...ACROSS, 'post date': '' },
      { ...PERSON, client_ref: 'C-3', ...ACROSS, pre: '', post: '' },
    ],
    WIDE,
  )
  expect(findings).toEqual([
    '2 score_date-2 score-date-missing must-fix',
    '3 score row-without-score note',
  ])
  expect(outcome.scores).toMatchObject([{ scores: 1, baseline: 1, later: 0, paired: 0 }])
})

test('what is found of one of several scores names its column', async () => {
  const { findings } = await checkEventRows(
    'outcomes',
    [
      { ...PERSON, ...ACROSS, post: 'better' },
      { ...PERSON, client_ref: 'C-2', ...ACROSS, pre: '99', 'post date': '08/07/2024' },
      { ...PERSON, client_ref: 'C-3', ...ACROSS, 'post date': '08/04/2024' },
      { ...PERSON, client_ref: 'C-4', ...ACROSS },
      { ...PERSON, client_ref: 'C-4', ...ACROSS, post: '46' },
    ],
    WIDE,
  )
  expect(findings).toEqual([
    '1 score-2 score-not-a-number must-fix',
    '2 score-1 score-outside-scale must-fix',
    '2 score_date-2 score-after-quarter confirm',
    '3 score-2 follow-up-before-baseline must-fix',
    '5 score-1 score-repeated note',
    '4 score-2 scores-of-one-time must-fix',
    '5 score-2 scores-of-one-time must-fix',
  ])
  const mapping = { columns: { first_name: 'first_name' }, scores: WIDE }
  const header = [...Object.keys(PERSON), ...Object.keys(ACROSS)]
  const columnOf = columnsOfFields(mapping, header)
  const told = ['score-2', 'score_date-2', 'score-1', 'score', 'first_name']
  expect(told.map((field) => headingOf(mapping, header, field))).toEqual([
    ...['post', 'post date', 'pre', 'Score', 'first_name'],
  ])
  expect(told.map((field) => header[columnOf(field, 1)])).toEqual([
    ...['post', 'post date', 'pre', undefined, 'first_name'],
  ])
  expect(foundWords({ code: 'score-outside-scale', field: 'score-2', rows: 1 })).toBe(
    'The score is outside the scale of the instrument (Score, 2 of the columns): 1 row',
  )
})

test('a row that is rejected for one scale counts on no other', async () => {
  const talk = { measure: 'invented-talk', timePoint: 'baseline' } as const
  const { outcome } = await checkEventRows(
    'outcomes',
    [
      { ...PERSON, ...ACROSS, talk: '30' },
      { ...PERSON, ...ACROSS, talk: '31' },
    ],
    [...WIDE, { column: 'talk', date: 'pre date', ...talk }],
  )
  expect(outcome.rows).toMatchObject({ accepted: 0, rejected: 2 })
  expect(outcome.scores).toEqual([])
  expect(outcome.records).toBe(0)
})

test('comes to the same in whatever order the rows are', async () => {
  const rows = [
    ...[BEFORE, AFTER, BEFORE, row({ client_ref: 'C-2', first_name: 'Bo' })],
    row({ client_ref: 'C-2', first_name: 'Bo', score: '40' }),
    row({ client_ref: 'C-3', first_name: 'Cyd', score_date: '01/04/2024' }, AFTER),
    row({ client_ref: 'C-3', first_name: 'Cyd' }),
    row({ measure: 'invented-talk', score: '12' }),
  ]
  const sorted = (scores: readonly object[] | undefined) =>
    (scores ?? []).map((of) => JSON.stringify(of)).sort()
  const { outcome: known } = await checkEventRows('outcomes', rows)
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: rows.length }), async (shuffled) => {
      const { outcome } = await checkEventRows('outcomes', shuffled)
      expect(sorted(outcome.scores)).toEqual(sorted(known.scores))
      expect(outcome.rows).toEqual(known.rows)
      expect(outcome.records).toBe(known.records)
    }),
    { numRuns: 20 },
  )
})
