import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { BackLink } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { TextField } from '../../components/text-field.client.tsx'
import { requireStep } from '../../guards/require-step.ts'
import { giveRecoveryCode } from './actions.ts'

export const metadata: Metadata = { title: 'Use a recovery code' }

/** The second step for somebody without their app. */
export default async function RecoveryCodePage(): Promise<ReactNode> {
  if ((await requireStep()).next === 'enrol') redirect(addresses.signInEnrol)
  return (
    <TwoThirds>
      <BackLink href={addresses.signInCode} />
      <ActionForm action={giveRecoveryCode} submit="Sign in">
        <TextField
          isHeading
          name="code"
          label="Enter one of your recovery codes"
          hint="You were shown them when you set up your app, for example 7KQ2-M9XW-4T3B-ZP8C. Each works once."
          autoComplete="off"
          width={20}
        />
      </ActionForm>
      <h2 className="govuk-heading-m">If you have no recovery codes</h2>
      <p className="govuk-body">
        Ask your administrator to reset your authenticator app. A second administrator has to agree,
        and you will be told by email.
      </p>
    </TwoThirds>
  )
}
