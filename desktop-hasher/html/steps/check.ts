import { headingOf } from '#core/mapping/answers/column-choices.ts'
import { lastingMapping } from '#core/mapping/lasting-mapping.ts'
import {
  isLeaveOutReason,
  LEAVE_OUT_CHOICES,
  LEAVE_OUT_REASONS,
} from '#core/messages/findings/answer-reasons.ts'
import { aboutWords, isAboutFile } from '#core/messages/findings/findings.ts'
import { eventLines } from '#core/messages/submissions/kind-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { counted, numberWords } from '#core/messages/reading/reading-words.ts'
import {
  readRowNumbers,
  withKept,
  type KeptPeople,
} from '#core/preparation/rows-left-out/kept-people.ts'
import { isOtherRow, type OtherRowCode } from '#core/preparation/rows-left-out/left-out-row.ts'
import type { Severity } from '#core/standard/finding.ts'
import { element, fragment, hidden, paragraph, type Child } from '../page/element.ts'
import { selectField, textField, tickField } from '../page/fields.ts'
import type { Problem } from '#core/forms/error-summary.ts'
import { stepForm, textGiven } from '../page/form.ts'
import { findingKey, stopsOf, type Journey } from '../page/journey.ts'
import { bullets, button, dataTable, details, figures, headingM, statusTag } from '../page/parts.ts'
import { download } from '../page/save-files.ts'
import { backLink, stepHeading, type Step, type StepContext } from '../page/step.ts'
import type { CheckTold, FindingTold } from '../worker/protocol.ts'
import { runCheck } from './run-check.ts'
import { linkability } from './linkability.ts'

/**
 * What was found in the file: to be fixed, to be confirmed, to know. Rows are named; no value of
 * any is shown.
 */
export const checkStep: Step = (context) => {
  const { journey } = context
  const { check } = journey
  if (check === undefined) throw new Error('nothing was checked')
  const of = (severity: Severity): FindingTold[] =>
    check.findings.filter((finding) => finding.severity === severity)
  const stopping = of('file')
  const notes = of('note')
  return fragment(
    backLink(context, 'columns', 'Back to matching columns'),
    stepHeading(journey, 'check'),
    rowTotals(journey, check),
    eventLines(check.events).length > 0 && bullets(eventLines(check.events)),
    stopping.length > 0 &&
      fragment(
        headingM('This file cannot continue'),
        findingsTable(journey, 'Stops the file', stopping, true),
      ),
    toMend(context, check, of('must-fix')),
    peopleKept(context),
    toConfirm(context, of('confirm')),
    element('div', { id: 'progress' }),
    notes.length > 0 &&
      details(
        `For your information: ${counted(notes.length, 'kind of note', 'kinds of notes')}, which stop nothing`,
        findingsTable(journey, 'Notes', notes, true),
      ),
    check.findings.length > 0 && findingsFile(context),
    linkability(check),
    goOn(context),
  )
}

function rowTotals({ leaveOutReason }: Journey, { rows }: CheckTold): Node {
  return figures([
    { name: 'Rows in the file', value: rows.read },
    { name: 'Ready', value: rows.accepted },
    { name: leaveOutReason === undefined ? 'To be fixed' : 'Left out', value: rows.rejected },
    { name: 'Blank', value: rows.blank },
    ...(rows.leftOut === 0 ? [] : [{ name: 'Not people', value: rows.leftOut }]),
  ])
}

/** Findings by column, each with its total and its rows. */
function findingsTable(
  { mapping, reading }: Journey,
  caption: string,
  findings: readonly FindingTold[],
  isCaptionHidden = false,
): Node {
  const header = reading?.header ?? []
  const column = ({ code, field }: FindingTold): string =>
    aboutWords(code, headingOf(mapping ?? null, header, field))
  const byColumn = [...findings].sort((left, right) => {
    const places = [left, right].map((finding) => header.indexOf(column(finding)))
    return (places[0] ?? 0) - (places[1] ?? 0)
  })
  return dataTable(
    caption,
    ['What we found', 'Column', 'Rows'],
    byColumn.map((finding) => [findingWords(finding), column(finding), rowsOf(finding)]),
    isCaptionHidden,
  )
}

