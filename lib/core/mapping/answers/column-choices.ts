import { peopleField } from '#core/standard/fields.ts'
import { anyField, fieldLabel, fieldOfKind, type FileKind } from '#core/standard/further-fields.ts'
import type { Mapping, RowShape, Suggestion } from '#core/mapping/mapping.ts'
import type { ColumnAnswer } from './answer-group.ts'
import { saysNothing } from '#core/mapping/says-nothing.ts'
import { findingLabel, scoreHeading } from '#core/mapping/score-fields.ts'
import { answersOfScores, readScoreAnswer, scoresOfAnswers } from './score-answers.ts'

/**
 * A mapping as a person makes it: one answer for each column of the file. An answer is `none` (not
 * used), `field:` and one or more fields, `split:` and the fields the cell is taken apart into,
 * `part:` with a field and the place of the column among those it is joined from, or about one of
 * several scores of a row (score-answers.ts).
 */

/** Nothing of the column is used. */
export const NOT_USED = 'none'

const DATE_PARTS = ['day', 'month', 'year'] as const

/** Cells that are taken apart: the answer's value and its words. */
const SPLITS: readonly ColumnAnswer[] = [
  { value: 'split:first_name,last_name', text: 'Whole name: first name, then last name' },
  { value: 'split:last_name,first_name', text: 'Whole name: last name, then first name' },
  {
    value: 'split:carer_first_name,carer_last_name',
    text: 'Carer’s whole name: first name, then last name',
  },
  {
    value: 'split:carer_last_name,carer_first_name',
    text: 'Carer’s whole name: last name, then first name',
  },
  { value: 'split:postcode', text: 'Address that ends in the postcode' },
]

/** Columns that are put together: parts of a birth date. */
const PARTS: readonly ColumnAnswer[] = [
  ...['date_of_birth', 'carer_date_of_birth', 'activity_date', 'score_date'],
].flatMap((name) =>
  DATE_PARTS.map((part, place) => ({
    value: `part:${name}:${place}`,
    text: `${fieldLabel(name)}: ${part}`,
  })),
)

/** Answers besides single fields, for the list to choose from. */
export function furtherAnswers(kind: FileKind): readonly ColumnAnswer[] {
  return [...SPLITS, ...PARTS].filter(({ value }) => isOfKind(value, kind))
}

function isOfKind(answer: string, kind: FileKind): boolean {
  return fieldsOfAnswer(answer).every((name) => fieldOfKind(kind, name) !== undefined)
}

/**
 * The answer for each column of `header` that a mapping amounts to; `none` where it does not use
 * the column.
 */
export function answersOf(mapping: Mapping, header: readonly string[]): string[] {
  const answers = new Map<string, string>()
  const fields = new Map<string, string[]>()
  for (const [field, column] of Object.entries(mapping.columns)) {
    fields.set(column, [...(fields.get(column) ?? []), field])
  }
  for (const [column, names] of fields) answers.set(column, `field:${names.join(',')}`)
  for (const [column, names] of Object.entries(mapping.split ?? {})) {
    answers.set(column, `split:${names.join(',')}`)
  }
  for (const [field, columns] of Object.entries(mapping.join ?? {})) {
    columns.forEach((column, place) => answers.set(column, `part:${field}:${place}`))
  }
  for (const [column, answer] of answersOfScores(mapping, header)) answers.set(column, answer)
  return header.map((column) => answers.get(column) ?? NOT_USED)
}

/** The fields that an answer gives; none for an answer that is not understood. */
export function fieldsOfAnswer(answer: string): string[] {
  const [kind, names = ''] = answer.split(':')
  if (kind === 'field' || kind === 'split') return names.split(',')
  const score = readScoreAnswer(answer)
  if (score !== undefined)
    return score.is === 'day' ? ['score_date'] : ['score', 'measure', 'sub_scale', 'time_point']
  return kind === 'part' ? [names] : []
}

/**
 * The heading of the column that gives a field, else the field's label; empty for a file as a
 * whole.
 */
export function headingOf(
  mapping: Mapping | null,
  header: readonly string[],
  field: string,
): string {
  if (field === '') return ''
  const ofScores = scoreHeading(mapping, field)
  if (ofScores !== undefined) return ofScores
  const answers = mapping === null ? [] : answersOf(mapping, header)
  const giving = answers.flatMap((answer, index) =>
    fieldsOfAnswer(answer).includes(field) ? [index] : [],
  )
  const [first = -1] = giving
  // What is about a row of several scores is about none of their columns.
  const isOpen = giving.length > 1 && readScoreAnswer(answers[first] ?? '') !== undefined
  return (isOpen ? undefined : header[first]) ?? findingLabel(field)
}

