import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { FIELDS_TO_ADD } from '#core/mapping/answers/answer-choices.ts'
import { answersOf, fieldsOfAnswer } from '#core/mapping/answers/column-choices.ts'
import type { CheckView } from '#server/intake/journey/read-check.ts'

/** Columns that were added to the file, with the way to their cells for who uploaded it. */
export function ColumnsAdded({
  journey: { reference, reading },
  isUploader,
}: {
  readonly journey: CheckView['journey']
  readonly isUploader: boolean
}): ReactNode {
  const { addedColumns = [] } = reading.preparation ?? {}
  if (addedColumns.length === 0) return null
  return (
    <div className="govuk-inset-text">
      {addedColumns.length === 1 ? 'A column was' : 'Columns were'} added to this file:{' '}
      {addedColumns.join(', ')}.{' '}
      {isUploader ? (
        <a className="govuk-link" href={addresses.correct(reference, { show: 'all' })}>
          Type or paste what belongs there
        </a>
      ) : (
        'Only the person who uploaded the file can say what belongs there.'
      )}
    </div>
  )
}

/**
 * Where what findings ask for is typed in: in the rows, where a column holds it, else where a
 * column is added. Nothing where none asks for such a thing.
 */
export function WayToAdd({
  journey: { reference, mapping, header },
  isUploader,
  codes,
}: {
  readonly journey: CheckView['journey']
  readonly isUploader: boolean
  readonly codes: readonly string[]
}): ReactNode {
  const [field] = codes.flatMap((code) => FIELDS_TO_ADD[code] ?? [])
  if (field === undefined || mapping === null || !isUploader) return null
  const isThere = answersOf(mapping, header).flatMap(fieldsOfAnswer).includes(field)
  return isThere ? (
    <a className="govuk-link" href={addresses.correct(reference, { show: 'all' })}>
      Type or paste them here
    </a>
  ) : (
    <a className="govuk-link" href={addresses.addColumn(reference, field)}>
      Add a column of them here
    </a>
  )
}
