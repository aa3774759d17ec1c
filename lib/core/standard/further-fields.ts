import {
  detailFields,
  FEED_FIELD_NAMES,
  FEED_FIELDS,
  INVOLVEMENT_FIELDS,
  STAFF_FIELDS,
  type FeedFieldName,
} from './feeds/feed-fields.ts'
import { FEED_KINDS, type FeedKind } from './feeds/feed-kinds.ts'
import {
  PEOPLE_FIELD_NAMES,
  PEOPLE_FIELDS,
  SLOT,
  peopleField,
  type Field,
  type PeopleField,
  type PeopleFieldName,
} from './fields.ts'

/**
 * The further kinds of file of the standard, version 1: engagement activities, outcomes, and the
 * feeds of a look-up's sources. A row of any holds the same identifiers of a person as a row of
 * people, and fields of its own.
 */

/** What the rows of a file are about. */
export type FileKind = 'people' | FurtherKind

/** A kind of file beside people and service use. */
export type FurtherKind = 'activities' | 'outcomes' | FeedKind

/** The kinds of file that the services of a reach programme send, the one that most are first. */
export const FILE_KINDS = [
  'people',
  'activities',
  'outcomes',
] as const satisfies readonly FileKind[]

/** A kind of file of a reach programme: what can be hashed at source, as feeds are not. */
export type ReachKind = (typeof FILE_KINDS)[number]

/** Whether a kind of file is one of a reach programme. */
export function isReachKind(kind: FileKind | undefined): kind is ReachKind {
  return FILE_KINDS.some((each) => each === kind)
}

/** A kind of file of a reach programme beside people and service use. */
export type EventKind = Exclude<ReachKind, 'people'>

/** Every kind of file beside people and service use. */
export const FURTHER_KINDS = [
  'activities',
  'outcomes',
  ...FEED_KINDS,
] as const satisfies readonly FurtherKind[]

/** Every kind of file. */
export const ALL_KINDS: readonly FileKind[] = ['people', ...FURTHER_KINDS]

/** The kind of file that a text names; undefined where it names none. */
export function readFileKind(text: string): FileKind | undefined {
  return ALL_KINDS.find((kind) => kind === text)
}

/** Fields of activities alone, in the order of their slots. */
export const ACTIVITY_FIELD_NAMES = [
  'activity_ref',
  'activity_date',
  'activity_type',
  'venue_postcode',
  'activity_language',
  'adults',
  'children',
] as const

/** Fields of outcomes alone, in the order of their slots. */
export const OUTCOME_FIELD_NAMES = [
  'measure',
  'sub_scale',
  'time_point',
  'score_date',
  'score',
  'completed_by',
] as const

export type OwnFieldName =
  | (typeof ACTIVITY_FIELD_NAMES)[number]
  | (typeof OUTCOME_FIELD_NAMES)[number]
  | FeedFieldName

/** A field of any kind of file. */
export type FieldName = PeopleFieldName | OwnFieldName

/** A field that only files of one further kind have. */
export interface OwnField extends Field {
  readonly name: OwnFieldName
}

/** A field of a mapping, of whatever kind of file. */
export type AnyField = PeopleField | OwnField

/** What tells who somebody is: the same in every kind of file. */
const PERSON_FIELDS: readonly PeopleField[] = PEOPLE_FIELDS.filter(
  ({ name, kind, for: subject }) =>
    (kind === 'identifier' && subject !== 'carer') || name === 'role' || name === 'gender',
)

const ATTENDED: readonly PeopleField[] = PEOPLE_FIELDS.filter(({ name }) => name === 'attended')

/** What an activity row says beside the person. */
const ACTIVITY_OWN: readonly OwnField[] = [
  {
    name: 'activity_ref',
    label: 'Activity reference',
    kind: 'identifier',
    for: 'all',
    required: 'always',
    description:
      'Your own reference for the activity: the same on every row about it, and nobody’s name.',
    examples: ['STAY-PLAY-2024-05-07'],
  },
  {
    name: 'activity_date',
    label: 'Activity date',
    kind: 'date',
    for: 'all',
    required: 'always',
    description: 'Day of the activity, in the quarter.',
    examples: ['07/05/2024'],
  },
  {
    name: 'activity_type',
    label: 'Activity type',
    kind: 'code',
    for: 'all',
    required: 'no',
    description: 'What kind of activity it was.',
    codes: 'activity-type',
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
    name: 'activity_language',
    label: 'Activity language',
    kind: 'code',
    for: 'all',
    required: 'no',
    description: 'ISO 639 code or English name of the language the activity was held in.',
    codes: 'language',
    examples: ['pt', 'Somali'],
  },
  {
    name: 'adults',
    label: 'Adults',
    kind: 'integer',
    for: 'all',
    required: 'no',
    description: 'Number of adults who came, where nobody is named on the row.',
    examples: ['12'],
  },
  {
    name: 'children',
    label: 'Children',
    kind: 'integer',
    for: 'all',
    required: 'no',
    description: 'Number of children who came, where nobody is named on the row.',
    examples: ['15'],
  },
]

