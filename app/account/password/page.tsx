import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { BackLink } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { PasswordField } from '../../components/text-field.client.tsx'
import { requireActor } from '../../guards/require-actor.ts'
import { changeOwnPassword } from './actions.ts'

export const metadata: Metadata = { title: 'Change your password' }

/** Changes the password of whoever is signed in. */
export default async function PasswordPage(): Promise<ReactNode> {
  await requireActor()
  return (
    <TwoThirds>
      <BackLink href={addresses.account} />
      <ActionForm action={changeOwnPassword} submit="Change password">
        <h1 className="govuk-heading-l">Change your password</h1>
        <PasswordField name="present" label="Current password" autoComplete="current-password" />
        <PasswordField
          name="password"
          label="New password"
          hint="At least 12 characters. Three or four words that have nothing to do with each other are easy to remember and hard to guess."
          autoComplete="new-password"
        />
      </ActionForm>
    </TwoThirds>
  )
}
