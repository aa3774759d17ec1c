'use client'

import type { ReactNode } from 'react'
import { useSent } from './action-form.client.tsx'

const PARTS = [
  { part: 'day', label: 'Day', width: 2 },
  { part: 'month', label: 'Month', width: 2 },
  { part: 'year', label: 'Year', width: 4 },
] as const

/** A day as three fields; the first has the field's name for its id, where the error summary leads. */
export function DateField({
  name,
  legend,
  hint,
}: {
  readonly name: string
  readonly legend: string
  readonly hint: string
}): ReactNode {
  const { errors, values } = useSent()
  const error = errors.find(({ field }) => field === name)
  return (
    <div className={`govuk-form-group${error === undefined ? '' : ' govuk-form-group--error'}`}>
      <fieldset
        className="govuk-fieldset"
        role="group"
        aria-describedby={`${name}-hint${error === undefined ? '' : ` ${name}-error`}`}
      >
        <legend className="govuk-fieldset__legend">{legend}</legend>
        <div id={`${name}-hint`} className="govuk-hint">
          {hint}
        </div>
        {error !== undefined && (
          <p id={`${name}-error`} className="govuk-error-message">
            <span className="govuk-visually-hidden">Error:</span> {error.message}
          </p>
        )}
        <div className="govuk-date-input">
          {PARTS.map(({ part, label, width }, index) => {
            const field = `${name}-${part}`
            const id = index === 0 ? name : field
            return (
              <div key={part} className="govuk-date-input__item">
                <div className="govuk-form-group">
                  <label className="govuk-label govuk-date-input__label" htmlFor={id}>
                    {label}
                  </label>
                  <input
                    className={`govuk-input govuk-date-input__input govuk-input--width-${width}${error === undefined ? '' : ' govuk-input--error'}`}
                    id={id}
                    name={field}
                    type="text"
                    inputMode="numeric"
                    autoComplete="off"
                    defaultValue={values[field] ?? ''}
                  />
                </div>
              </div>
            )
          })}
        </div>
      </fieldset>
    </div>
  )
}