function findingWords({ code }: FindingTold): Child {
  const words = wordsOf(code)
  return [words.title, element('span', { class: 'app-finding__fix' }, words.fix)]
}

function rowsOf({ code, rows, firstRows }: FindingTold): Child {
  if (isAboutFile(code)) return 'All'
  if (firstRows.length === 0) return numberWords(rows)
  const more = rows - firstRows.length
  return element(
    'details',
    { class: 'app-row-numbers' },
    element('summary', {}, numberWords(rows), hidden(` rows: ${wordsOf(code).title}`)),
    element(
      'div',
      {},
      firstRows.join(', '),
      more > 0 && ` and ${numberWords(more)} more: save the list of rows below.`,
    ),
  )
}

function toMend(context: StepContext, { rows }: CheckTold, found: readonly FindingTold[]): Child {
  const { journey } = context
  if (found.length === 0) return undefined
  const these = rows.rejected === 1 ? 'this row' : `these ${numberWords(rows.rejected)} rows`
  const { leaveOutReason } = journey
  const isLeftOut = leaveOutReason !== undefined
  return element(
    'section',
    { id: 'must-fix' },
    headingM(
      isLeftOut
        ? counted(rows.rejected, 'row is left out', 'rows are left out')
        : counted(rows.rejected, 'row must be fixed', 'rows must be fixed'),
    ),
    findingsTable(journey, 'What must be fixed', found, true),
    isLeftOut
      ? element(
          'div',
          { class: 'govuk-inset-text', id: 'left-out', tabindex: -1 },
          paragraph(
            element('strong', {}, `You leave ${these} out.`),
            ` ${LEAVE_OUT_REASONS[leaveOutReason]}`,
          ),
          button('Do not leave them out', 'secondary', () => {
            delete journey.leaveOutReason
            context.again('must-fix')
          }),
        )
      : fragment(
          paragraph(
            'Fix the rows in your own system, export the file again and choose it here: then next quarter’s file is right too. Or leave the rows out.',
          ),
          stepForm({
            submit: `Leave ${these} out`,
            kind: 'secondary',
            fields: [
              paragraph(
                `The people in ${rows.rejected === 1 ? 'it' : 'them'} are then not counted. Everything else continues.`,
              ),
              selectField({
                id: 'leave-out-reason',
                label: 'Why are they left out?',
                choices: LEAVE_OUT_CHOICES,
                value: '',
              }),
            ],
            send(given) {
              const reason = textGiven(given, 'leave-out-reason')
              if (!isLeaveOutReason(reason)) {
                const { title, fix } = wordsOf('reason-missing')
                return Promise.resolve([{ field: 'leave-out-reason', message: title, hint: fix }])
              }
              journey.leaveOutReason = reason
              context.again('left-out')
              return Promise.resolve([])
            },
          }),
        ),
  )
}

function toConfirm(context: StepContext, found: readonly FindingTold[]): Child {
  const { journey } = context
  if (found.length === 0) return undefined
  return element(
    'section',
    { id: 'confirm' },
    headingM('Please confirm'),
    paragraph('These may be right. Look at the rows; if they are as they should be, tick the box.'),
    found.map((finding) => confirmCard(context, journey, finding)),
  )
}

