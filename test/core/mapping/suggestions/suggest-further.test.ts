import { expect, test } from 'vitest'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import { answersOf, NOT_USED, preselected } from '#core/mapping/answers/column-choices.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { suggestFurther } from '#core/mapping/suggestions/suggest-further.ts'
import { FRAMEWORK } from '../../framework/invented-framework.ts'

const QUARTER = '2024-Q1'

test('matches the columns of an activity export, and who came as in any other file', () => {
  const header = [
    'Session ID',
    'Session date',
    'Type of session',
    'Client ID',
    'Child’s DOB',
    'Attendance',
    'No. of adults',
  ]
  const sampleRows = [['S-1', '07/05/2024', 'Playgroup', 'C-1', '03/02/2021', 'Yes', '']]
  const { mapping } = suggestFurther('activities', { header, sampleRows, quarter: QUARTER })
  expect(mapping).toMatchObject({
    kind: 'activities',
    columns: {
      activity_ref: 'Session ID',
      activity_date: 'Session date',
      activity_type: 'Type of session',
      client_ref: 'Client ID',
      date_of_birth: 'Child’s DOB',
      attended: 'Attendance',
      adults: 'No. of adults',
    },
  })
  expect(compileMapping(mapping, header, undefined, 'activities').ok).toBe(true)
})

test.each<[header: string, asked: readonly string[]]>([
  ['Session ID|Session date|Number attending', ['adults Number attending']],
  ['Session ID|Session date|Adults|No. of attendees', ['children No. of attendees']],
  ['Session ID|Session date|Adults|Children|Total attendances', []],
])('asks who the heads are that nobody tells apart: %s', (headings, asked) => {
  const header = headings.split('|')
  const sampleRows = [['S-1', '07/05/2024', '12', '15', '27'].slice(0, header.length)]
  const { suggestions } = suggestFurther('activities', { header, sampleRows, quarter: QUARTER })
  const open = suggestions.filter(({ certainty }) => certainty !== 'certain')
  expect(open.map(({ field, column }) => `${field} ${column}`)).toEqual(asked)
})

test('leaves it open which of two columns is the date', () => {
  const header = ['Client ID', 'Tool', 'Stage', 'Score', 'Assessment date', 'Date completed']
  const { mapping, suggestions } = suggestFurther('outcomes', {
    header,
    sampleRows: [],
    quarter: QUARTER,
  })
  expect(mapping.columns['score_date']).toBeUndefined()
  expect(suggestions.filter(({ field }) => field === 'score_date')).toEqual([
    {
      field: 'score_date',
      column: 'Assessment date',
      certainty: 'likely',
      reason: 'another column could be it as well',
    },
    {
      field: 'score_date',
      column: 'Date completed',
      certainty: 'likely',
      reason: 'another column could be it as well',
    },
  ])
})

test('finds columns of scores by the framework’s names, each with the days that are its own', () => {
  const header = [
    ...['Client ID', 'IWS baseline', 'IWS baseline date', 'IWS exit score', 'Exit date'],
    ...['Pre Invented talk check - Words', 'Vibes baseline'],
  ]
  const { mapping } = suggestFurther(
    'outcomes',
    { header, sampleRows: [], quarter: QUARTER },
    FRAMEWORK,
  )
  const wellbeing = { measure: 'invented-wellbeing' }
  expect(mapping.scores).toEqual([
    { column: 'IWS baseline', date: 'IWS baseline date', ...wellbeing, timePoint: 'baseline' },
    { column: 'IWS exit score', date: 'Exit date', ...wellbeing, timePoint: 'exit' },
  ])
  expect(compileMapping(mapping, header, undefined, 'outcomes').ok).toBe(true)
})

