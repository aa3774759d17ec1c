import { PEOPLE_FIELDS, type FieldSubject, type PeopleField } from '#core/standard/fields.ts'
import { FURTHER_ANSWERS, type ColumnAnswer } from './column-choices.ts'
import type { Suggestion } from '#core/mapping/mapping.ts'

/**
 * What a page that matches columns offers to choose from, in words.
 */

/** Answers that belong together. */
export interface AnswerGroup {
  readonly label: string
  readonly answers: readonly ColumnAnswer[]
}

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

const SUBJECTS: readonly (readonly [string, (field: PeopleField) => boolean])[] = [
  ['The person', isOf('all', 'identifier')],
  ['The child’s carer', ({ for: subject }) => subject === 'child' || subject === 'carer'],
  ['About the person', isOf('all', 'code')],
  [
    'Use of the service',
    ({ for: subject, kind }) => subject === 'all' && (kind === 'date' || kind === 'integer'),
  ],
  ['The contact', ({ for: subject }) => subject === 'contact'],
]

function isOf(subject: FieldSubject, kind: PeopleField['kind']): (field: PeopleField) => boolean {
  return (field) => field.for === subject && field.kind === kind
}

/**
 * Every field and, last, what a column may be besides; one of `answers`, those in use, that is
 * neither is offered too.
 */
export function answerGroups(answers: readonly string[]): AnswerGroup[] {
  const fields = SUBJECTS.map(([label, belongs]) => ({
    label,
    answers: PEOPLE_FIELDS.filter(belongs).map(({ name, label: text }) => ({
      value: `field:${name}`,
      text,
    })),
  }))
  const offered = new Set(
    [...fields.flatMap(({ answers: listed }) => listed), ...FURTHER_ANSWERS].map(
      ({ value }) => value,
    ),
  )
  const inUse = new Set(answers.filter((answer) => answer.includes(':') && !offered.has(answer)))
  return [
    ...fields,
    {
      label: 'Several at once',
      answers: [
        ...FURTHER_ANSWERS,
        ...[...inUse].map((value) => ({ value, text: namesIn(value).map(labelOf).join(' and ') })),
      ],
    },
  ]
}

/**
 * The fields of a person that no answer gives: to continue is to say that they are not provided.
 */
export function fieldsNotGiven(answers: readonly string[]): PeopleField[] {
  const given = new Set(answers.flatMap(namesIn))
  return PEOPLE_FIELDS.filter(
    ({ name, for: subject }) => (subject === 'all' || subject === 'child') && !given.has(name),
  )
}

function namesIn(answer: string): string[] {
  return (answer.split(':')[1] ?? '').split(',')
}

function labelOf(name: string): string {
  return PEOPLE_FIELDS.find((field) => field.name === name)?.label ?? name
}
