import type { ReactNode } from 'react'
import { addresses, type PlaceOfUpload } from '#core/addresses/portal-addresses.ts'
import { KIND_WORDS } from '#core/messages/submissions/kind-words.ts'
import { FILE_KINDS } from '#core/standard/further-fields.ts'

/** What the file holds: each kind has a page of its own to upload it, and this is one of them. */
export function KindTabs({ place }: { readonly place: PlaceOfUpload }): ReactNode {
  const { kind = 'people' } = place
  return (
    <nav className="app-tabs" aria-label="What the file holds">
      <ul className="app-tabs__list">
        {FILE_KINDS.map((each) => (
          <li key={each} className="govuk-body app-tabs__item">
            <a
              className="govuk-link govuk-link--no-visited-state app-tabs__link"
              href={addresses.upload({ ...place, kind: each })}
              aria-current={each === kind ? 'page' : undefined}
            >
              {KIND_WORDS[each]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
