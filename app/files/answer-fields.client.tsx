'use client'

import { Fragment, type ReactNode } from 'react'
import {
  areaField,
  radioField,
  selectField,
  textField,
  tickField,
  type Choice,
} from '#core/forms/fields.ts'
import { useSent, useSentField } from '../components/action-form.client.tsx'
import { rendered } from '../components/rendered.ts'

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
  name,
  id = name,
  initial,
  ...words
}: AnswerProps & { readonly choices: readonly Choice[] }): ReactNode {
  const { error, value = initial } = useSentField(name, id)
  return rendered(selectField({ ...words, name, id, error, value }))
}

/** A line of text with an answer already. */
export function TextAnswer({
  name,
  id = name,
  initial,
  isNumber = false,
  ...words
}: AnswerProps & { readonly isNumber?: boolean }): ReactNode {
  const { error, value = initial } = useSentField(name, id)
  const input = {
    inputmode: isNumber ? 'numeric' : undefined,
    maxlength: isNumber ? 6 : 200,
    autocomplete: 'off',
  }
  const width = isNumber ? 5 : undefined
  const field = textField({ ...words, name, id, error, value, width, input })
  // Another answer is another field: what was typed into this one does not stay.
  return <Fragment key={value}>{rendered(field)}</Fragment>
}

/** Several lines of text. */
export function AreaAnswer({
  name,
  id = name,
  initial,
  ...words
}: AnswerProps & { readonly rows: number; readonly longest: number }): ReactNode {
  const { error, value = initial } = useSentField(name, id)
  const field = areaField({ ...words, name, id, error, value })
  // Another answer is another field: what was typed into this one does not stay.
  return <Fragment key={value}>{rendered(field)}</Fragment>
}

/** One of a few, with an answer already where there is one. */
export function RadioAnswer({
  name,
  legend,
  initial,
  choices,
}: {
  readonly name: string
  readonly legend: string
  readonly initial: string
  readonly choices: readonly Choice[]
}): ReactNode {
  const { error, value = initial } = useSentField(name)
  return rendered(radioField({ id: name, label: legend, choices, error, value }))
}

/** A box to tick. */
export function TickAnswer({
  name,
  initial = '',
  ...words
}: Pick<AnswerProps, 'name' | 'label' | 'hint'> & {
  readonly initial?: 'yes' | ''
}): ReactNode {
  const { values } = useSent()
  // A box that was sent without its tick is not among what was sent.
  const isSent = Object.keys(values).length > 0
  const { error, value = isSent ? '' : initial } = useSentField(name)
  return rendered(tickField({ ...words, id: name, error, isTicked: value === 'yes' }))
}
