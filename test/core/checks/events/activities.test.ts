import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkEventRows, type Row } from './check-file.ts'

const PLAY = { activity_ref: 'P-1', activity_date: '07/05/2024', activity_type: 'Stay and play' }
const AMARA = { client_ref: 'C-1', first_name: 'Amara', last_name: 'Okafor', attended: 'yes' }
const BO = { client_ref: 'C-2', first_name: 'Bo', last_name: 'Lund', attended: 'yes' }
/** Every column that the tests fill. */
const BLANK = { ...PLAY, ...AMARA, adults: '', children: '', venue_postcode: '' }
const NOBODY = { client_ref: '', first_name: '', last_name: '', attended: '' }

function row(...parts: readonly Row[]): Row {
  return Object.assign({}, BLANK, ...parts) as Row
}

test('counts activities, who attended, and heads that nobody named', async () => {
  const { outcome, facts, events, activities, findings } = await checkEventRows('activities', [
    row(AMARA),
    row(BO, { attended: 'DNA' }),
    row(AMARA, { activity_ref: 'P-2', activity_date: '14/05/2024' }),
    row(NOBODY, {
      ...{ activity_ref: 'P-3', activity_date: '21/05/2024' },
      ...{ adults: '12', children: '15' },
    }),
  ])
  expect(findings).toEqual([])
  expect(outcome.rows).toMatchObject({ read: 4, accepted: 4, rejected: 0 })
  expect(outcome.activities).toEqual({
    ...{ activities: 3, attendances: 2, people: 1 },
    ...{ anonymousAdults: 12, anonymousChildren: 15 },
  })
  // Who came to an activity is no client of it by that.
  expect(facts.map(({ contacts, lastContactDate }) => [contacts, lastContactDate])).toEqual([
    [null, ''],
    [null, ''],
  ])
  expect(events.map(({ attended }) => attended)).toEqual([[0, 1], []])
  expect(activities.map(({ day, adults, children }) => [day, adults, children])).toEqual([
    ['2024-05-07', 0, 0],
    ['2024-05-14', 0, 0],
    ['2024-05-21', 12, 15],
  ])
})

test('a file of head counts alone has nobody and is no empty file', async () => {
  const { outcome, findings } = await checkEventRows('activities', [
    { ...PLAY, adults: '3', children: '0' },
    { ...PLAY, activity_ref: 'P-2', adults: '4', children: '5' },
  ])
  expect(findings).toEqual([])
  expect(outcome.records).toBe(0)
  expect(outcome.activities).toMatchObject({ activities: 2, anonymousAdults: 7 })
})

test.each<[code: string, finding: string, rows: readonly Row[]]>([
  ['no reference', '1 activity_ref activity-ref-missing must-fix', [row({ activity_ref: ' ' })]],
  ['no date', '1 activity_date activity-date-missing must-fix', [row({ activity_date: '' })]],
  [
    'no such day',
    '1 activity_date date-impossible must-fix',
    [row({ activity_date: '31/04/2024' })],
  ],
  [
    'a day of another quarter',
    '1 activity_date activity-outside-quarter confirm',
    [row({ activity_date: '07/07/2024' })],
  ],
  ['a type nobody knows', '1 activity_type not-in-list note', [row({ activity_type: 'qwertyu' })]],
  [
    'a venue that is none',
    '1 venue_postcode venue-postcode-unusable note',
    [row({ venue_postcode: 'hall' })],
  ],
  [
    'a head count in words',
    '1 adults heads-unreadable must-fix',
    [row(NOBODY, { adults: 'lots' })],
  ],
  ['very many heads', '1 children heads-many confirm', [row(NOBODY, { children: '501' })]],
  ['nobody and no count', '1 adults activity-of-nobody confirm', [row(NOBODY)]],
  ['a head count beside names', '1 adults heads-beside-names must-fix', [row({ adults: '3' })]],
  ['nobody’s reference', '1 client_ref ref-missing must-fix', [row({ client_ref: '' })]],
  [
    'an activity on two days',
    '2 activity_ref activity-rows-disagree must-fix',
    [row(), row(BO, { activity_date: '08/05/2024' })],
  ],
  [
    'two head counts',
    '2 activity_ref heads-repeated must-fix',
    [row(NOBODY, { adults: '3' }), row(NOBODY, { adults: '4' })],
  ],
  ['somebody twice', '2 client_ref attendance-repeated note', [row(), row()]],
])('finds %s', async (_, finding, rows) => {
  const { findings, outcome } = await checkEventRows('activities', rows)
  expect(findings).toContain(finding)
  const isStopped = finding.endsWith('must-fix')
  expect(outcome.rows.rejected > 0).toBe(isStopped)
})

test('a type that stands on one row of an activity alone is that of all its rows', async () => {
  const { findings, outcome } = await checkEventRows('activities', [
    row({ activity_type: '' }),
    row(BO),
  ])
  expect(findings).toEqual([])
  expect(outcome.activities).toMatchObject({ activities: 1, attendances: 2 })
})

test('comes to the same in whatever order the rows are', async () => {
  const rows = [
    row(),
    row(BO),
    row(BO, { activity_ref: 'P-2', activity_date: '14/05/2024' }),
    row(),
    row(NOBODY, { activity_ref: 'P-2', activity_date: '14/05/2024', adults: '2' }),
    row({ activity_ref: 'P-4', activity_date: '09/05/2024' }),
    row(BO, { activity_ref: 'P-4', activity_date: '10/05/2024' }),
  ]
  const { outcome: known } = await checkEventRows('activities', rows)
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: rows.length }), async (shuffled) => {
      const { outcome } = await checkEventRows('activities', shuffled)
      expect(outcome.activities).toEqual(known.activities)
      expect(outcome.rows).toEqual(known.rows)
      expect(outcome.records).toBe(known.records)
    }),
    { numRuns: 20 },
  )
})
