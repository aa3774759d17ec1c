import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { readOwnAccount } from '#server/identity/accounts/own-account.ts'
import { SuccessBanner } from '../components/notices.tsx'
import { TwoThirds } from '../components/page-columns.tsx'
import { SummaryList } from '../components/summary-list.tsx'
import { openRequest } from '../guards/request-context.ts'
import { requireActor } from '../guards/require-actor.ts'

export const metadata: Metadata = { title: 'Your account' }

/** What somebody sees and changes of their own account. */
export default async function AccountPage({
  searchParams,
}: {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}): Promise<ReactNode> {
  const actor = await requireActor()
  const { accounts } = await openRequest()
  const account = await readOwnAccount(accounts, actor)
  const { changed, recovered } = await searchParams
  return (
    <TwoThirds>
      {changed !== undefined && (
        <SuccessBanner>
          Your password has been changed, and you have been signed out everywhere else.
        </SuccessBanner>
      )}
      {recovered !== undefined && (
        <SuccessBanner>
          You are signed in. That recovery code cannot be used again: you have{' '}
          {account.recoveryCodes} left.
        </SuccessBanner>
      )}
      <h1 className="govuk-heading-l">Your account</h1>
      <SummaryList
        lines={[
          { name: 'Name', value: account.name },
          { name: 'Email address', value: account.email },
          {
            name: 'Password',
            value: 'Set',
            change: { href: addresses.ownPassword, text: 'Change' },
          },
          {
            name: 'Recovery codes',
            value: `${account.recoveryCodes} left`,
            change: { href: addresses.recoveryCodes, text: 'Make new' },
          },
          {
            name: 'Signed in',
            value: account.sessions === 1 ? 'Here' : `In ${account.sessions} places`,
            change: { href: addresses.ownSessions, text: 'See where' },
          },
        ]}
      />
      <p className="govuk-body">To change your name or email address, ask your administrator.</p>
    </TwoThirds>
  )
}