/** Whether an answer is one that a page offers: known fields of the kind of file alone. */
export function isAnswer(answer: string, of: FileKind = 'people'): boolean {
  if (answer === NOT_USED) return true
  if (readScoreAnswer(answer) !== undefined) return of === 'outcomes'
  if (answer.startsWith('field:')) return isOfKind(answer, of)
  if (answer.startsWith('split:'))
    return SPLITS.some(({ value }) => value === answer) && isOfKind(answer, of)
  const [kind, , place = ''] = answer.split(':')
  return kind === 'part' && isOfKind(answer, of) && /^[0-5]$/.test(place)
}

/**
 * What the answers about a file's columns come to. `kept` are what other steps settled: values, and
 * constants. Rows of activities and outcomes have no shape.
 */
export function mappingOfAnswers(
  header: readonly string[],
  answers: readonly string[],
  shape: RowShape,
  kept: Pick<Mapping, 'values' | 'constants'>,
  kind: FileKind = 'people',
): Mapping {
  const columns: Record<string, string> = {}
  const split: Record<string, readonly string[]> = {}
  const join: Record<string, string[]> = {}
  header.forEach((column, index) => {
    const answer = answers[index] ?? NOT_USED
    const names = fieldsOfAnswer(answer)
    if (answer.startsWith('field:')) for (const name of names) columns[name] = column
    else if (answer.startsWith('split:')) split[column] = names
    else if (answer.startsWith('part:')) {
      const [name = ''] = names
      ;(join[name] ??= [])[Number(answer.split(':')[2])] = column
    }
  })
  const used = new Set([...Object.keys(columns)])
  const values = Object.fromEntries(
    Object.entries(kept.values ?? {}).filter(([field]) => used.has(field)),
  )
  const constants = Object.fromEntries(
    Object.entries(kept.constants ?? {}).filter(([field]) => !used.has(field)),
  )
  const { scores } = scoresOfAnswers(header, answers)
  return {
    ...(kind === 'people' ? { shape } : { kind }),
    columns,
    ...(scores.length > 0 ? { scores } : {}),
    ...(Object.keys(constants).length > 0 ? { constants } : {}),
    ...(Object.keys(values).length > 0 ? { values } : {}),
    ...(Object.keys(split).length > 0 ? { split } : {}),
    ...(Object.keys(join).length > 0
      ? {
          join: Object.fromEntries(
            Object.entries(join).map(([field, parts]) => [
              field,
              Array.from(parts, (part: string | undefined) => part ?? ''),
            ]),
          ),
        }
      : {}),
  }
}

/** Fields that two columns were both said to give, with those columns. */
export function doubledFields(
  header: readonly string[],
  answers: readonly string[],
): { readonly field: string; readonly columns: readonly number[] }[] {
  const given = new Map<string, number[]>()
  header.forEach((_, index) => {
    const answer = answers[index] ?? NOT_USED
    const isOne = answer.startsWith('part:') || readScoreAnswer(answer) !== undefined
    const names = isOne ? [answer] : fieldsOfAnswer(answer)
    for (const name of names) given.set(name, [...(given.get(name) ?? []), index])
  })
  return [...given].flatMap(([field, columns]) =>
    columns.length > 1 ? [{ field: fieldsOfAnswer(field)[0] ?? field, columns }] : [],
  )
}

/** Ways to reach somebody: a second one may be another person’s. */
const WAYS_TO_REACH: ReadonlySet<string> = new Set([
  'email',
  'mobile',
  'carer_email',
  'carer_mobile',
])

/**
 * What is preselected for a column: what is certain, else what is likely unless it is an identifier
 * or another column is likely the same, else nothing, so that a person decides. A guess never
 * preselects an identifier. What is no more than a guess at what another column surely gives is not
 * used, as nobody is asked about it elsewhere (`unaskedColumns`).
 */
export function preselected(
  column: string,
  certain: string,
  suggestions: readonly Suggestion[],
): string {
  if (certain !== NOT_USED) return certain
  const [first, second] = suggestions.filter((suggestion) => suggestion.column === column)
  if (first === undefined) return saysNothing(column) ? '' : NOT_USED
  const isGuess =
    first.certainty === 'guess' && second === undefined && !WAYS_TO_REACH.has(first.field)
  const isGiven = suggestions.some(
    (other) =>
      other.field === first.field && other.column !== column && other.certainty === 'certain',
  )
  if (isGuess && isGiven && peopleField(first.field) !== undefined) return NOT_USED
  const kind = anyField(first.field)?.kind
  const isIdentifier = kind === 'identifier' || kind === 'staff'
  const isRivalled = suggestions.some(
    (other) =>
      other.field === first.field && other.column !== column && other.certainty !== 'guess',
  )
  if (first.certainty === 'likely' && second === undefined && !isIdentifier && !isRivalled)
    return `field:${first.field}`
  return ''
}
