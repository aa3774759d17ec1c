import { CODE_LISTS } from '#core/standard/codes.ts'
import { anyField, fieldLabel } from '#core/standard/further-fields.ts'
import { SHAPE_CHOICES } from '#core/mapping/answers/answer-choices.ts'
import { answersOf, fieldsOfAnswer, NOT_USED } from '#core/mapping/answers/column-choices.ts'
import { shapeOfMapping } from '#core/mapping/compile-mapping.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { Preparation } from '#core/preparation/preparation.ts'
import { isRemembered } from '#core/remembered/mapping-in-words.ts'
import { SOME_SHEET } from '#core/remembered/remembered-in-words.ts'
import {
  counted,
  encodingChoices,
  leaveOutChoices,
  SEPARATOR_CHOICES,
} from '#core/messages/reading/reading-words.ts'
import { ruleWords } from './rule-words.ts'
import { SHAPE_WORDS } from './shape-words.ts'

/** A part of what is done to a file, in the order in which it is done. */
export interface TreatmentPart {
  readonly title: string
  readonly lines: readonly TreatmentLine[]
}

/** One thing that is done, and what belongs to it. */
export interface TreatmentLine {
  readonly text: string
  readonly details: readonly string[]
}

/**
 * Everything that is done to the file of a service, in words and in order: how it is read, changed,
 * filled and matched. It names columns and the words of codes and rules, and no value of a row.
 */
export function describeTreatment(mapping: Mapping, header: readonly string[]): TreatmentPart[] {
  const { preparation = {} } = mapping
  const parts = [
    { title: 'The file is read', lines: readingLines(mapping) },
    { title: 'Rows that are not people are left out', lines: leftOutLines(preparation) },
    { title: 'The rows are made one for each person', lines: shapeLines(preparation) },
    { title: 'Gaps are filled', lines: fillingLines(preparation) },
    { title: 'Columns are matched', lines: columnLines(mapping, header) },
    { title: 'Words are given a meaning', lines: wordLines(mapping) },
    { title: 'Names and numbers are replaced', lines: CLOSING.map(plain) },
  ]
  return parts.filter(({ lines }) => lines.length > 0)
}

const CLOSING = [
  'Every row is checked. Rows that have to be fixed are fixed, or left out with a reason.',
  'Everything that identifies a person is replaced by pseudonyms, and the file is erased.',
]

function plain(text: string): TreatmentLine {
  return { text, details: [] }
}

function readingLines({ sheet, headerRow, encoding, separator }: Mapping): TreatmentLine[] {
  const encoded = encodingChoices(null).find(({ value }) => value === encoding)?.text
  const separated = SEPARATOR_CHOICES.find(({ value }) => value === separator)?.text
  return [
    ...(sheet === undefined ? [] : [`${sheetWords(sheet)} is read.`]),
    headerRow === undefined
      ? 'The row of the headings is found in the file.'
      : `The headings are in row ${headerRow}.`,
    ...(encoded === undefined ? [] : [`Its text is read as ${encoded}.`]),
    ...(separated === undefined ? [] : [`Columns are separated by: ${separated.toLowerCase()}.`]),
    'Dates are read as day, month, year; or year-month-day.',
  ].map(plain)
}

function sheetWords(sheet: string): string {
  return sheet === SOME_SHEET ? 'The sheet that was chosen last time' : `The sheet “${sheet}”`
}

function leftOutLines({ leaveOutMarked = [] }: Preparation): TreatmentLine[] {
  const marked = leaveOutChoices(null, leaveOutMarked).map(({ text }) => `${text}.`)
  return [
    'Headings that come again, instructions and examples, totals, titles, closing lines and rows without a person are left out. Somebody confirms them each time.',
    ...marked,
  ].map(plain)
}

