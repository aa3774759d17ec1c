'use client'

import type { ReactNode } from 'react'
import { useForm, useWatch, type UseFormRegisterReturn } from 'react-hook-form'
import { CERTAINTY_MARKS } from '#core/mapping/answers/answer-choices.ts'
import type { AnswerGroup } from '#core/mapping/answers/answer-group.ts'
import { doubledFields, NOT_USED } from '#core/mapping/answers/column-choices.ts'
import { useSent } from '../../../components/action-form.client.tsx'

/** A column of the file as its line on the page shows it. */
export interface ColumnLine {
  readonly heading: string
  readonly answer: string
  readonly samples: readonly string[]
  /** Why it is suggested; empty when nothing is. */
  readonly reason: string
  readonly certainty: 'certain' | 'likely' | 'guess' | ''
}

/**
 * One line for each column of the file: its heading, a few values, and what it is. While they are
 * being answered it is said which columns are the same thing twice and how many are still to be
 * answered; without script the server says so.
 */
export function ColumnFields({
  columns,
  groups,
}: {
  readonly columns: readonly ColumnLine[]
  readonly groups: readonly AnswerGroup[]
}): ReactNode {
  const { errors, values } = useSent()
  const sent = Object.fromEntries(
    columns.map(({ answer }, index) => [nameOf(index), values[nameOf(index)] ?? answer]),
  )
  const { register, control } = useForm<Record<string, string>>({ defaultValues: sent })
  const now = useWatch({ control })
  const answers = columns.map((_, index) => now[nameOf(index)] ?? sent[nameOf(index)] ?? '')
  const twice = twiceChosen(columns, answers)
  return (
    <>
      {columns.map((column, index) => (
        <ColumnField
          key={nameOf(index)}
          column={column}
          groups={groups}
          field={register(nameOf(index))}
          value={sent[nameOf(index)] ?? ''}
          problem={errors.find(({ field }) => field === nameOf(index))?.message ?? twice.get(index)}
        />
      ))}
      <p className="govuk-body" role="status">
        {countWords(answers)}
      </p>
    </>
  )
}

function nameOf(index: number): string {
  return `column-${String(index)}`
}

/** What is wrong with columns that are said to be the same thing, by their place. */
function twiceChosen(
  columns: readonly ColumnLine[],
  answers: readonly string[],
): Map<number, string> {
  const headings = columns.map(({ heading }) => heading)
  const told = doubledFields(headings, answers).flatMap(({ columns: same }) =>
    same.map((index): [number, string] => {
      const others = same.filter((other) => other !== index).map((other) => headings[other] ?? '')
      return [index, `“${others.join('”, “')}” has the same meaning: keep only one of them`]
    }),
  )
  return new Map(told)
}

function countWords(answers: readonly string[]): string {
  const open = answers.filter((answer) => answer === '').length
  const unused = answers.filter((answer) => answer === NOT_USED).length
  const used = answers.length - open - unused
  const rest = open === 0 ? '' : ` ${String(open)} still to be answered.`
  return `Of ${String(answers.length)} columns ${String(used)} are used and ${String(unused)} not.${rest}`
}

function ColumnField({
  column,
  groups,
  field,
  value,
  problem,
}: {
  readonly column: ColumnLine
  readonly groups: readonly AnswerGroup[]
  readonly field: UseFormRegisterReturn
  /** What is answered until somebody changes it. */
  readonly value: string
  readonly problem: string | undefined
}): ReactNode {
  const { name } = field
  const mark = column.certainty === '' ? undefined : CERTAINTY_MARKS[column.certainty]
  return (
    <div
      className={`app-match govuk-form-group${problem === undefined ? '' : ' govuk-form-group--error'}`}
    >
      <div className="app-match__column">
        <label className="govuk-label govuk-label--s" htmlFor={name}>
          {column.heading}
        </label>
        <div id={`${name}-hint`} className="govuk-hint">
          {column.samples.length === 0 ? (
            'No values'
          ) : (
            <span className="app-match__samples">{column.samples.join('  ·  ')}</span>
          )}
        </div>
      </div>
      <div className="app-match__answer">
        {problem !== undefined && (
          <p id={`${name}-error`} className="govuk-error-message">
            <span className="govuk-visually-hidden">Error:</span> {problem}
          </p>
        )}
        <select
          {...field}
          className={`govuk-select${problem === undefined ? '' : ' govuk-select--error'}`}
          id={name}
          key={value}
          defaultValue={value}
          aria-describedby={`${name}-hint ${name}-reason${problem === undefined ? '' : ` ${name}-error`}`}
        >
          <option value="">Choose what it is</option>
          <option value={NOT_USED}>Do not use this column</option>
          {groups.map(({ label, answers }) => (
            <optgroup key={label} label={label}>
              {answers.map((answer) => (
                <option key={answer.value} value={answer.value}>
                  {answer.text}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        <p id={`${name}-reason`} className="govuk-body-s app-match__reason">
          {mark === undefined ? (
            'No suggestion'
          ) : (
            <>
              <strong className={`govuk-tag govuk-tag--${mark.colour}`}>{mark.text}</strong>{' '}
              {column.reason}
            </>
          )}
        </p>
      </div>
    </div>
  )
}
