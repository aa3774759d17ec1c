import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { offerOwnApp, OWN_APP } from '#server/identity/accounts/own-app.ts'
import { readOwnFactors } from '#server/identity/accounts/own-account.ts'
import { readProof } from '#server/identity/accounts/step-up.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { AppSeed } from '../../components/app-seed.tsx'
import { FreshCode } from '../../components/fresh-code.tsx'
import { BackLink } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { TextField } from '../../components/text-field.client.tsx'
import { openRequest, readTicket } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { add, begin } from './actions.ts'

export const metadata: Metadata = { title: 'Authenticator app' }

/** First who asks proves themself, then they set up the app. */
export default async function OwnAppPage(): Promise<ReactNode> {
  const actor = await requireActor()
  const { accounts, cookiePlans } = await openRequest()
  const { hasApp } = await readOwnFactors(accounts, actor)
  const heading = hasApp ? 'Change your authenticator app' : 'Add an authenticator app'
  const ticket = (await readTicket(cookiePlans.session)) ?? ''
  const proof = await readProof(accounts, { actor, ticket, act: OWN_APP })
  const offered = proof && (await offerOwnApp(accounts, actor, ticket, proof))
  return (
    <TwoThirds>
      <BackLink href={addresses.account} />
      {offered?.ok === true ? (
        <ActionForm action={add} submit="Add the app">
          <h1 className="govuk-heading-l">{heading}</h1>
          <p className="govuk-body">
            You can use any authenticator app. When you have added it, you will be signed out
            everywhere else{hasApp && ', and the app you have now will no longer work'}.
          </p>
          <AppSeed seed={offered.seed} />
          <TextField
            name="shown"
            label="6-digit code"
            autoComplete="one-time-code"
            inputMode="numeric"
            width={10}
          />
        </ActionForm>
      ) : (
        <ActionForm action={begin} submit="Continue">
          <h1 className="govuk-heading-l">{heading}</h1>
          <p className="govuk-body">
            First show that it is you{hasApp && ', with the app that you have now or a passkey'}.
          </p>
          <FreshCode act={OWN_APP} page={addresses.ownApp} />
        </ActionForm>
      )}
    </TwoThirds>
  )
}
