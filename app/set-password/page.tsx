import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { readLink } from '#server/identity/accounts/password-links.ts'
import { ActionForm } from '../components/action-form.client.tsx'
import { SignOnButton } from '../components/sign-on-button.tsx'
import { TwoThirds } from '../components/page-columns.tsx'
import { PasswordField } from '../components/text-field.client.tsx'
import { openRequest } from '../guards/request-context.ts'
import { setPassword } from './actions.ts'

export const metadata: Metadata = { title: 'Set your password' }

/** Where the link of a mail leads. Looking at it does not use it up. */
export default async function SetPasswordPage({
  searchParams,
}: {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}): Promise<ReactNode> {
  const { link } = await searchParams
  const { accounts, portal } = await openRequest()
  const open = typeof link === 'string' ? await readLink(accounts, link) : undefined
  if (open === undefined) return <LinkOver />
  const { signOn } = portal
  return (
    <TwoThirds>
      {open.mayConnect && signOn !== undefined && (
        <>
          <h1 className="govuk-heading-l">Begin with Count Once</h1>
          <SignOnButton field="link" value={String(link)}>
            Use your {signOn.organisation} account
          </SignOnButton>
        </>
      )}
      {open.mayHavePassword && <SetPassword link={String(link)} />}
      {!open.mayHavePassword && (!open.mayConnect || signOn === undefined) && <LinkOver />}
    </TwoThirds>
  )
}

function SetPassword({ link }: { readonly link: string }): ReactNode {
  return (
    <ActionForm action={setPassword} submit="Set password">
      <h1 className="govuk-heading-l">Set your password</h1>
      <input type="hidden" name="link" value={link} />
      <PasswordField
        name="password"
        label="New password"
        hint="At least 12 characters. Three or four words that have nothing to do with each other are easy to remember and hard to guess."
        autoComplete="new-password"
      />
    </ActionForm>
  )
}

function LinkOver(): ReactNode {
  return (
    <TwoThirds>
      <h1 className="govuk-heading-l">This link no longer works</h1>
      <p className="govuk-body">
        A link works once: an invitation for 7 days, any other for 60 minutes.
      </p>
      <p className="govuk-body">
        <a className="govuk-link" href={addresses.forgottenPassword}>
          Ask for another one
        </a>
      </p>
    </TwoThirds>
  )
}
