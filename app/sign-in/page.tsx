import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { ActionForm } from '../components/action-form.client.tsx'
import { SignOnButton } from '../components/sign-on-button.tsx'
import { SignOnProblem } from '../components/sign-on-problem.tsx'
import { Notice, SuccessBanner } from '../components/notices.tsx'
import { TwoThirds } from '../components/page-columns.tsx'
import { ReturnField } from '../components/return-field.tsx'
import { PasswordField, TextField } from '../components/text-field.client.tsx'
import { readReturnPath } from '../guards/return-path.ts'
import { readSignedIn } from '../guards/require-actor.ts'
import { openRequest } from '../guards/request-context.ts'
import { givePassword } from './actions.ts'

export const metadata: Metadata = { title: 'Sign in' }

/** The first step: email address and password. */
export default async function SignInPage({
  searchParams,
}: {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}): Promise<ReactNode> {
  const { over, out, password, to, problem } = await searchParams
  if ((await readSignedIn()) !== undefined) redirect(readReturnPath(to) ?? addresses.home)
  const { portal } = await openRequest()
  const { signOn } = portal
  const returnTo = readReturnPath(to)
  return (
    <TwoThirds>
      {over !== undefined && (
        <Notice title="Signed out">
          <p className="govuk-notification-banner__heading">
            Your session has ended, so you were signed out.
          </p>
          <p className="govuk-body">
            Sign in again to continue where you left off. What you had typed will be back on its
            page.
          </p>
        </Notice>
      )}
      {out !== undefined && <SuccessBanner>You have signed out.</SuccessBanner>}
      {out === 'here' && signOn !== undefined && (
        <p className="govuk-body">
          You are still signed in with your {signOn.organisation} account in this browser. If other
          people use it,{' '}
          <a className="govuk-link" href={withQuery(addresses.signOn, { out: '1' })}>
            sign out of that too
          </a>
          .
        </p>
      )}
      {password !== undefined && (
        <SuccessBanner>Your password has been set. Sign in with it now.</SuccessBanner>
      )}
      <SignOnProblem problem={problem} />
      {signOn !== undefined && (
        <>
          <h1 className="govuk-heading-l">Sign in to Count Once</h1>
          <h2 className="govuk-heading-m">Staff of {signOn.organisation}</h2>
          <SignOnButton field="to" value={returnTo}>
            Sign in with your {signOn.organisation} account
          </SignOnButton>
        </>
      )}
      <ActionForm action={givePassword} submit="Continue">
        {signOn === undefined ? (
          <>
            <h1 className="govuk-heading-l">Sign in to Count Once</h1>
            <p className="govuk-body">For organisations and staff of {portal.programme.name}.</p>
          </>
        ) : (
          <h2 className="govuk-heading-m">Everybody else</h2>
        )}
        <TextField name="email" label="Email address" type="email" autoComplete="username" />
        <PasswordField name="password" label="Password" autoComplete="current-password" />
        <ReturnField to={to} />
      </ActionForm>
      <p className="govuk-body">
        <a className="govuk-link" href={addresses.forgottenPassword}>
          I have forgotten my password
        </a>
      </p>
    </TwoThirds>
  )
}
