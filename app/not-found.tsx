import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { TwoThirds } from './components/page-columns.tsx'

export const metadata: Metadata = { title: 'Page not found' }

/** What is not there, and what is not yours: the same page. */
export default function NotFound(): ReactNode {
  return (
    <TwoThirds>
      <h1 className="govuk-heading-l">Page not found</h1>
      <p className="govuk-body">If you typed the web address, check it is correct.</p>
      <p className="govuk-body">
        If you pasted the web address, check you copied the entire address.
      </p>
      <p className="govuk-body">
        If it was something of your organisation’s, it may have been removed.{' '}
        <a className="govuk-link" href={addresses.home}>
          Go to the home page
        </a>
        .
      </p>
    </TwoThirds>
  )
}
