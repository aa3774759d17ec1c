import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { offerSeed } from '#server/identity/accounts/sign-in-step.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { AppSeed } from '../../components/app-seed.tsx'
import { BackLink } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { TextField } from '../../components/text-field.client.tsx'
import { openRequest, readTicket } from '../../guards/request-context.ts'
import { confirmApp } from './actions.ts'

export const metadata: Metadata = { title: 'Set up your authenticator app' }

/** The first sign-in: an authenticator app is set up. */
export default async function EnrolPage(): Promise<ReactNode> {
  const { accounts, cookiePlans } = await openRequest()
  const ticket = await readTicket(cookiePlans.step)
  const seed = ticket === undefined ? undefined : await offerSeed(accounts, ticket)
  if (seed === undefined) redirect(addresses.signIn)
  return (
    <TwoThirds>
      <BackLink href={addresses.signIn} />
      <ActionForm action={confirmApp} submit="Set up and sign in">
        <h1 className="govuk-heading-l">Set up your authenticator app</h1>
        <p className="govuk-body">
          From now on you will need a code from an app on your phone or computer each time you sign
          in, so that nobody can sign in as you without it. You can use any authenticator app. It
          needs no signal and no phone number.
        </p>
        <AppSeed seed={seed} />
        <TextField
          name="code"
          label="6-digit code"
          autoComplete="one-time-code"
          inputMode="numeric"
          width={10}
        />
      </ActionForm>
    </TwoThirds>
  )
}
