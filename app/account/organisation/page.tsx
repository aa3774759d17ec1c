import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { isOfProvider } from '#server/identity/actors/actor.ts'
import { CONNECTING, readOwnAccount } from '#server/identity/accounts/own-account.ts'
import { readProof } from '#server/identity/accounts/step-up.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { FreshCode } from '../../components/fresh-code.tsx'
import { BackLink } from '../../components/notices.tsx'
import { SignOnButton } from '../../components/sign-on-button.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { turnAway } from '../../guards/refused.ts'
import { openRequest, readTicket } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { begin } from './actions.ts'

export const metadata: Metadata = { title: 'Connect your organisation’s account' }

/** First who asks proves themself, then they are led to their organisation. */
export default async function ConnectPage(): Promise<ReactNode> {
  const actor = await requireActor()
  const { accounts, cookiePlans, portal } = await openRequest()
  const { signOn } = portal
  if (signOn === undefined || isOfProvider(actor)) return turnAway()
  if ((await readOwnAccount(accounts, actor)).signsOn) return turnAway()
  const ticket = (await readTicket(cookiePlans.session)) ?? ''
  const proof = await readProof(accounts, { actor, ticket, act: CONNECTING })
  return (
    <TwoThirds>
      <BackLink href={addresses.account} />
      {proof === undefined ? (
        <ActionForm action={begin} submit="Continue">
          <h1 className="govuk-heading-l">Connect your {signOn.organisation} account</h1>
          <p className="govuk-body">
            From then on you can sign in here with the account that {signOn.organisation} gives you.
            You will be signed out everywhere else.
          </p>
          <FreshCode act={CONNECTING} page={addresses.connectSignOn} />
        </ActionForm>
      ) : (
        <>
          <h1 className="govuk-heading-l">Connect your {signOn.organisation} account</h1>
          <p className="govuk-body">
            Sign in with the account that you want to connect. Make sure that it is your own.
          </p>
          <SignOnButton field="connect" value="1">
            Go to {signOn.organisation}
          </SignOnButton>
        </>
      )}
    </TwoThirds>
  )
}
