import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { DemonstrationCode } from '../../components/demonstration-code.tsx'
import { BackLink } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { PasskeyField } from '../../components/passkey-field.client.tsx'
import { ReturnField } from '../../components/return-field.tsx'
import { TextField } from '../../components/text-field.client.tsx'
import { requireStep } from '../../guards/require-step.ts'
import { giveCode } from './actions.ts'

export const metadata: Metadata = { title: 'Enter your code' }

/** The second step: a code of the app. */
export default async function CodePage({
  searchParams,
}: {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}): Promise<ReactNode> {
  const page = await requireStep()
  const { to } = await searchParams
  if (page.next === 'enrol') redirect(addresses.signInEnrol)
  return (
    <TwoThirds>
      <BackLink href={addresses.signIn} />
      {page.shown !== undefined && (
        <DemonstrationCode shown={page.shown} again={addresses.signInCode} />
      )}
      <ActionForm action={giveCode} {...(page.hasApp ? { submit: 'Sign in' } : {})}>
        {page.hasApp ? (
          <TextField
            isHeading
            name="code"
            label="Enter the code in your authenticator app"
            hint="It has 6 digits and changes every 30 seconds. Each code works once."
            autoComplete="one-time-code"
            inputMode="numeric"
            width={10}
          />
        ) : (
          <h1 className="govuk-heading-l">Show that it is you</h1>
        )}
        {page.hasPasskeys && (
          <PasskeyField challenge={addresses.signInChallenge} text="Use a passkey" />
        )}
        <ReturnField to={to} />
      </ActionForm>
      <p className="govuk-body">
        <a className="govuk-link" href={addresses.signInRecoveryCode}>
          I do not have my phone or app: use a recovery code
        </a>
      </p>
    </TwoThirds>
  )
}
