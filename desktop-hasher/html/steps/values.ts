import { counted } from '#core/messages/reading/reading-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import {
  AS_BLANK,
  fieldWords,
  withMeanings,
  type FieldWords,
} from '#core/mapping/words/word-meanings.ts'
import { element, paragraph } from '../page/element.ts'
import { selectField } from '../page/fields.ts'
import type { Problem } from '#core/forms/error-summary.ts'
import { stepForm, textGiven } from '../page/form.ts'
import { forget, type Journey } from '../page/journey.ts'
import { button } from '../page/parts.ts'
import { backLink, stepHeading, twoThirds, type Step, type StepContext } from '../page/step.ts'
import { downloadMapping } from './columns.ts'
import { runCheck } from './run-check.ts'

/** The words of code columns that no list knows, each to be given a meaning. */
export const valuesStep: Step = (context) => {
  const { journey } = context
  const fields = (journey.words ?? []).map(fieldWords)
  const firsts = fields.map((_, index) =>
    fields.slice(0, index).reduce((sum, { words }) => sum + words.length, 0),
  )
  const form = stepForm({
    submit: 'Continue',
    fields: [
      ...fields.map((field, index) => wordsOfField(journey, field, firsts[index] ?? 0)),
      element('div', { id: 'progress' }),
    ],
    send: (given) => giveMeanings(context, fields, given),
  })
  form.append(
    ' ',
    button('Save this mapping to a file', 'secondary', () => {
      const mapping = meaningsOf(journey, fields, new FormData(form)).mapping
      if (mapping !== undefined) downloadMapping(journey, mapping)
    }),
  )
  return twoThirds(
    backLink(context, 'columns'),
    stepHeading(journey, 'values'),
    paragraph(
      'These words are in your file but not in our lists. Say what each means. A saved mapping remembers it for next quarter.',
    ),
    form,
  )
}

function wordsOfField({ mapping }: Journey, field: FieldWords, first: number): Node {
  const { label, column, words, codes, more } = field
  const known = mapping?.values?.[field.field] ?? {}
  const choices = [
    { value: '', text: 'Choose what it means' },
    { value: AS_BLANK, text: 'Read it as blank' },
    ...codes.map(({ code, label: text }) => ({ value: code, text })),
  ]
  return element(
    'fieldset',
    { class: 'govuk-fieldset govuk-!-margin-bottom-6' },
    element(
      'legend',
      { class: 'govuk-fieldset__legend govuk-fieldset__legend--m' },
      `${label}, from your column “${column}”`,
    ),
    words.map(({ word, rows }, index) =>
      selectField({
        id: `word-${first + index}`,
        label: `“${word}”`,
        hint: `In ${counted(rows, 'row', 'rows')}`,
        value: Object.hasOwn(known, word) ? known[word] || AS_BLANK : '',
        choices,
      }),
    ),
    more > 0 &&
      paragraph(
        `${counted(more, 'more word is', 'more words are')} not shown and will be read as blank. So many different words are seldom ${label.toLowerCase()}: check that the column is the right one.`,
      ),
  )
}

function meaningsOf(
  journey: Journey,
  fields: readonly FieldWords[],
  given: FormData,
): { readonly mapping?: Journey['mapping']; readonly unanswered: readonly number[] } {
  const asked = fields.flatMap(({ field, words, codes }) =>
    words.map(({ word }) => ({ field, word, codes })),
  )
  const answers = asked.map((_, index) => textGiven(given, `word-${index}`))
  const unanswered = asked.flatMap(({ codes }, index) => {
    const answer = answers[index] ?? ''
    return answer === AS_BLANK || codes.some(({ code }) => code === answer) ? [] : [index]
  })
  const answered = asked
    .map(({ field, word }, index) => ({ field, word, answer: answers[index] ?? '' }))
    .filter((_, index) => !unanswered.includes(index))
  return { mapping: withMeanings(journey.mapping ?? { columns: {} }, answered), unanswered }
}

async function giveMeanings(
  context: StepContext,
  fields: readonly FieldWords[],
  given: FormData,
): Promise<readonly Problem[]> {
  const { journey } = context
  const { mapping, unanswered } = meaningsOf(journey, fields, given)
  if (unanswered.length > 0) {
    const { title, fix } = wordsOf('word-unmatched')
    return unanswered.map((at, index) => ({
      field: `word-${at}`,
      message: title,
      ...(index === 0 ? { hint: fix } : {}),
    }))
  }
  forget(journey, 'check')
  if (mapping !== undefined) journey.mapping = mapping
  return runCheck(context)
}
