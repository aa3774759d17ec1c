'use client'

import type { ReactNode } from 'react'
import { useSentField } from '../components/action-form.client.tsx'

/** An answer with the reasons it can have; one choice says both. */
export interface AnswerGroup {
  /** The key that leads to it. */
  readonly letter: string
  readonly legend: string
  readonly choices: readonly { readonly value: string; readonly text: string }[]
}

/**
 * Radios of one name in groups, one for each answer, so that one choice is the answer and its reason.
 * `data-answer` and `data-reason` are where single keys lead.
 */
export function AnswerFields({
  name,
  legend,
  groups,
}: {
  readonly name: string
  readonly legend: string
  readonly groups: readonly AnswerGroup[]
}): ReactNode {
  const { error, value } = useSentField(name)
  return (
    <div className={`govuk-form-group${error === undefined ? '' : ' govuk-form-group--error'}`}>
      <fieldset
        className="govuk-fieldset"
        aria-describedby={error === undefined ? undefined : `${name}-error`}
      >
        <legend className="govuk-fieldset__legend govuk-fieldset__legend--m">{legend}</legend>
        {error !== undefined && (
          <p id={`${name}-error`} className="govuk-error-message">
            <span className="govuk-visually-hidden">Error:</span> {error}
          </p>
        )}
        <div className="app-answers">
          {groups.map((group, index) => (
            <Group key={group.letter} {...{ name, group, value }} isFirst={index === 0} />
          ))}
        </div>
      </fieldset>
    </div>
  )
}

function Group({
  name,
  group: { letter, legend, choices },
  value,
  isFirst,
}: {
  readonly name: string
  readonly group: AnswerGroup
  readonly value: string | undefined
  readonly isFirst: boolean
}): ReactNode {
  const own = `${name}-${letter.toLowerCase()}`
  return (
    <div role="group" aria-labelledby={own} data-answer={letter}>
      <p id={own} className="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-2">
        {legend} <kbd className="app-key">{letter}</kbd>
      </p>
      <div className="govuk-radios govuk-radios--small">
        {choices.map((choice, index) => {
          const id = isFirst && index === 0 ? name : `${own}-${index + 1}`
          return (
            <div key={choice.value} className="govuk-radios__item">
              <input
                className="govuk-radios__input"
                id={id}
                name={name}
                type="radio"
                value={choice.value}
                defaultChecked={value === choice.value}
                data-reason={index + 1}
              />
              <label className="govuk-label govuk-radios__label" htmlFor={id}>
                {choice.text}
              </label>
            </div>
          )
        })}
      </div>
    </div>
  )
}
