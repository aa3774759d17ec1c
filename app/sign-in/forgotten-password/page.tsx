import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { BackLink } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { TextField } from '../../components/text-field.client.tsx'
import { askForLink } from './actions.ts'

export const metadata: Metadata = { title: 'Forgotten password' }

/** Asks for a link to set a new password. */
export default async function ForgottenPasswordPage({
  searchParams,
}: {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}): Promise<ReactNode> {
  const { sent } = await searchParams
  if (sent !== undefined) return <Sent />
  return (
    <TwoThirds>
      <BackLink href={addresses.signIn} />
      <ActionForm action={askForLink} submit="Send me a link">
        <h1 className="govuk-heading-l">Forgotten password</h1>
        <p className="govuk-body">
          We will email you a link to set a new one. It works once, for 60 minutes.
        </p>
        <TextField name="email" label="Email address" type="email" autoComplete="username" />
      </ActionForm>
    </TwoThirds>
  )
}

function Sent(): ReactNode {
  return (
    <TwoThirds>
      <BackLink href={addresses.signIn} text="Back to sign in" />
      <h1 className="govuk-heading-l">Check your email</h1>
      <p className="govuk-body">
        If that address has an account, a link is on its way to it. It works once, for 60 minutes.
      </p>
      <p className="govuk-body">
        If it does not arrive within 10 minutes, look in your junk folder, then ask your
        administrator which email address your account has.
      </p>
    </TwoThirds>
  )
}
