import {
  answerGroups,
  CERTAINTY_MARKS,
  fieldsNotGiven,
  REFERENCE_CHOICES,
  REFERENCE_HINT,
  ROLE_CHOICES,
  SHAPE_CHOICES,
} from '#core/mapping/answers/answer-choices.ts'
import type { AnswerGroup } from '#core/mapping/answers/answer-group.ts'
import { answersOf, NOT_USED, preselected } from '#core/mapping/answers/column-choices.ts'
import { lastingMapping } from '#core/mapping/lasting-mapping.ts'
import { fitMapping } from '#core/mapping/fit-mapping.ts'
import { matchColumns, type MatchAnswers } from '#core/mapping/answers/matched-columns.ts'
import type { Mapping, Suggestion } from '#core/mapping/mapping.ts'
import { describeColumnProblems } from '#core/messages/mapping/mapping-refusals.ts'
import type { FileKind } from '#core/standard/further-fields.ts'
import { element, fragment, paragraph, type Child } from '../page/element.ts'
import { selectField } from '../page/fields.ts'
import type { Problem } from '#core/forms/error-summary.ts'
import { showProblems, stepForm, textGiven } from '../page/form.ts'
import { forget, type Journey } from '../page/journey.ts'
import type { Instrument } from '#core/framework/framework.ts'
import { bullets, button, details, headingM, notice, statusTag } from '../page/parts.ts'
import { progressLine } from '../page/progress.ts'
import { backLink, refusalOf, stepHeading, type Step, type StepContext } from '../page/step.ts'
import { download } from '../page/save-files.ts'
import { runCheck } from './run-check.ts'

/** One line for each column of the file: what it is, or that it is not used. */
export const columnsStep: Step = (context) => {
  const { journey } = context
  const view = viewOf(journey)
  const answers = view.columns.map(({ answer }) => answer)
  const kind = kindOf(journey)
  const instruments = instrumentsOf(journey)
  const unused = answers.filter((answer) => answer === '' || answer === NOT_USED).length
  const form = stepForm({
    submit: 'Continue',
    fields: [
      kind === 'people' &&
        selectField({
          id: 'shape',
          label: 'What is each row of the file?',
          value: view.shape,
          choices: SHAPE_CHOICES,
        }),
      selectField({
        id: 'made-reference',
        label: 'Where is the client reference?',
        hint: REFERENCE_HINT,
        value: view.reference,
        choices: REFERENCE_CHOICES,
      }),
      selectField({
        id: 'role',
        label: 'Who are the people in it?',
        hint: 'Answer this if no column says so.',
        value: view.role,
        choices: ROLE_CHOICES,
      }),
      headingM('Columns'),
      view.columns.map((column, index) =>
        columnLine(column, index, answerGroups(answers, kind, instruments)),
      ),
      notProvided(answers, kind),
      element('div', { id: 'progress' }),
    ],
    send: (given) => match(context, given),
  })
  form.append(
    ' ',
    button('Save this mapping to a file', 'secondary', () => {
      saveMapping(context, new FormData(form))
    }),
  )
  return fragment(
    backLink(context, journey.reading?.shapes.length === 0 ? 'read' : 'shape'),
    stepHeading(journey, 'columns'),
    paragraph(
      'Say what each column of your file is. Save the mapping, and next quarter it is one file to choose.',
    ),
    view.missing.length > 0 &&
      notice(
        'Please check',
        paragraph('Your saved mapping names columns that this file does not have:'),
        bullets(view.missing),
      ),
    element(
      'p',
      { class: 'govuk-inset-text' },
      'A column that you do not use is never looked at again.',
      unused > 0 && ' Notes, names of staff and anything else we do not ask for belong there.',
    ),
    kind === 'outcomes' &&
      paragraph(
        instruments.length === 0
          ? 'The programme’s framework says of no instrument that this service uses it. Ask the programme.'
          : 'Where a row holds several scores, say of each of their columns which score it is, and of each column of dates whose.',
      ),
    form,
  )
}

function kindOf({ service }: Journey): FileKind {
  return service?.kind ?? 'people'
}

/** What the service takes scores with. */
function instrumentsOf({ area, service }: Journey): readonly Instrument[] {
  return (area?.framework?.instruments ?? []).filter(({ services }) =>
    services.includes(service?.service ?? ''),
  )
}

interface ColumnView {
  readonly heading: string
  readonly answer: string
  readonly samples: readonly string[]
  readonly suggestion: Suggestion | undefined
}

interface MatchView {
  readonly columns: readonly ColumnView[]
  readonly shape: string
  readonly role: string
  readonly reference: string
  readonly missing: readonly string[]
}

