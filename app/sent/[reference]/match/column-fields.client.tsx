'use client'

import type { ReactNode } from 'react'
import { CERTAINTY_MARKS, type AnswerGroup } from '#core/mapping/answer-choices.ts'
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

/** One line for each column of the file: its heading, a few values, and what it is. */
export function ColumnFields({
  columns,
  groups,
}: {
  readonly columns: readonly ColumnLine[]
  readonly groups: readonly AnswerGroup[]
}): ReactNode {
  const { errors, values } = useSent()
  return columns.map((column, index) => {
    const name = `column-${String(index)}`
    const error = errors.find(({ field }) => field === name)
    const value = values[name] ?? column.answer
    const mark = column.certainty === '' ? undefined : CERTAINTY_MARKS[column.certainty]
    return (
      <div
        key={name}
        className={`app-match govuk-form-group${error === undefined ? '' : ' govuk-form-group--error'}`}
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
          {error !== undefined && (
            <p id={`${name}-error`} className="govuk-error-message">
              <span className="govuk-visually-hidden">Error:</span> {error.message}
            </p>
          )}
          <select
            className={`govuk-select${error === undefined ? '' : ' govuk-select--error'}`}
            id={name}
            name={name}
            key={value}
            defaultValue={value}
            aria-describedby={`${name}-hint ${name}-reason${error === undefined ? '' : ` ${name}-error`}`}
          >
            <option value="">Choose what it is</option>
            <option value="none">Do not use this column</option>
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
  })
}
