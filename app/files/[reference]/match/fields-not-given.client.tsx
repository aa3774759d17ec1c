'use client'

import type { ReactNode } from 'react'
import { ADD_COLUMN } from '#core/mapping/answers/answer-choices.ts'
import { Folded } from '../../../components/folded.tsx'
import { useSent } from '../../../components/action-form.client.tsx'
import { TickAnswer } from '../../answer-fields.client.tsx'

/** A field as the page names it. */
export interface FieldLine {
  readonly name: string
  readonly label: string
  readonly description: string
}

/**
 * What no column gives: to continue is to say that it is not provided, or to have a column for it
 * added. Of `others` only those are shown that the server asked for.
 */
export function FieldsNotGiven({
  fields,
  others,
  wanted,
}: {
  readonly fields: readonly FieldLine[]
  readonly others: readonly FieldLine[]
  /** The field for which somebody came to add a column. */
  readonly wanted: string
}): ReactNode {
  const { errors, values } = useSent()
  const asked = ({ name }: FieldLine): boolean =>
    errors.some(({ field }) => field === `${ADD_COLUMN}${name}`)
  const isTicked = ({ name }: FieldLine): boolean => values[`${ADD_COLUMN}${name}`] === 'yes'
  const shown = [...others.filter(asked), ...fields]
  if (shown.length === 0) return null
  return (
    <Folded
      key={errors.map(({ field }) => field).join(' ')}
      text={`No column gives these yet: ${shown.length}`}
      isOpen={shown.some((field) => field.name === wanted || asked(field) || isTicked(field))}
    >
      <p className="govuk-body">
        Choose it above if a column holds it. If you continue without it, it counts as not provided.
      </p>
      <p className="govuk-body">
        If you know it and your file has no column for it, tick it: we add an empty column, and you
        type or paste what belongs there after the check. Your own file is not changed.
      </p>
      {shown.map(({ name, label, description }) => (
        <TickAnswer
          key={name}
          name={`${ADD_COLUMN}${name}`}
          label={`Add a column: ${label}`}
          hint={description}
          initial={name === wanted ? 'yes' : ''}
        />
      ))}
    </Folded>
  )
}