/** What is chosen already, was saved before, or else is suggested, for every column. */
function viewOf({ reading, mapping: chosen, loaded }: Journey): MatchView {
  if (reading === undefined) throw new Error('no file was read')
  const { header, suggestions, overview } = reading
  const fitted = loaded === undefined ? undefined : fitMapping(loaded, header)
  const settled = chosen ?? fitted?.mapping
  const mapping = settled ?? reading.mapping
  const answers = answersOf(mapping, header)
  return {
    columns: header.map((heading, index) => {
      const answer = answers[index] ?? NOT_USED
      return {
        heading,
        answer: settled === undefined ? preselected(heading, answer, suggestions) : answer,
        samples: overview.samples[index] ?? [],
        suggestion: suggestions.find(({ column }) => column === heading),
      }
    }),
    shape: mapping.shape ?? reading.mapping.shape ?? 'person',
    role: mapping.constants?.['role'] ?? '',
    reference: mapping.reference ?? '',
    missing: chosen === undefined ? (fitted?.missing ?? []) : [],
  }
}

function columnLine(
  { heading, answer, samples, suggestion }: ColumnView,
  index: number,
  groups: readonly AnswerGroup[],
): Node {
  const id = `column-${index}`
  const option = (value: string, text: string): Node =>
    element('option', { value, selected: value === answer }, text)
  return element(
    'div',
    { class: 'app-match govuk-form-group' },
    element(
      'div',
      { class: 'app-match__column' },
      element('label', { class: 'govuk-label govuk-label--s', for: id }, heading),
      element(
        'div',
        { class: 'govuk-hint', id: `${id}-hint` },
        samples.length === 0
          ? 'No values'
          : element('span', { class: 'app-match__samples' }, samples.join('  ·  ')),
      ),
    ),
    element(
      'div',
      { class: 'app-match__answer' },
      element(
        'select',
        { class: 'govuk-select', id, name: id, 'aria-describedby': `${id}-hint ${id}-reason` },
        option('', 'Choose what it is'),
        option(NOT_USED, 'Do not use this column'),
        groups.map(({ label, answers }) =>
          element(
            'optgroup',
            { label },
            answers.map(({ value, text }) => option(value, text)),
          ),
        ),
      ),
      element(
        'p',
        { id: `${id}-reason`, class: 'govuk-body-s app-match__reason' },
        reasonOf(suggestion),
      ),
    ),
  )
}

function reasonOf(suggestion: Suggestion | undefined): Child {
  if (suggestion === undefined) return 'No suggestion'
  const { text, colour } = CERTAINTY_MARKS[suggestion.certainty]
  return [statusTag(colour, text), ` ${suggestion.reason}`]
}

/** What no column gives: to continue is to say that it is not provided. */
function notProvided(answers: readonly string[], kind: FileKind): Child {
  const missing = fieldsNotGiven(answers, kind)
  return (
    missing.length > 0 &&
    details(
      `No column gives these yet: ${missing.length}`,
      paragraph(
        'Choose it above if a column holds it. If you continue without it, it counts as not provided.',
      ),
      bullets(
        missing.map(({ label, description }) => [element('strong', {}, label), `: ${description}`]),
      ),
    )
  )
}

function answersGiven(journey: Journey, given: FormData): MatchAnswers {
  return {
    answers: (journey.reading?.header ?? []).map((_, index) => textGiven(given, `column-${index}`)),
    // Rows of activities and outcomes have no shape.
    shape: (textGiven(given, 'shape') || 'person') as MatchAnswers['shape'],
    role: textGiven(given, 'role') as MatchAnswers['role'],
    reference: textGiven(given, 'made-reference') === 'name-and-birth' ? 'name-and-birth' : '',
    kind: kindOf(journey),
  }
}

async function match(context: StepContext, given: FormData): Promise<readonly Problem[]> {
  const { journey, hasher } = context
  const header = journey.reading?.header ?? []
  const before = journey.mapping ?? journey.loaded ?? null
  const matched = matchColumns(
    header,
    before,
    answersGiven(journey, given),
    journey.choices.preparation,
  )
  if (!matched.ok) return describeColumnProblems(matched.problems)
  forget(journey, 'mapping')
  journey.mapping = matched.mapping
  const progress = progressLine('Looking for words that no list knows')
  document.getElementById('progress')?.replaceChildren(progress.line)
  const told = await hasher.call(
    'listWords',
    { mapping: { ...journey.choices, ...matched.mapping } },
    { progress: progress.tell },
  )
  document.getElementById('progress')?.replaceChildren()
  if (!told.ok) return [refusalOf(told)]
  journey.words = told.fields
  if (told.fields.length === 0) return runCheck(context)
  context.go('values')
  return []
}

/** Saves the mapping as it stands; answers that do not fit together are told first. */
function saveMapping({ journey }: StepContext, given: FormData): void {
  const header = journey.reading?.header ?? []
  const before = journey.mapping ?? journey.loaded ?? null
  const matched = matchColumns(
    header,
    before,
    answersGiven(journey, given),
    journey.choices.preparation,
  )
  if (matched.ok) downloadMapping(journey, matched.mapping)
  else showProblems(describeColumnProblems(matched.problems))
}

/**
 * Hands a mapping file to the downloads: names of columns and words of code lists, no value of any
 * person.
 */
export function downloadMapping({ choices, service }: Journey, mapping: Mapping): void {
  const text = `${JSON.stringify({ ...choices, ...lastingMapping(mapping) }, null, 2)}\n`
  const name = `${service?.service ?? 'service'}.mapping.json`
  download(name, new Blob([text], { type: 'application/json' }))
}
