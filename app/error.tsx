'use client'

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
        <p className="govuk-body">Try again in a minute. Nothing was half done.</p>
        <p className="govuk-body">
          If it goes on, tell your administrator this reference:{' '}
          <strong>{error.digest ?? 'none'}</strong>
        </p>
      </div>
    </div>
  )
}
