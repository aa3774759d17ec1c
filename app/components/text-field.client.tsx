'use client'

import type { ReactNode } from 'react'
import { areaField, secretField, textField } from '#core/forms/fields.ts'
import { useSentField } from './action-form.client.tsx'
import { rendered } from './rendered.ts'

/** A labelled line of text in an ActionForm; its name is its id. */
export function TextField({
  name,
  type = 'text',
  autoComplete,
  inputMode,
  ...words
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
  const { error, value = '' } = useSentField(name)
  const input = {
    ...{ type, inputmode: inputMode, autocomplete: autoComplete },
    ...{ spellcheck: 'false', autocapitalize: 'none' },
  }
  return rendered(textField({ ...words, id: name, error, value, input }))
}

/** A password, which can be shown while it is typed and is never sent back. */
export function PasswordField({
  name,
  autoComplete,
  ...words
}: {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly autoComplete: 'current-password' | 'new-password'
}): ReactNode {
  const { error } = useSentField(name)
  return rendered(
    secretField({
      ...words,
      ...{ id: name, error, secret: 'password' },
      input: { autocomplete: autoComplete },
      // GOV.UK's script shows the button and makes it work.
      group: { 'data-module': 'govuk-password-input' },
      toggle: { hidden: true },
    }),
  )
}

/** Several lines of text in an ActionForm. */
export function TextAreaField({
  name,
  initial = '',
  ...words
}: {
  readonly name: string
  /** What stands in it before anything is typed. */
  readonly initial?: string
  readonly label: string
  readonly hint?: string
  readonly rows: number
  /** In characters. */
  readonly longest: number
}): ReactNode {
  const { error, value = initial } = useSentField(name)
  return rendered(areaField({ ...words, id: name, error, value }))
}

/** What a form sends back of what it was made from, or of what it was told since. */
export function SentBack({ name }: { readonly name: string }): ReactNode {
  const { value = '' } = useSentField(name)
  return <input type="hidden" name={name} value={value} readOnly />
}
