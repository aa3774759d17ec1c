'use client'

import { Fragment, type ReactNode } from 'react'
import { textField } from '#core/forms/fields.ts'
import { LONGEST_TEXT } from '#core/grid/grid-rows.ts'
import { useSentField } from '../../../../../components/action-form.client.tsx'
import { rendered } from '../../../../../components/rendered.ts'

/** A cell of a row as a line of text, with what is found in it. */
export function CellAnswer({
  name,
  label,
  hint,
  initial,
  found,
}: {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly initial: string
  /** Empty when nothing is. */
  readonly found: string
}): ReactNode {
  const { error = found === '' ? undefined : found, value = initial } = useSentField(name)
  const input = { autocomplete: 'off', spellcheck: 'false', maxlength: LONGEST_TEXT }
  const field = textField({ id: name, label, hint, error, value, input })
  return <Fragment key={value}>{rendered(field)}</Fragment>
}
