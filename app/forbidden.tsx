import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { TwoThirds } from './components/page-columns.tsx'

export const metadata: Metadata = { title: 'This form was not sent from here' }

/** A form sent from elsewhere than our own pages. */
export default function Forbidden(): ReactNode {
  return (
    <TwoThirds>
      <h1 className="govuk-heading-l">This form was not sent from Count Once</h1>
      <p className="govuk-body">
        Nothing was done. Your browser did not say that the form came from this website, so it was
        refused for your protection.
      </p>
      <p className="govuk-body">
        <a className="govuk-link" href={addresses.home}>
          Go to the home page
        </a>{' '}
        and try again. If it happens again, tell your administrator which browser you use.
      </p>
    </TwoThirds>
  )
}
