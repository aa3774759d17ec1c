import { describe, expect, test } from 'vitest'
import { answerGroups, fieldsNotGiven } from '#core/mapping/answers/answer-choices.ts'
import { answersOf, headingOf, isAnswer } from '#core/mapping/answers/column-choices.ts'
import { matchColumns, type MatchAnswers } from '#core/mapping/answers/matched-columns.ts'
import type { Instrument } from '#core/framework/framework.ts'
import { FRAMEWORK } from '../../framework/invented-framework.ts'

const HEADER = [
  'Client',
  'Born',
  'Start',
  'IWS start',
  'Review',
  'IWS review',
  'Again',
  'IWS again',
]
const ANSWERS = [
  ...['field:client_ref', 'field:date_of_birth'],
  ...['day:baseline', 'score:baseline:invented-wellbeing'],
  ...['day:follow_up', 'score:follow_up:invented-wellbeing'],
  ...['day:follow_up_2', 'score:follow_up_2:invented-wellbeing:confidence'],
]
const GIVEN: MatchAnswers = { answers: ANSWERS, shape: 'person', role: '', kind: 'outcomes' }

const codesOf = (matched: ReturnType<typeof matchColumns>): readonly string[] =>
  matched.ok ? [] : matched.problems.map(({ code }) => code)

function instead(place: number, answer: string): MatchAnswers {
  return { ...GIVEN, answers: ANSWERS.with(place, answer) }
}

describe('several scores of a row', () => {
  test('are a mapping with the days of each, and the answers again', () => {
    const matched = matchColumns(HEADER, null, GIVEN)
    if (!matched.ok) throw new Error(codesOf(matched).join())
    const measure = 'invented-wellbeing'
    expect(matched.mapping).toMatchObject({
      kind: 'outcomes',
      columns: { client_ref: 'Client', date_of_birth: 'Born' },
      scores: [
        { column: 'IWS start', date: 'Start', measure, timePoint: 'baseline' },
        { column: 'IWS review', date: 'Review', measure, timePoint: 'follow_up' },
        { column: 'IWS again', date: 'Again', timePoint: 'follow_up', subScale: 'confidence' },
      ],
    })
    expect(matched.mapping.shape).toBeUndefined()
    expect(answersOf(matched.mapping, HEADER)).toEqual(ANSWERS)
    // Which column a finding about a score is in is not told where there are several.
    expect(headingOf(matched.mapping, HEADER, 'score')).toBe('Score')
    expect(headingOf(matched.mapping, HEADER, 'client_ref')).toBe('Client')
  })

  test('may have a column of days for each instrument', () => {
    const header = ['Client', 'A on', 'A', 'B on', 'B']
    const answers = [
      ...['field:client_ref', 'day:baseline:one', 'score:baseline:one'],
      ...['day:baseline:two', 'score:baseline:two'],
    ]
    const matched = matchColumns(header, null, { ...GIVEN, answers })
    expect(matched.ok ? answersOf(matched.mapping, header) : codesOf(matched)).toEqual(answers)
  })

  test('are of one follow-up where each instrument has its own column of days', () => {
    const header = [
      'Client',
      'A on',
      'A',
      'B on',
      'B',
      'A again on',
      'A again',
      'Both on',
      'C',
      'D',
    ]
    const answers = [
      ...['field:client_ref', 'day:follow_up:one', 'score:follow_up:one'],
      ...['day:follow_up:two', 'score:follow_up:two'],
      ...['day:follow_up_2', 'score:follow_up_2:one'],
      ...['day:follow_up', 'score:follow_up:three', 'score:follow_up:four'],
    ]
    const matched = matchColumns(header, null, { ...GIVEN, answers })
    expect(matched.ok ? answersOf(matched.mapping, header) : codesOf(matched)).toEqual(answers)
    // Both were seen again on the same day, one of them for the second time.
    const shared = [
      ...[
        'field:client_ref',
        'day:follow_up',
        'score:follow_up:one',
        'none',
        'score:follow_up_2:two',
      ],
      ...['day:follow_up_2', 'score:follow_up_2:one', 'none', 'none', 'none'],
    ]
    const again = matchColumns(header, null, { ...GIVEN, answers: shared })
    expect(again.ok ? answersOf(again.mapping, header) : codesOf(again)).toEqual(shared)
  })

  test('are asked for their day, are of one column each, and not of the row as well', () => {
    expect(codesOf(matchColumns(HEADER, null, instead(2, 'none')))).toContain('score-without-day')
    const twice = instead(5, 'score:baseline:invented-wellbeing')
    expect(codesOf(matchColumns(HEADER, null, twice))).toContain('mapping-field-mapped-twice')
    const long = instead(7, 'field:score')
    expect(codesOf(matchColumns(HEADER, null, long))).toContain('mapping-scores-two-ways')
  })
})

test('offers the fields of the kind of file alone, and scores of the instruments of the service', () => {
  const instruments = FRAMEWORK.instruments as readonly Instrument[]
  const groups = answerGroups(['score:exit:gone-from-the-framework'], 'outcomes', instruments)
  const offered = groups.flatMap(({ answers }) => answers)
  const values = offered.map(({ value }) => value)
  expect(values).toContain('field:score')
  expect(values).not.toContain('field:activity_ref')
  expect(values).not.toContain('field:carer_first_name')
  expect(values).toContain(`score:baseline:${instruments[0]?.code ?? ''}`)
  expect(offered.at(-1)).toEqual({
    value: 'score:exit:gone-from-the-framework',
    text: 'Score at the exit: gone-from-the-framework',
  })
  expect(new Set(values).size).toBe(values.length)
  expect(values.filter((value) => !isAnswer(value, 'outcomes'))).toEqual([])
  expect(values.every((value) => isAnswer(value))).toBe(false)
  const activities = answerGroups([], 'activities').flatMap(({ answers }) => answers)
  expect(activities.map(({ value }) => value)).toContain('field:attended')
  expect(activities.filter(({ value }) => !isAnswer(value, 'activities'))).toEqual([])
  const missing = fieldsNotGiven(ANSWERS, 'outcomes').map(({ name }) => name)
  expect(missing).not.toContain('score_date')
  expect(missing).toContain('completed_by')
})
