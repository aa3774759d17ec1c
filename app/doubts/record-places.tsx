import type { ReactNode } from 'react'
import { isQuarter, quarterWords } from '#core/standard/quarter.ts'
import type { RecordPlace } from '#server/linkage/decisions/list-doubts.ts'

/** Where records stand in their own files: all that is known here of whom they are about. */
export function RecordPlaces({
  places,
  named,
}: {
  readonly places: readonly RecordPlace[]
  readonly named: (service: string) => string
}): ReactNode {
  return (
    <ul className="govuk-list app-places">
      {places.map((place) => (
        <li key={`${place.submission} ${place.row} ${place.role}`}>
          {named(place.service)},{' '}
          {isQuarter(place.quarter) ? quarterWords(place.quarter) : place.quarter}, row{' '}
          {place.place} ({place.role})
        </li>
      ))}
    </ul>
  )
}
