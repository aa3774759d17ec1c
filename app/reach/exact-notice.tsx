import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'

/** Stands above every exact figure. */
export function ExactNotice(): ReactNode {
  return (
    <div className="app-exact" role="note" aria-label="Exact figures">
      <p className="govuk-body">
        <strong className="govuk-tag govuk-tag--red">Exact: not for publication</strong>
      </p>
      <p className="govuk-body">
        These figures are not rounded and small numbers are not hidden, so they could reveal
        something about a person. Do not copy them into a report, an email or a slide: use{' '}
        <a className="govuk-link" href={addresses.reach}>
          released figures
        </a>
        . What you looked at is recorded in the audit trail.
      </p>
    </div>
  )
}