function shapeLines(preparation: Preparation): TreatmentLine[] {
  const { sheets, fillDown, register, childrenAcross, declined = [] } = preparation
  const lines: TreatmentLine[] = []
  if (sheets === 'alike') lines.push(plain('Sheets with the same headings are read as one table.'))
  else if (sheets === 'alike-and-hidden')
    lines.push(plain('Sheets with the same headings, also hidden ones, are read as one table.'))
  else if (sheets?.includes(SOME_SHEET) === true)
    lines.push(
      plain(`The ${sheets.length} sheets that were chosen last time are read as one table.`),
    )
  else if (sheets !== undefined)
    lines.push({ text: 'These sheets are read as one table.', details: sheets })
  if (fillDown?.asAbove !== undefined)
    lines.push({
      text: 'Words such as “as above” become what the row above has, in these columns.',
      details: fillDown.asAbove,
    })
  if (fillDown?.blocks !== undefined)
    lines.push({
      text: 'What is written once for a family is filled into its other rows, in these columns.',
      details: fillDown.blocks,
    })
  if (register !== undefined)
    lines.push({
      text: 'Marks in the columns of sessions are counted as sessions attended. These marks mean absent.',
      details: register.absent,
    })
  if (register?.named !== undefined)
    lines.push({ text: 'These columns are sessions as well.', details: register.named })
  if (childrenAcross !== undefined)
    lines.push({
      text: 'Each child of a row becomes a row of its own, from these columns.',
      details: childrenAcross.children.map((columns) => Object.values(columns).join(', ')),
    })
  const reference = fillDown?.reference ?? childrenAcross?.reference
  if (reference !== undefined)
    lines.push(plain(`Each child’s number is added to the family’s reference in “${reference}”.`))
  for (const shape of declined)
    lines.push(plain(`${SHAPE_WORDS[shape].title}: ${lowered(SHAPE_WORDS[shape].asItStands)}.`))
  return lines
}

function fillingLines({ filling }: Preparation): TreatmentLine[] {
  return (filling?.rules ?? []).map((rule) => {
    const { sentence, lines } = ruleWords(rule)
    return { text: sentence, details: lines }
  })
}

function columnLines(mapping: Mapping, header: readonly string[]): TreatmentLine[] {
  const shape = shapeOfMapping(mapping)
  const each = SHAPE_CHOICES.find(({ value }) => value === shape)?.text ?? ''
  const answers = answersOf(mapping, header)
  const used = header.flatMap((heading, at) => {
    const answer = answers[at] ?? NOT_USED
    if (answer === NOT_USED) return []
    const fields = fieldsOfAnswer(answer)
      .map((field) => lowered(fieldLabel(field)))
      .join(' and ')
    return [
      answer.startsWith('part:')
        ? `“${heading}” gives a part of ${fields}`
        : `“${heading}” gives ${fields}`,
    ]
  })
  const dropped = header.filter((_, at) => (answers[at] ?? NOT_USED) === NOT_USED)
  const constants = Object.entries(mapping.constants ?? {}).map(
    ([field, value]) => `${fieldLabel(field)} is “${meaningOf(field, value)}” in every row.`,
  )
  return [
    plain(`Each row is: ${lowered(each)}.`),
    { text: 'Columns are used like this.', details: used },
    ...constants.map(plain),
    ...(mapping.reference === undefined
      ? []
      : [plain('A client reference is made of first name, last name and date of birth.')]),
    ...(dropped.length === 0
      ? []
      : [
          {
            text: 'These columns are not used, and dropped before anything is stored.',
            details: dropped,
          },
        ]),
  ]
}

function wordLines({ values = {} }: Mapping): TreatmentLine[] {
  return Object.entries(values)
    .filter(([, words]) => Object.keys(words).length > 0)
    .map(([field, words]) => ({
      text: `${fieldLabel(field)}: what its words mean.`,
      details: [
        ...Object.entries(words)
          .filter(([word]) => !isRemembered(word))
          .map(([word, code]) => `“${word}” means ${codeWords(field, code)}`),
        ...rememberedLines(field, words),
      ],
    }))
}

/** Words that are remembered and not in a file at hand: how many mean each code. */
function rememberedLines(field: string, words: Readonly<Record<string, string>>): string[] {
  const counts = new Map<string, number>()
  for (const [word, code] of Object.entries(words))
    if (isRemembered(word)) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts].map(
    ([code, count]) =>
      `${counted(count, 'remembered word means', 'remembered words mean')} ${codeWords(field, code)}`,
  )
}

function codeWords(field: string, code: string): string {
  return code === '' ? 'nothing' : `“${meaningOf(field, code)}”`
}

/** A code in the words of its list. */
function meaningOf(field: string, code: string): string {
  const list = anyField(field)?.codes
  const known = list === undefined ? undefined : CODE_LISTS[list].codes
  return known?.find((listed) => listed.code === code)?.label ?? code
}

/** With a small first letter, but for words that are written in capitals. */
function lowered(text: string): string {
  return /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)
}
