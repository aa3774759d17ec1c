import { anyField, OUTCOME_FIELD_NAMES } from '#core/standard/further-fields.ts'
import type { MappingRefusal } from '#core/mapping/field-claims.ts'
import type { ColumnProblem } from '#core/mapping/answers/matched-columns.ts'
import { JOURNEY_WORDS } from '#core/messages/submissions/journey-refusals.ts'
import type { Words, WordsDetail } from '#core/messages/words.ts'

type WordsFor = (detail: WordsDetail) => Words

const ADD_HERE = 'tick “Add a column” below and type or paste what belongs there after the check'

/**
 * Why columns cannot be matched as they were, for the person who matches them; the detail names the
 * field.
 */
export const MAPPING_WORDS = {
  'mapping-column-missing': about(() => ({
    title: 'The file has no column with this name.',
    fix: 'Match the columns that the file has.',
  })),
  'mapping-column-ambiguous': about(() => ({
    title: 'Two columns have nearly the same heading.',
    fix: 'Give each column its own heading in the file and upload it again.',
  })),
  'mapping-column-used-twice': about((field) => ({
    title: `One column cannot give ${field} and something else.`,
    fix: 'Choose one of them.',
  })),
  'mapping-field-unknown': about(() => ({
    title: 'There is no such field.',
    fix: 'Choose one from the list.',
  })),
  'mapping-field-not-for-shape': (detail) =>
    about((field) =>
      String(detail['field']).startsWith('carer_')
        ? {
            title: `${detail['heading'] === undefined ? field : `“${detail['heading']}”`} is about a carer, and rows of this kind are of one person.`,
            fix: 'If each row is of a child and their carer, choose that as what each row of the file is. Otherwise do not use the column.',
          }
        : {
            title: `${field} does not belong to rows of this kind.`,
            fix: 'Choose what each row of the file is, above, or do not use the column.',
          },
    )(detail),
  'mapping-field-mapped-twice': about((field) => ({
    title: `${field} is given by two columns.`,
    fix: 'Choose one of them, and do not use the other. If each is filled where the other is blank, use one and fill its gaps from the other.',
  })),
  'mapping-field-missing': (detail) => {
    const isHere = detail['isAddedHere'] === 1
    return detail['field'] === 'date_of_birth'
      ? {
          title: 'No column gives date of birth, which is needed.',
          fix: `Choose the column that holds it. An age is not enough: without a date of birth a child cannot be told from another of the same name. If the file has none, ${isHere ? ADD_HERE : 'add a column of dates of birth to it and upload it again'}.`,
        }
      : about((field) => ({
          title: `No column gives ${field.toLowerCase()}, which is needed.`,
          fix: `Choose the column that holds it. If the file has none, ${isHere ? ADD_HERE : 'add it and upload the file again'}.${otherwise(detail['field'])}`,
        }))(detail)
  },
  'mapping-constant-not-allowed': about((field) => ({
    title: `${field} cannot be the same for every row.`,
    fix: 'Choose the column that holds it.',
  })),
  'mapping-code-not-in-list': about((field) => ({
    title: `A word of ${field.toLowerCase()} has a meaning that is not in the list.`,
    fix: 'Match the column again and say what its words mean.',
  })),
  'mapping-values-not-allowed': about((field) => ({
    title: `${field} has no list of words.`,
    fix: 'Match the column again.',
  })),
  'mapping-split-unusable': about(() => ({
    title: 'A column cannot be taken apart like this.',
    fix: 'Choose a whole name or an address, or do not use the column.',
  })),
  'mapping-join-unusable': about((field) => ({
    title: `${field} needs a column each for day, month and year.`,
    fix: 'Choose all three, or one column that holds the whole date.',
  })),
  'mapping-filled-not-allowed': about((field) => ({
    title: `${field} cannot come from a rule that gives the same to several people, or replaces what the file gives.`,
    fix: 'Choose another column, or take that rule out on the page “Fill gaps in your file”. A rule may fill blank cells from other columns of the same row.',
  })),
  'mapping-scores-two-ways': about((field) => ({
    title: `${field} is given for the whole row, and other columns hold scores of their own.`,
    fix: 'Either each row holds one score, with its measure, time point and date, or several columns do, each with a date. Choose one of the two ways, and do not use the other columns.',
  })),
  'mapping-of-other-kind': () => ({
    title: 'The mapping is of another kind of file.',
    fix: 'Its “kind” says what the rows are about: people and service use where it has none, else activities or outcomes. Use the mapping of this kind of file.',
  }),
} as const satisfies Readonly<Record<MappingRefusal['code'], WordsFor>>

function about(words: (label: string) => Words): WordsFor {
  return ({ field = '' }) => words(anyField(String(field))?.label ?? 'This')
}

/** What else may give a field that no column does: nothing where there is no other way. */
function otherwise(field: unknown): string {
  if (field === 'client_ref')
    return ' Where you keep no client reference, have one made of name and date of birth, above. Where activities count people and name nobody, choose which columns count adults and children.'
  return isScoreField(field)
    ? ' Where a row holds several scores, say of each of their columns which score it is, and choose the columns of their days.'
    : ''
}

function isScoreField(field: unknown): boolean {
  return OUTCOME_FIELD_NAMES.some((name) => name === field)
}

/** What is wrong beside one column of a page, or, with an empty field, above all of them. */
export interface ColumnMessage {
  /** `column-` and the column's place from 0; or the box that adds a column. */
  readonly field: string
  readonly message: string
  readonly hint?: string
}

/**
 * The words of answers about columns that cannot be used: one line a column, each said once. Where a
 * page can add a column for a field, its box is named `added` and the field.
 */
export function describeColumnProblems(
  problems: readonly ColumnProblem[],
  added?: string,
): ColumnMessage[] {
  const messages = problems.flatMap(({ code, field, columns, headings }): ColumnMessage[] => {
    const isUnmatched = code === 'column-unmatched'
    const [heading] = headings
    const { title, fix } =
      code === 'column-unmatched' || code === 'score-without-day' || code === 'added-too-many'
        ? JOURNEY_WORDS[code]
        : MAPPING_WORDS[code]({
            field,
            ...(heading === undefined ? {} : { heading }),
            ...(added === undefined ? {} : { isAddedHere: 1 }),
          })
    const isAddable = code === 'mapping-field-missing' && added !== undefined
    return columns.length === 0
      ? [{ field: isAddable ? `${added}${field}` : '', message: title, hint: fix }]
      : columns.map((column, index) => ({
          field: `column-${column}`,
          message: isUnmatched ? unmatched(headings[index]) : title,
          ...(index === 0 ? { hint: fix } : {}),
        }))
  })
  return messages.filter(
    ({ field, message }, index) =>
      messages.findIndex((other) => other.field === field && other.message === message) === index,
  )
}

function unmatched(heading = ''): string {
  return `Say what “${heading}” is, or that it is not to be used`
}
