import { PEOPLE_FIELDS, type Field } from './fields.ts'

/**
 * The two further lists of the standard, version 1: engagement activities and outcomes.
 */

const PERSON_IDENTIFIERS: readonly Field[] = PEOPLE_FIELDS.filter(
  (field) => field.kind === 'identifier' && (field.for === 'all' || field.for === 'child'),
)

/** Engagement activities: one row is one activity, or one person at one activity. */
export const ACTIVITY_FIELDS: readonly Field[] = [
  {
    name: 'activity_ref',
    label: 'Activity reference',
    kind: 'identifier',
    for: 'all',
    required: 'always',
    description: 'Your own reference for the activity.',
    examples: ['STAY-PLAY-2024-05-07'],
  },
  {
    name: 'activity_date',
    label: 'Activity date',
    kind: 'date',
    for: 'all',
    required: 'always',
    description: 'Day of the activity.',
    examples: ['07/05/2024'],
  },
  {
    name: 'activity_type',
    label: 'Activity type',
    kind: 'code',
    for: 'all',
    required: 'no',
    description: 'What kind of activity it was, in the programme’s own words.',
    examples: ['Stay and play'],
  },
  {
    name: 'venue_postcode',
    label: 'Venue postcode',
    kind: 'identifier',
    for: 'all',
    required: 'no',
    description: 'Postcode of the venue: gives the ward, then it is dropped.',
    examples: ['SW9 9SL'],
  },
  {
    name: 'adults',
    label: 'Adults',
    kind: 'integer',
    for: 'all',
    required: 'no',
    description: 'Number of adults present, where nobody is named.',
    examples: ['12'],
  },
  {
    name: 'children',
    label: 'Children',
    kind: 'integer',
    for: 'all',
    required: 'no',
    description: 'Number of children present, where nobody is named.',
    examples: ['15'],
  },
  ...PERSON_IDENTIFIERS.map((field): Field => ({ ...field, required: 'no' })),
]

/** Outcomes: one row is one score of one person at one time. */
export const OUTCOME_FIELDS: readonly Field[] = [
  ...PERSON_IDENTIFIERS,
  {
    name: 'measure',
    label: 'Measure',
    kind: 'code',
    for: 'all',
    required: 'always',
    description: 'A registered code of the shared measurement framework.',
    examples: ['asq-3-communication'],
  },
  {
    name: 'time_point',
    label: 'Time point',
    kind: 'code',
    for: 'all',
    required: 'always',
    description: 'baseline, follow_up or exit.',
    examples: ['baseline'],
  },
  {
    name: 'score_date',
    label: 'Score date',
    kind: 'date',
    for: 'all',
    required: 'always',
    description: 'Day the score was taken.',
    examples: ['07/05/2024'],
  },
  {
    name: 'score',
    label: 'Score',
    kind: 'integer',
    for: 'all',
    required: 'always',
    description: 'The score.',
    examples: ['42'],
  },
]
