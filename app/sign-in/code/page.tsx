import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import type { ShownCode } from '#server/identity/accounts/sign-in-step.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { BackLink, Notice } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
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
      {page.shown !== undefined && <DemonstrationCode shown={page.shown} />}
      <ActionForm action={giveCode} submit="Sign in">
        <TextField
          isHeading
          name="code"
          label="Enter the code in your authenticator app"
          hint="It has 6 digits and changes every 30 seconds. Each code works once."
          autoComplete="one-time-code"
          inputMode="numeric"
          width={10}
        />
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

function DemonstrationCode({ shown }: { readonly shown: ShownCode }): ReactNode {
  return (
    <Notice title="Demonstration">
      {shown.code === '' ? (
        <p className="govuk-notification-banner__heading">
          This code has been used. The next one comes in {shown.secondsLeft} seconds:{' '}
          <a className="govuk-notification-banner__link" href={addresses.signInCode}>
            show it
          </a>
          .
        </p>
      ) : (
        <p className="govuk-notification-banner__heading">
          The code of this account is <span className="app-code">{shown.code}</span>
        </p>
      )}
      <p className="govuk-body">
        Only a demonstration shows the code. Everywhere else, only your own app has it.
      </p>
    </Notice>
  )
}
