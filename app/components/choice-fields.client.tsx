'use client'

import type { ReactNode } from 'react'
import { radioField, selectField, tickField, type Choice } from '#core/forms/fields.ts'
import { useSentField } from './action-form.client.tsx'
import { rendered } from './rendered.ts'

/**
 * Radios: one of a few. The first radio has the field's name for its id, where the error summary
 * leads.
 */
export function RadioField({
  name,
  legend,
  choices,
}: {
  readonly name: string
  readonly legend: string
  readonly choices: readonly Choice[]
}): ReactNode {
  const { error, value } = useSentField(name)
  return rendered(radioField({ id: name, label: legend, choices, error, value }))
}

/** A list to choose one from, when there are many. */
export function SelectField({
  name,
  ...words
}: {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly choices: readonly Choice[]
}): ReactNode {
  const { error, value = '' } = useSentField(name)
  return rendered(selectField({ ...words, id: name, error, value }))
}

/** One box to tick. */
export function CheckboxField({
  name,
  ...words
}: {
  readonly name: string
  readonly label: string
  readonly hint?: string
}): ReactNode {
  const { error, value } = useSentField(name)
  return rendered(tickField({ ...words, id: name, error, isTicked: value === 'yes' }))
}
