import {
  counted,
  encodingChoices,
  leaveOutChoices,
  receiptLines,
  receiptNotices,
  SEPARATOR_CHOICES,
} from '#core/messages/reading/reading-words.ts'
import { chooseMarkedRows } from '#core/preparation/rows-left-out/choose-marked-rows.ts'
import { ROW_SIGNS } from '#core/tabular/workbook/sheet-signs.ts'
import type { Encoding, ReadingChoices, Separator } from '#core/tabular/table.ts'
import { element, fragment } from '../page/element.ts'
import { selectField, textField, tickField } from '../page/fields.ts'
import type { Problem } from '#core/forms/error-summary.ts'
import { stepForm, textGiven } from '../page/form.ts'
import { bullets, button, headingM, notice, summaryList } from '../page/parts.ts'
import { backLink, stepHeading, type Step, type StepContext } from '../page/step.ts'
import type { FileTold } from '../worker/protocol.ts'
import { readAgain } from './file.ts'

/** How the file was read, and a little of it, so that a person can say whether it was meant so. */
export const readStep: Step = (context) => {
  const { journey } = context
  const { reading } = journey
  return fragment(
    backLink(context, 'file', 'Back to choosing a file'),
    stepHeading(journey, 'read'),
    reading !== undefined && asRead(context, reading),
    headingM('Not right? Read the file in another way'),
    readAgainForm(context),
  )
}

function asRead(context: StepContext, { receipt, header, overview }: FileTold): Node {
  const notices = receiptNotices(receipt)
  return fragment(
    element(
      'p',
      { class: 'govuk-body-l' },
      `${counted(overview.rows, 'row', 'rows')} in ${counted(header.length, 'column', 'columns')}.`,
    ),
    notices.length > 0 && notice('Please check', bullets(notices)),
    summaryList(receiptLines(receipt, overview.rows)),
    sampleTable(header, overview.firstRows),
    button('This is right: match the columns', 'primary', () => {
      context.go(context.journey.reading?.shapes.length === 0 ? 'columns' : 'shape')
    }),
  )
}

/** A few rows of a table; identifiers are masked already. */
export function sampleTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  caption = 'The first rows, with identifiers masked',
): Node {
  return element(
    'div',
    { class: 'app-sample-scroll', role: 'region', 'aria-label': caption, tabindex: 0 },
    element(
      'table',
      { class: 'govuk-table govuk-table--small-text-until-tablet app-sample' },
      element('caption', { class: 'govuk-table__caption govuk-table__caption--m' }, caption),
      element(
        'thead',
        { class: 'govuk-table__head' },
        element(
          'tr',
          { class: 'govuk-table__row' },
          header.map((heading) =>
            element('th', { scope: 'col', class: 'govuk-table__header' }, heading),
          ),
        ),
      ),
      element(
        'tbody',
        { class: 'govuk-table__body' },
        rows.map((row) =>
          element(
            'tr',
            { class: 'govuk-table__row' },
            header.map((_, column) =>
              element('td', { class: 'govuk-table__cell' }, row[column] ?? ''),
            ),
          ),
        ),
      ),
    ),
  )
}

/** Reads the file in another way; what is left as found is found again. */
function readAgainForm(context: StepContext): Node {
  const { choices, reading } = context.journey
  const found = { value: '', text: 'Work it out for me' }
  const sheets = (reading?.receipt.sheets ?? []).filter(({ holdsData }) => holdsData)
  return stepForm({
    submit: 'Read the file again',
    kind: 'secondary',
    fields: [
      ...(reading !== undefined && reading.receipt.format !== 'csv'
        ? []
        : [
            selectField({
              id: 'encoding',
              label: 'Encoding',
              hint: 'If letters with accents look wrong, try another.',
              value: choices.encoding ?? '',
              choices: [found, ...encodingChoices(reading?.receipt ?? null)],
            }),
            selectField({
              id: 'separator',
              label: 'Columns separated by',
              value: choices.separator ?? '',
              choices: [found, ...SEPARATOR_CHOICES],
            }),
          ]),
      sheets.length > 1 &&
        selectField({
          id: 'sheet',
          label: 'Sheet',
          value: choices.sheet ?? '',
          choices: [
            found,
            ...sheets.map(({ name, hidden }) => ({
              value: name,
              text: hidden ? `${name} (hidden)` : name,
            })),
          ],
        }),
      ...leaveOutChoices(reading?.receipt ?? null, choices.preparation?.leaveOutMarked ?? []).map(
        ({ sign, text, isChosen }) =>
          tickField({ id: `leave-out-${sign}`, label: text, isTicked: isChosen }),
      ),
      textField({
        id: 'header-row',
        label: 'Row of the headings',
        hint: 'The row number in the file, counted from its top. Leave it empty and we will find it.',
        value: choices.headerRow === undefined ? '' : String(choices.headerRow),
        width: 5,
      }),
      element('div', { id: 'progress' }),
    ],
    async send(given) {
      const chosen = chosenReading(given, choices)
      if ('message' in chosen) return [chosen]
      const { journey } = context
      if (journey.file === undefined) throw new Error('no file was chosen')
      const before = journey.choices
      journey.choices = chosen
      const problem = await readAgain(context, journey.file)
      if (problem !== undefined) {
        // It goes on as it could be read.
        journey.choices = before
        await readAgain(context, journey.file)
        return [{ ...problem, field: '' }]
      }
      context.again()
      return []
    },
  })
}

/** What else was prepared before stays. */
function chosenReading(given: FormData, before: ReadingChoices): ReadingChoices | Problem {
  const encoding = textGiven(given, 'encoding')
  const separator = textGiven(given, 'separator')
  const sheet = textGiven(given, 'sheet')
  const row = textGiven(given, 'header-row').trim()
  if (row !== '' && !/^[1-9][0-9]{0,6}$/.test(row))
    return {
      field: 'header-row',
      message: 'The row of the headings is a whole number from 1.',
      hint: 'Leave it empty and we will find it.',
    }
  const leaveOutMarked = ROW_SIGNS.filter((sign) => given.has(`leave-out-${sign}`))
  return {
    ...chooseMarkedRows(before, leaveOutMarked),
    ...(encoding === '' ? {} : { encoding: encoding as Encoding }),
    ...(separator === '' ? {} : { separator: separator as Separator }),
    ...(sheet === '' ? {} : { sheet }),
    ...(row === '' ? {} : { headerRow: Number(row) }),
  }
}
