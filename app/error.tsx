'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

/** Something failed under the page; the reference is in the portal's log beside what failed. */
export default function ErrorPage({
  error,
}: {
  readonly error: Error & { digest?: string }
}): ReactNode {
  return (
    <div className="govuk-grid-row">
      <div className="govuk-grid-column-two-thirds">
        <h1 className="govuk-heading-l">Sorry, there is a problem with the service</h1>
        <p className="govuk-body">
          Check your connection and{' '}
          <a className="govuk-link" href={usePathname()}>
            open this page again
          </a>{' '}
          in a minute. Nothing was left half done.
        </p>
        {error.digest !== undefined && (
          <p className="govuk-body">
            If it keeps happening, tell your administrator this reference:{' '}
            <strong>{error.digest}</strong>
          </p>
        )}
      </div>
    </div>
  )
}