test('a sub-scale stands behind its instrument, and one day may be that of several scores', () => {
  const header = [
    ...['Client ID', 'Baseline date', 'Invented talk check words baseline'],
    'Invented talk check gestures baseline',
  ]
  const { mapping } = suggestFurther(
    'outcomes',
    { header, sampleRows: [], quarter: QUARTER },
    FRAMEWORK,
  )
  expect(mapping.scores?.map(({ subScale, date }) => [subScale, date])).toEqual([
    ['words', 'Baseline date'],
    ['gestures', 'Baseline date'],
  ])
  expect(compileMapping(mapping, header, undefined, 'outcomes').ok).toBe(true)
})

test('leaves no column out unasked that is headed as a score, without its days or beside the last file’s', () => {
  const header = [
    ...[
      'Client ID',
      'IWS baseline',
      'Baseline date',
      'IWS follow up',
      'Follow up date',
      'IWS exit',
    ],
    'Vibes exit',
  ]
  const sampleRows = [header.map(() => '30')]
  const source = { header, sampleRows, quarter: QUARTER } as const
  const askedOf = ({ mapping, suggestions }: ReturnType<typeof suggestFurther>): string[] => {
    const answers = answersOf(mapping, header)
    return header.filter(
      (column, at) => preselected(column, answers[at] ?? NOT_USED, suggestions) === '',
    )
  }
  const first = suggestFurther('outcomes', source, FRAMEWORK)
  expect(askedOf(first)).toEqual(['IWS exit', 'Vibes exit'])
  const previous: Mapping = { ...first.mapping, scores: first.mapping.scores?.slice(0, 1) ?? [] }
  const next = suggestFurther('outcomes', { ...source, previous }, FRAMEWORK)
  expect(next.mapping.scores).toEqual(previous.scores)
  expect(askedOf(next)).toEqual(['IWS follow up', 'IWS exit', 'Vibes exit'])
})

test.each<[header: string, asked: readonly string[]]>([
  ['Pre score|Post score|Pre date|Post date', ['Pre score', 'Post score']],
  ['IWS baseline|Baseline date|IWS 3 months|3 month date', ['IWS 3 months']],
  [
    'IWS baseline|Baseline date|IWS follow up 1|IWS 1st review',
    ['IWS follow up 1', 'IWS 1st review'],
  ],
  ['IWS pre|Pre date|First name|Last name|Post code|Baseline notes', []],
  ['Measure|Time point|Date|Score|Start weight', []],
])('asks of columns that may be scores: %s', (headings, asked) => {
  const header = headings.split('|')
  const words = ['First name', 'Last name', 'Post code', 'Baseline notes']
  const sampleRows = [header.map((heading) => (words.includes(heading) ? 'Amara' : '30'))]
  const source = { header, sampleRows, quarter: QUARTER } as const
  const { suggestions } = suggestFurther('outcomes', source, FRAMEWORK)
  const isAsked = (field: string, certainty: string) => field === 'score' && certainty === 'guess'
  expect(
    suggestions.filter((one) => isAsked(one.field, one.certainty)).map(({ column }) => column),
  ).toEqual(asked)
})

test('a mapping of one kind is refused for a file of another', () => {
  const header = ['Client ID']
  const columns = { client_ref: 'Client ID' }
  for (const mapping of [
    { kind: 'activities', columns },
    { kind: 'outcomes', columns },
  ] as const)
    expect(compileMapping(mapping, header)).toMatchObject({
      ok: false,
      refusals: [{ code: 'mapping-of-other-kind' }],
    })
  expect(compileMapping({ columns }, header, undefined, 'outcomes').ok).toBe(false)
})

test('says which columns of its own a kind of file lacks', () => {
  const header = ['Client ID', 'Score']
  const mapping = {
    kind: 'outcomes',
    columns: { client_ref: 'Client ID', score: 'Score' },
  } as const
  const compiled = compileMapping(mapping, header, undefined, 'outcomes')
  expect(compiled.ok ? [] : compiled.refusals.map(({ field }) => field)).toEqual([
    'measure',
    'time_point',
    'score_date',
  ])
})
