import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { isOfProvider } from '#server/identity/actors/actor.ts'
import { readOwnAccount } from '#server/identity/accounts/own-account.ts'
import { SignOnProblem } from '../components/sign-on-problem.tsx'
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
  const { accounts, portal } = await openRequest()
  const { signOn } = portal
  const account = await readOwnAccount(accounts, actor)
  const { app, changed, recovered, connected, problem } = await searchParams
  return (
    <TwoThirds>
      <SignOnProblem problem={problem} />
      {connected !== undefined && (
        <SuccessBanner>
          Your organisation’s account is connected. You have been signed out everywhere else.
        </SuccessBanner>
      )}
      {app !== undefined && (
        <SuccessBanner>
          Your authenticator app is set up, and you have been signed out everywhere else. Make
          recovery codes for when you lose it.
        </SuccessBanner>
      )}
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
          ...(account.hasPassword
            ? [
                {
                  name: 'Password',
                  value: 'Set',
                  change: { href: addresses.ownPassword, text: 'Change' },
                },
              ]
            : []),
          ...(signOn === undefined || isOfProvider(actor)
            ? []
            : [
                {
                  name: `${signOn.organisation} account`,
                  value: account.signsOn ? 'Connected' : 'Not connected',
                  ...(account.signsOn
                    ? {}
                    : { change: { href: addresses.connectSignOn, text: 'Connect' } }),
                },
              ]),
          {
            name: 'Authenticator app',
            value: account.hasApp ? 'Set up' : 'None',
            change: { href: addresses.ownApp, text: account.hasApp ? 'Change' : 'Add' },
          },
          {
            name: 'Passkeys',
            value: account.passkeys === 0 ? 'None' : String(account.passkeys),
            change: { href: addresses.passkeys, text: 'See and add' },
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
