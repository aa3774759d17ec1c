import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { isQuarter, quarterWords } from '#core/standard/quarter.ts'
import type { RecordPlace } from '#server/linkage/decisions/list-doubts.ts'
import type { NamedIn } from '#server/programme/register/register-names.ts'

/** Where records stand in their own files: all that is known here of whom they are about. */
export function RecordPlaces({
  places,
  named,
  of,
  isBlind = false,
}: {
  readonly places: readonly RecordPlace[]
  /** The reference that the page is about already. */
  readonly of?: string
  /** Whether it is not shown whom they are counted as. */
  readonly isBlind?: boolean
  readonly named: NamedIn
}): ReactNode {
  return (
    <ul className="govuk-list app-places">
      {places.map((place) => (
        <li key={`${place.submission} ${place.row} ${place.role}`}>
          {named(place)}, {isQuarter(place.quarter) ? quarterWords(place.quarter) : place.quarter},
          row {place.place} ({place.role})
          {!isBlind && place.reference !== of && (
            <>
              , counted as <ReferenceLink reference={place.reference} />
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

/** A beneficiary's reference, which leads to why its records are one person. */
export function ReferenceLink({ reference }: { readonly reference: string }): ReactNode {
  return (
    <a className="govuk-link app-reference" href={withQuery(addresses.explain, { reference })}>
      {reference}
    </a>
  )
}
