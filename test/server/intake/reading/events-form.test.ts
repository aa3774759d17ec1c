import { describe, expect, test } from 'vitest'
import { EventsForm } from '#server/intake/reading/events-form.ts'
import type { CheckTask, EventsRead } from '#server/intake/reading/reading-task.ts'
import { FRAMEWORK } from '../kinds/kind-files.ts'

/** What a reading process may say beside records, and what it may not. */

function formOf(further?: CheckTask['further']): EventsForm {
  return new EventsForm({
    ...{ want: 'records', source: { kind: 'local', path: 'x', name: 'x' }, mapping: null },
    ...{ previous: null, quarter: '2024-Q1', providerCode: 'acorn', serviceCode: 'stay-and-play' },
    ...{
      live: false,
      areas: new Map([[1n, { ward: 'hill', imdDecile: 1, inArea: 'yes' as const }]]),
    },
    ...(further === undefined ? {} : { further }),
  })
}

const OUTCOMES = { kind: 'outcomes', framework: FRAMEWORK, day: '' } as const
const ACTIVITY = {
  ...{ day: '2024-05-07', type: 'group', language: 'pt', ward: 'hill', adults: 2, children: 0 },
}
const SCORE = {
  ...{ instrument: 'invented-wellbeing', subScale: '', timePoint: 'baseline', day: '2024-05-07' },
  ...{ thousandths: 30_500, completedBy: 'parent' },
}
const SOUND = {
  activities: [ACTIVITY],
  people: [{ attended: [0], scores: [SCORE] }],
}

const bytesOf = (told: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(told))

test('reads activities, attendances and scores whose codes are known', () => {
  expect(formOf(OUTCOMES).read(bytesOf(SOUND), 1)).toEqual(SOUND satisfies unknown as EventsRead)
  expect(formOf().read(new Uint8Array(), 3)).toBeUndefined()
})

test('knows activities that were told with earlier records', () => {
  const form = formOf(OUTCOMES)
  form.read(bytesOf({ activities: [ACTIVITY, ACTIVITY], people: [] }), 0)
  const people = [{ attended: [1], scores: [] }]
  expect(form.read(bytesOf({ activities: [], people }), 1)?.people).toEqual(people)
})

describe('refuses', () => {
  const withScore = (change: object): unknown => ({
    ...SOUND,
    people: [{ attended: [0], scores: [{ ...SCORE, ...change }] }],
  })
  const withActivity = (change: object): unknown => ({
    ...SOUND,
    activities: [{ ...ACTIVITY, ...change }],
  })
  test.each<[what: string, told: unknown]>([
    ['a name in place of a type', withActivity({ type: 'Amara Okafor' })],
    ['a ward that no postcode lies in', withActivity({ ward: 'elsewhere' })],
    ['a language that is none', withActivity({ language: 'Amara' })],
    ['a day that is none', withActivity({ day: '07/05/2024' })],
    ['more heads than can be', withActivity({ adults: 100_000 })],
    ['a member that is not asked for', withActivity({ note: 'Amara' })],
    ['an instrument of no framework', withScore({ instrument: 'amara' })],
    ['a sub-scale of none', withScore({ subScale: 'amara' })],
    ['a time point that is none', withScore({ timePoint: 'later' })],
    ['a score that is no number of thousandths', withScore({ thousandths: 30.5 })],
    ['somebody’s name as who filled it in', withScore({ completedBy: 'Amara' })],
    ['an activity that was not told', { ...SOUND, people: [{ attended: [1], scores: [] }] }],
    ['more people than records', { ...SOUND, people: [SOUND.people[0], SOUND.people[0]] }],
  ])('%s', (_, told) => {
    expect(() => formOf(OUTCOMES).read(bytesOf(told), 1)).toThrow(RangeError)
  })

  test('anything beside records of people and service use', () => {
    expect(() => formOf().read(bytesOf(SOUND), 1)).toThrow(RangeError)
  })
})
