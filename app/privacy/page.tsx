import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { TwoThirds } from '../components/page-columns.tsx'

export const metadata: Metadata = { title: 'Privacy and cookies' }

/** What is kept of people, and of those who sign in. */
export default function PrivacyPage(): ReactNode {
  return (
    <TwoThirds>
      <h1 className="govuk-heading-l">Privacy and cookies</h1>
      <h2 className="govuk-heading-m">The people in the files</h2>
      <p className="govuk-body">
        Count Once never stores names, dates of birth, NHS numbers, addresses, postcodes, emails or
        phone numbers of the people a service works with. They are replaced by keyed pseudonyms,
        which cannot be turned back without keys that are kept apart. What is kept is still personal
        data, and is protected as such.
      </p>
      <p className="govuk-body">
        An uploaded file is held encrypted until its rows are pseudonymised, and never longer than
        24 hours.
      </p>
      <p className="govuk-body">
        If you are in a file:{' '}
        <a className="govuk-link" href={addresses.aboutYourData}>
          about your data
        </a>{' '}
        says what is collected, by whom and why, and how to object. It is there{' '}
        <a className="govuk-link" href={addresses.aboutYourDataEasy}>
          in easy words
        </a>{' '}
        as well.
      </p>
      <h2 className="govuk-heading-m">You, when you sign in</h2>
      <p className="govuk-body">
        We keep your name, work email address and role, and a record of what was done from your
        account. Your password is stored only in a form that cannot be read back.
      </p>
      <h2 className="govuk-heading-m">Cookies</h2>
      <p className="govuk-body">
        Only those that signing in needs: one that knows you while you are signed in, one between
        your password and your code, one against forged forms, and one that is kept for 180 days and
        says that somebody has signed in here before. With it you can still sign in when strangers
        try to guess your password. They hold random letters and nothing about you. There are no
        others, and nobody else sets any.
      </p>
    </TwoThirds>
  )
}
