'use client'

import type { ReactNode } from 'react'
import { useSent } from './action-form.client.tsx'

/** A labelled line of text in an ActionForm; its name is its id. */
export function TextField({
  name,
  label,
  hint,
  type = 'text',
  autoComplete,
  inputMode,
  width,
  isHeading = false,
}: {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly type?: 'text' | 'email'
  readonly autoComplete: string
  readonly inputMode?: 'numeric'
  /** In characters, for what has a known length. */
  readonly width?: 10 | 20
  /** The label is the page's heading. */
  readonly isHeading?: boolean
}): ReactNode {
  const { errors, values } = useSent()
  const error = errors.find(({ field }) => field === name)
  const labelled = (
    <label className={`govuk-label${isHeading ? ' govuk-label--l' : ''}`} htmlFor={name}>
      {label}
    </label>
  )
  return (
    <div className={`govuk-form-group${error === undefined ? '' : ' govuk-form-group--error'}`}>
      {isHeading ? <h1 className="govuk-label-wrapper">{labelled}</h1> : labelled}
      {hint !== undefined && (
        <div id={`${name}-hint`} className="govuk-hint">
          {hint}
        </div>
      )}
      <FieldError name={name} message={error?.message} />
      <input
        className={`govuk-input${width === undefined ? '' : ` govuk-input--width-${width}`}${error === undefined ? '' : ' govuk-input--error'}`}
        id={name}
        name={name}
        type={type}
        inputMode={inputMode}
        autoComplete={autoComplete}
        spellCheck={false}
        autoCapitalize="none"
        defaultValue={values[name] ?? ''}
        aria-describedby={describedBy(name, hint !== undefined, error !== undefined)}
      />
    </div>
  )
}

/** A password, which can be shown while it is typed and is never sent back. */
export function PasswordField({
  name,
  label,
  hint,
  autoComplete,
}: {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly autoComplete: 'current-password' | 'new-password'
}): ReactNode {
  const { errors } = useSent()
  const error = errors.find(({ field }) => field === name)
  return (
    <div
      className={`govuk-form-group govuk-password-input${error === undefined ? '' : ' govuk-form-group--error'}`}
      data-module="govuk-password-input"
    >
      <label className="govuk-label" htmlFor={name}>
        {label}
      </label>
      {hint !== undefined && (
        <div id={`${name}-hint`} className="govuk-hint">
          {hint}
        </div>
      )}
      <FieldError name={name} message={error?.message} />
      <div className="govuk-input__wrapper govuk-password-input__wrapper">
        <input
          className={`govuk-input govuk-password-input__input govuk-js-password-input-input${error === undefined ? '' : ' govuk-input--error'}`}
          id={name}
          name={name}
          type="password"
          spellCheck={false}
          autoComplete={autoComplete}
          autoCapitalize="none"
          aria-describedby={describedBy(name, hint !== undefined, error !== undefined)}
        />
        <button
          type="button"
          className="govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle"
          aria-controls={name}
          aria-label="Show password"
          hidden
          suppressHydrationWarning
        >
          Show
        </button>
      </div>
    </div>
  )
}

function FieldError({ name, message }: { name: string; message: string | undefined }): ReactNode {
  if (message === undefined) return null
  return (
    <p id={`${name}-error`} className="govuk-error-message">
      <span className="govuk-visually-hidden">Error:</span> {message}
    </p>
  )
}

function describedBy(name: string, hint: boolean, error: boolean): string | undefined {
  const ids = [...(hint ? [`${name}-hint`] : []), ...(error ? [`${name}-error`] : [])]
  return ids.length === 0 ? undefined : ids.join(' ')
}
