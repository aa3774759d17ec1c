'use client'

import type { ReactNode } from 'react'
import { useSent } from './action-form.client.tsx'

/** One of a few or many things to choose from. */
export interface Choice {
  readonly value: string
  readonly text: string
  readonly hint?: string
}

/** Radios: one of a few. The first radio has the field's name for its id, where the error summary leads. */
export function RadioField({
  name,
  legend,
  choices,
}: {
  readonly name: string
  readonly legend: string
  readonly choices: readonly Choice[]
}): ReactNode {
  const { errors, values } = useSent()
  const error = errors.find(({ field }) => field === name)
  return (
    <div className={`govuk-form-group${error === undefined ? '' : ' govuk-form-group--error'}`}>
      <fieldset
        className="govuk-fieldset"
        aria-describedby={error === undefined ? undefined : `${name}-error`}
      >
        <legend className="govuk-fieldset__legend">{legend}</legend>
        {error !== undefined && (
          <p id={`${name}-error`} className="govuk-error-message">
            <span className="govuk-visually-hidden">Error:</span> {error.message}
          </p>
        )}
        <div className="govuk-radios" data-module="govuk-radios">
          {choices.map(({ value, text, hint }, index) => {
            const id = index === 0 ? name : `${name}-${value}`
            return (
              <div className="govuk-radios__item" key={value}>
                <input
                  className="govuk-radios__input"
                  id={id}
                  name={name}
                  type="radio"
                  value={value}
                  defaultChecked={values[name] === value}
                  aria-describedby={hint === undefined ? undefined : `${id}-hint`}
                />
                <label className="govuk-label govuk-radios__label" htmlFor={id}>
                  {text}
                </label>
                {hint !== undefined && (
                  <div id={`${id}-hint`} className="govuk-hint govuk-radios__hint">
                    {hint}
                  </div>
                )}
              </div>
            )
          })}
        </div>
      </fieldset>
    </div>
  )
}

/** A list to choose one from, when there are many. */
export function SelectField({
  name,
  label,
  hint,
  choices,
}: {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly choices: readonly Choice[]
}): ReactNode {
  const { errors, values } = useSent()
  const error = errors.find(({ field }) => field === name)
  const described = [
    ...(hint === undefined ? [] : [`${name}-hint`]),
    ...(error === undefined ? [] : [`${name}-error`]),
  ]
  return (
    <div className={`govuk-form-group${error === undefined ? '' : ' govuk-form-group--error'}`}>
      <label className="govuk-label" htmlFor={name}>
        {label}
      </label>
      {hint !== undefined && (
        <div id={`${name}-hint`} className="govuk-hint">
          {hint}
        </div>
      )}
      {error !== undefined && (
        <p id={`${name}-error`} className="govuk-error-message">
          <span className="govuk-visually-hidden">Error:</span> {error.message}
        </p>
      )}
      <select
        className={`govuk-select${error === undefined ? '' : ' govuk-select--error'}`}
        id={name}
        name={name}
        key={values[name] ?? ''}
        defaultValue={values[name] ?? ''}
        aria-describedby={described.length === 0 ? undefined : described.join(' ')}
      >
        {choices.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}

/** One box to tick. */
export function CheckboxField({
  name,
  label,
  hint,
}: {
  readonly name: string
  readonly label: string
  readonly hint?: string
}): ReactNode {
  const { values } = useSent()
  return (
    <div className="govuk-form-group">
      <div className="govuk-checkboxes">
        <div className="govuk-checkboxes__item">
          <input
            className="govuk-checkboxes__input"
            id={name}
            name={name}
            type="checkbox"
            value="yes"
            defaultChecked={values[name] === 'yes'}
            aria-describedby={hint === undefined ? undefined : `${name}-hint`}
          />
          <label className="govuk-label govuk-checkboxes__label" htmlFor={name}>
            {label}
          </label>
          {hint !== undefined && (
            <div id={`${name}-hint`} className="govuk-hint govuk-checkboxes__hint">
              {hint}
            </div>
          )}
        </div>
      </div>
    </div>
  )
}