function confirmCard(context: StepContext, journey: Journey, finding: FindingTold): Node {
  const { code, field, firstRows } = finding
  const words = wordsOf(code)
  const column = headingOf(journey.mapping ?? null, journey.reading?.header ?? [], field)
  const isConfirmed = journey.confirmed.has(findingKey(finding))
  const id = `confirm-${code}-${field}`
  const tick = tickField({
    id,
    label: 'I have looked at this, and it is right',
    isTicked: isConfirmed,
  })
  tick.addEventListener('change', ({ target }) => {
    const isTicked = target instanceof HTMLInputElement && target.checked
    if (isTicked) journey.confirmed.add(findingKey(finding))
    else journey.confirmed.delete(findingKey(finding))
    context.again(id)
  })
  return element(
    'div',
    { class: 'govuk-summary-card' },
    element(
      'div',
      { class: 'govuk-summary-card__title-wrapper' },
      element('h3', { class: 'govuk-summary-card__title' }, words.title),
      isConfirmed ? statusTag('green', 'Confirmed') : statusTag('yellow', 'To confirm'),
    ),
    element(
      'div',
      { class: 'govuk-summary-card__content' },
      paragraph(column !== '' && element('strong', {}, `${column}: `), words.fix),
      firstRows.length > 0 && element('div', { class: 'govuk-body' }, 'Rows: ', rowsOf(finding)),
      tick,
      isOtherRow(code) && keepAsPeople(context, code),
    ),
  )
}

/** Says that rows which were taken for no people are people; every row is checked again. */
function keepAsPeople(context: StepContext, code: OtherRowCode): Node {
  const { journey } = context
  const id = `people-${code}`
  return stepForm({
    submit: 'These rows are people: keep them',
    kind: 'secondary',
    fields: [
      textField({
        id,
        label: 'Or are they people? Which rows?',
        hint: 'Leave it empty for every row, or write row numbers such as 14, 18-20.',
      }),
    ],
    send(given) {
      const text = textGiven(given, id).trim()
      const numbers = readRowNumbers(text)
      if (text !== '' && numbers === undefined) {
        const { title, fix } = wordsOf('rows-not-understood')
        return Promise.resolve([{ field: id, message: title, hint: fix }])
      }
      return checkWithPeople(
        context,
        withKept(
          journey.mapping?.people,
          numbers === undefined ? { codes: [code] } : { rows: numbers.map((row) => ({ row })) },
        ),
      )
    },
  })
}

/** Checks the file with other rows kept as people; what cannot be read so changes nothing. */
async function checkWithPeople(
  context: StepContext,
  people: KeptPeople | undefined,
): Promise<readonly Problem[]> {
  const { journey } = context
  const before = journey.mapping
  if (before === undefined) return []
  // What was answered and made was of other rows.
  delete journey.leaveOutReason
  delete journey.made
  journey.confirmed = new Set()
  journey.mapping = { ...lastingMapping(before), ...(people === undefined ? {} : { people }) }
  const problems = await runCheck(context)
  if (problems.length > 0) journey.mapping = before
  return problems
}

/** That rows are kept because somebody said that they are people, with the way back. */
function peopleKept(context: StepContext): Child {
  if (context.journey.mapping?.people === undefined) return undefined
  return element(
    'div',
    { class: 'govuk-inset-text' },
    paragraph(
      element('strong', {}, 'You said that rows are people which did not look so.'),
      ' They are kept.',
    ),
    stepForm({
      submit: 'Leave them out after all',
      kind: 'secondary',
      fields: [],
      send: () => checkWithPeople(context, undefined),
    }),
  )
}

/** Every row of every finding, to fix the file by. */
function findingsFile({ hasher, journey }: StepContext): Node {
  return paragraph(
    button('Save the list of rows (CSV)', 'secondary', () => {
      void hasher.call('listFindings', null).then((told) => {
        if (told.ok) download(`${journey.service?.service ?? 'file'}.findings.csv`, told.csv)
      })
    }),
    element('br'),
    'Row numbers and what was found, without a value of any row.',
  )
}

function goOn(context: StepContext): Node {
  const stops = stopsOf(context.journey)
  if (stops.length === 0)
    return button('Continue', 'primary', () => {
      context.go('make')
    })
  return paragraph(
    element('strong', {}, 'Before you can continue: '),
    stops.some(({ rung }) => rung === 'file')
      ? 'fix what stops the file, and choose the corrected file.'
      : 'fix or leave out what must be fixed, and confirm what we ask you to confirm.',
  )
}
