'use client'

import type { ReactNode } from 'react'
import { dateField } from '#core/forms/fields.ts'
import { useSent, useSentField } from './action-form.client.tsx'
import { rendered } from './rendered.ts'

/**
 * A day as three fields; the first has the field's name for its id, where the error summary leads.
 */
export function DateField({
  name,
  legend,
  hint,
}: {
  readonly name: string
  readonly legend: string
  readonly hint: string
}): ReactNode {
  const { values } = useSent()
  const { error } = useSentField(name)
  return rendered(dateField({ id: name, label: legend, hint, error, values }))
}