/** What an outcome row says beside the person. */
const OUTCOME_OWN: readonly OwnField[] = [
  {
    name: 'measure',
    label: 'Measure',
    kind: 'code',
    for: 'all',
    required: 'always',
    description:
      'The code or the name of an instrument of the programme’s shared measurement framework.',
    examples: ['invented-wellbeing'],
  },
  {
    name: 'sub_scale',
    label: 'Sub-scale',
    kind: 'code',
    for: 'all',
    required: 'no',
    description: 'The code or the name of the sub-scale, where the instrument has any.',
    examples: ['confidence'],
  },
  {
    name: 'time_point',
    label: 'Time point',
    kind: 'code',
    for: 'all',
    required: 'always',
    description: 'Baseline, follow-up or exit.',
    codes: 'time-point',
    examples: ['baseline', 'Review'],
  },
  {
    name: 'score_date',
    label: 'Score date',
    kind: 'date',
    for: 'all',
    required: 'always',
    description: 'Day on which the score was taken.',
    examples: ['07/05/2024'],
  },
  {
    name: 'score',
    label: 'Score',
    kind: 'number',
    for: 'all',
    required: 'always',
    description: 'The score as a number, within the scale of the instrument.',
    examples: ['42', '3.5'],
  },
  {
    name: 'completed_by',
    label: 'Completed by',
    kind: 'code',
    for: 'all',
    required: 'no',
    description: 'Who filled the instrument in: parent, practitioner or child.',
    codes: 'completed-by',
    examples: ['parent'],
  },
]

/** Nobody need be named on the row of an activity; a head count may stand there. */
function unlessCounted(field: PeopleField): PeopleField {
  return { ...field, required: 'no' }
}

/** The days of an involvement, as those of a service's use. */
const DAYS: readonly PeopleField[] = PEOPLE_FIELDS.filter(({ name }) =>
  (['start_date', 'last_contact_date', 'end_date'] as const).some((day) => day === name),
)

function fieldsOfFeed(kind: FeedKind): readonly AnyField[] {
  return [...PERSON_FIELDS, ...INVOLVEMENT_FIELDS, ...DAYS, ...STAFF_FIELDS, ...detailFields(kind)]
}

const FIELDS: Readonly<Record<FileKind, readonly AnyField[]>> = {
  people: PEOPLE_FIELDS,
  activities: [...ACTIVITY_OWN, ...PERSON_FIELDS.map(unlessCounted), ...ATTENDED],
  outcomes: [...PERSON_FIELDS, ...OUTCOME_OWN],
  ...ofEveryFeed(fieldsOfFeed),
}

/** Something of every kind of feed, by kind. */
export function ofEveryFeed<Each>(
  tell: (kind: FeedKind) => Each,
): Readonly<Record<FeedKind, Each>> {
  return Object.fromEntries(FEED_KINDS.map((kind) => [kind, tell(kind)])) as Record<FeedKind, Each>
}

/** The fields that a kind of file may have, in the order of its dictionary. */
export function fieldsOfKind(kind: FileKind): readonly AnyField[] {
  return FIELDS[kind]
}

/** The field of a kind of file called `name`; undefined for any other word. */
export function fieldOfKind(kind: FileKind, name: string): AnyField | undefined {
  return FIELDS[kind].find((field) => field.name === name)
}

const OWN_FIELDS: ReadonlyMap<string, OwnField> = new Map(
  [...ACTIVITY_OWN, ...OUTCOME_OWN, ...FEED_FIELDS].map((field) => [field.name, field]),
)

/** The field called `name` of whatever kind of file; undefined for any other word. */
export function anyField(name: string): AnyField | undefined {
  return peopleField(name) ?? OWN_FIELDS.get(name)
}

/** What people call a field of whatever kind of file; any other word as it is. */
export function fieldLabel(name: string): string {
  return anyField(name)?.label ?? name
}

/** Every field of whatever kind of file: those of people, then those of the further kinds. */
export const ANY_FIELDS: readonly AnyField[] = [
  ...PEOPLE_FIELDS,
  ...ACTIVITY_OWN,
  ...OUTCOME_OWN,
  ...FEED_FIELDS,
]

/** Every field of a mapped row by its slot: those of people, then those of the further kinds. */
export const FIELD_NAMES: readonly FieldName[] = [
  ...PEOPLE_FIELD_NAMES,
  ...ACTIVITY_FIELD_NAMES,
  ...OUTCOME_FIELD_NAMES,
  ...FEED_FIELD_NAMES,
]

/** Position of each field of the further kinds in a mapped row: after those of people. */
export const OWN_SLOT: Readonly<Record<OwnFieldName, number>> = Object.fromEntries(
  [...ACTIVITY_FIELD_NAMES, ...OUTCOME_FIELD_NAMES, ...FEED_FIELD_NAMES].map((name, index) => [
    name,
    PEOPLE_FIELD_NAMES.length + index,
  ]),
) as Record<OwnFieldName, number>

/** The slot of a field of any kind. */
export function slotOfField(name: FieldName): number {
  return isOwnField(name) ? OWN_SLOT[name] : SLOT[name]
}

/** Whether a field is of further kinds of file alone. */
export function isOwnField(name: string): name is OwnFieldName {
  return OWN_FIELDS.has(name)
}
