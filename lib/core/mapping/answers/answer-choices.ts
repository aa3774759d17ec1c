import type { Instrument } from '#core/framework/framework.ts'
import type { FieldSubject } from '#core/standard/fields.ts'
import {
  fieldLabel,
  fieldsOfKind,
  isOwnField,
  ofEveryFeed,
  type AnyField,
  type FileKind,
} from '#core/standard/further-fields.ts'
import type { AnswerGroup } from './answer-group.ts'
import { fieldsOfAnswer, furtherAnswers } from './column-choices.ts'
import type { RowShape, Suggestion } from '#core/mapping/mapping.ts'
import { scoreAnswerGroups, scoreAnswerText } from './score-answers.ts'

/**
 * What a page that matches columns offers to choose from, in words.
 */

/** What each row of a file may be. */
export const SHAPE_CHOICES = [
  { value: 'person', text: 'One person' },
  { value: 'child-and-carer', text: 'A child and their carer' },
  { value: 'contacts', text: 'One contact with a person' },
] as const

/** What everybody in a file may be, where no column says it. */
export const ROLE_CHOICES = [
  { value: '', text: 'Tell by their age, or by a column' },
  { value: 'child', text: 'All are children' },
  { value: 'parent', text: 'All are parents' },
  { value: 'adult', text: 'All are adults' },
] as const

/** Where client references come from. */
export const REFERENCE_CHOICES = [
  { value: '', text: 'A column holds it' },
  {
    value: 'name-and-birth',
    text: 'We keep none: make one of first name, last name and date of birth',
  },
] as const

/** What is to be known of references that are made. */
export const REFERENCE_HINT =
  'One that is made is weaker than one you keep: a corrected name or date of birth makes another, and a row without one of the three has none.'

/** How sure a suggestion is, as a tag shows it. */
export const CERTAINTY_MARKS = {
  certain: { text: 'Found', colour: 'green' },
  likely: { text: 'Please check', colour: 'yellow' },
  guess: { text: 'Only a guess', colour: 'yellow' },
} as const satisfies Record<Suggestion['certainty'], { text: string; colour: string }>

type Subject = readonly [label: string, belongs: (field: AnyField) => boolean]

const SUBJECTS: readonly Subject[] = [
  ['The person', isOf('all', 'identifier')],
  ['The child’s carer', ({ for: subject }) => subject === 'child' || subject === 'carer'],
  ['About the person', isOf('all', 'code')],
  [
    'Use of the service',
    ({ for: subject, kind }) => subject === 'all' && (kind === 'date' || kind === 'integer'),
  ],
  ['The contact', ({ for: subject }) => subject === 'contact'],
]

function isOf(subject: FieldSubject, kind: AnyField['kind']): (field: AnyField) => boolean {
  return (field) => field.for === subject && field.kind === kind
}

const OWN: Readonly<Record<FileKind, string>> = {
  people: '',
  activities: 'The activity',
  outcomes: 'The score, where each row holds one',
  ...ofEveryFeed(() => 'The involvement, and whom to phone'),
}

/** What the fields of a kind of file are about: first what only this kind has. */
function subjectsOf(kind: FileKind): readonly Subject[] {
  if (kind === 'people') return SUBJECTS
  const isOfPerson = ({ name }: AnyField) => !isOwnField(name) && name !== 'attended'
  return [
    [OWN[kind], (field) => !isOfPerson(field)],
    ...SUBJECTS.map(([label, belongs]): Subject => [
      label,
      (field) => isOfPerson(field) && belongs(field),
    ]),
  ]
}

/**
 * Every field of a kind of file and, last, what a column may be besides: scores of the `instruments`
 * that its service uses, parts. One of `answers`, those in use, that is neither is offered too.
 */
export function answerGroups(
  answers: readonly string[],
  kind: FileKind = 'people',
  instruments: readonly Instrument[] = [],
): AnswerGroup[] {
  const fields = subjectsOf(kind).flatMap(([label, belongs]) => {
    const listed = fieldsOfKind(kind).filter(belongs)
    const choices = listed.map(({ name, label: text }) => ({ value: `field:${name}`, text }))
    return choices.length === 0 ? [] : [{ label, answers: choices }]
  })
  const scores = kind === 'outcomes' ? scoreAnswerGroups(instruments) : []
  const further = furtherAnswers(kind)
  const offered = new Set(
    [...[...fields, ...scores].flatMap(({ answers: listed }) => listed), ...further].map(
      ({ value }) => value,
    ),
  )
  const inUse = new Set(answers.filter((answer) => answer.includes(':') && !offered.has(answer)))
  return [
    ...fields,
    ...scores,
    {
      label: 'Several at once',
      answers: [
        ...further,
        ...[...inUse].map((value) => ({
          value,
          text:
            scoreAnswerText(value, instruments) ||
            fieldsOfAnswer(value).map(fieldLabel).join(' and '),
        })),
      ],
    },
  ]
}

/** What findings about a whole file ask for that a column may be added for. */
export const FIELDS_TO_ADD: Readonly<Record<string, string>> = {
  'nobody-told-child': 'date_of_birth',
  'children-without-births': 'date_of_birth',
  'adults-for-want-of-birth': 'date_of_birth',
}

/** What the name of a box begins with that adds a column to a file; its field follows. */
export const ADD_COLUMN = 'add-'

/**
 * The fields of a kind of file that no answer gives: to continue is to say that they are not provided.
 */
export function fieldsNotGiven(
  answers: readonly string[],
  kind: FileKind = 'people',
  shape: RowShape = 'person',
): readonly AnyField[] {
  const given = new Set(answers.flatMap(fieldsOfAnswer))
  const subjects = SUBJECTS_OF_SHAPE[shape]
  return fieldsOfKind(kind).filter(
    ({ name, for: subject }) => subjects.includes(subject) && !given.has(name),
  )
}

const SUBJECTS_OF_SHAPE: Readonly<Record<RowShape, readonly FieldSubject[]>> = {
  person: ['all', 'child'],
  'child-and-carer': ['all', 'child', 'carer'],
  contacts: ['all', 'child', 'contact'],
}
