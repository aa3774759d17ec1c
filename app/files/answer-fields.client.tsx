'use client'

import type { ReactNode } from 'react'
import { useSent } from '../components/action-form.client.tsx'

/** One thing to choose. */
export interface AnswerChoice {
  readonly value: string
  readonly text: string
}

interface AnswerProps {
  readonly name: string
  readonly label: string
  readonly hint?: string
  /** What is answered until somebody changes it. */
  readonly initial: string
  /** Where there are several of one name on a page. */
  readonly id?: string
}

/** A list to choose one from, with an answer already. */
export function SelectAnswer({
  choices,
  ...props
}: AnswerProps & { readonly choices: readonly AnswerChoice[] }): ReactNode {
  const { id, value, error, describedBy } = useAnswer(props)
  return (
    <AnswerGroup {...props} id={id} error={error}>
      <select
        className={`govuk-select${error === undefined ? '' : ' govuk-select--error'}`}
        id={id}
        name={props.name}
        key={value}
        defaultValue={value}
        aria-describedby={describedBy}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.text}
          </option>
        ))}
      </select>
    </AnswerGroup>
  )
}

/** A line of text with an answer already. */
export function TextAnswer({
  isNumber = false,
  ...props
}: AnswerProps & { readonly isNumber?: boolean }): ReactNode {
  const { id, value, error, describedBy } = useAnswer(props)
  const width = isNumber ? ' govuk-input--width-5' : ''
  return (
    <AnswerGroup {...props} id={id} error={error}>
      <input
        className={`govuk-input${width}${error === undefined ? '' : ' govuk-input--error'}`}
        id={id}
        name={props.name}
        type="text"
        inputMode={isNumber ? 'numeric' : undefined}
        maxLength={isNumber ? 6 : 200}
        autoComplete="off"
        key={value}
        defaultValue={value}
        aria-describedby={describedBy}
      />
    </AnswerGroup>
  )
}

/** A box to tick. */
export function TickAnswer({
  name,
  label,
}: {
  readonly name: string
  readonly label: string
}): ReactNode {
  const { errors, values } = useSent()
  const error = errors.find(({ field }) => field === name)
  return (
    <div className={`govuk-form-group${error === undefined ? '' : ' govuk-form-group--error'}`}>
      {error !== undefined && <ErrorMessage id={name} message={error.message} />}
      <div className="govuk-checkboxes">
        <div className="govuk-checkboxes__item">
          <input
            className="govuk-checkboxes__input"
            id={name}
            name={name}
            type="checkbox"
            value="yes"
            defaultChecked={values[name] === 'yes'}
            aria-describedby={error === undefined ? undefined : `${name}-error`}
          />
          <label className="govuk-label govuk-checkboxes__label" htmlFor={name}>
            {label}
          </label>
        </div>
      </div>
    </div>
  )
}

function useAnswer({ name, id = name, initial, hint }: AnswerProps): {
  readonly id: string
  readonly value: string
  readonly error: string | undefined
  readonly describedBy: string | undefined
} {
  const { errors, values } = useSent()
  const error = errors.find(({ field }) => field === id)?.message
  const described = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(error === undefined ? [] : [`${id}-error`]),
  ]
  return {
    id,
    value: values[name] ?? initial,
    error,
    describedBy: described.length === 0 ? undefined : described.join(' '),
  }
}

function AnswerGroup({
  id,
  label,
  hint,
  error,
  children,
}: Pick<AnswerProps, 'label' | 'hint'> & {
  readonly id: string
  readonly error: string | undefined
  readonly children: ReactNode
}): ReactNode {
  return (
    <div className={`govuk-form-group${error === undefined ? '' : ' govuk-form-group--error'}`}>
      <label className="govuk-label" htmlFor={id}>
        {label}
      </label>
      {hint !== undefined && (
        <div id={`${id}-hint`} className="govuk-hint">
          {hint}
        </div>
      )}
      {error !== undefined && <ErrorMessage id={id} message={error} />}
      {children}
    </div>
  )
}

function ErrorMessage({
  id,
  message,
}: {
  readonly id: string
  readonly message: string
}): ReactNode {
  return (
    <p id={`${id}-error`} className="govuk-error-message">
      <span className="govuk-visually-hidden">Error:</span> {message}
    </p>
  )
}
