import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { readOwnFactors } from '#server/identity/accounts/own-account.ts'
import { showOwnCode } from '#server/identity/accounts/sign-in-step.ts'
import { readProof } from '#server/identity/accounts/step-up.ts'
import { FRESH_MINUTES, type ProvedAct } from '#server/identity/actors/fresh-proof.ts'
import { writeAgainLink } from '#server/identity/sign-on/again-link.ts'
import { openRequest, readTicket } from '../guards/request-context.ts'
import { readSignedIn } from '../guards/require-actor.ts'
import { DemonstrationCode } from './demonstration-code.tsx'
import { PasskeyField } from './passkey-field.client.tsx'
import { SignOnButton } from './sign-on-button.tsx'
import { TextField } from './text-field.client.tsx'

/**
 * What gives a fresh second factor, in the form of every act that takes one: a code, a passkey, or
 * the organisation's account, of those that somebody has. Gone where one was given for the same act
 * a few minutes ago. `page` is where it stands.
 */
export async function FreshCode({
  act,
  page,
}: {
  readonly act: ProvedAct
  readonly page: string
}): Promise<ReactNode> {
  const { accounts, cookiePlans, portal } = await openRequest()
  const signedIn = await readSignedIn()
  const ticket = await readTicket(cookiePlans.session)
  if (signedIn === undefined || ticket === undefined) return null
  const { actor } = signedIn
  if ((await readProof(accounts, { actor, ticket, act })) !== undefined) {
    return (
      <p className="govuk-body">
        You have shown that it is you. This lasts for {FRESH_MINUTES} minutes, and only for this
        request.
      </p>
    )
  }
  const shown = await showOwnCode(accounts, actor)
  const { hasApp, hasPasskeys, signsOn } = await readOwnFactors(accounts, actor)
  const { signOn } = portal
  const again = writeAgainLink(accounts.portalKey, ticket, { act, returnTo: page })
  return (
    <>
      {shown !== undefined && <DemonstrationCode shown={shown} again={page} />}
      {hasApp && (
        <TextField
          name="code"
          label="Enter the code in your authenticator app"
          hint="It has 6 digits and changes every 30 seconds. Each code works once."
          autoComplete="one-time-code"
          inputMode="numeric"
          width={10}
        />
      )}
      {hasPasskeys && (
        <PasskeyField challenge={addresses.passkeyChallenge} act={act} text="Use a passkey" />
      )}
      {signsOn && signOn !== undefined && (
        <div id={hasApp ? undefined : 'code'}>
          <p className="govuk-body">Before you fill in anything here, show that it is you.</p>
          <SignOnButton field="again" value={again} secondary>
            Show with your {signOn.organisation} account that it is you
          </SignOnButton>
        </div>
      )}
    </>
  )
}
