import type { ReactNode } from 'react'
import { showOwnCode } from '#server/identity/accounts/sign-in-step.ts'
import { readProof } from '#server/identity/accounts/step-up.ts'
import { FRESH_MINUTES, type ProvedAct } from '#server/identity/actors/fresh-proof.ts'
import { openRequest, readTicket } from '../guards/request-context.ts'
import { readSignedIn } from '../guards/require-actor.ts'
import { DemonstrationCode } from './demonstration-code.tsx'
import { TextField } from './text-field.client.tsx'

/**
 * The field for a fresh code, in the form of every act that takes one; gone where a code was given
 * for the same act a few minutes ago. `page` is where it stands.
 */
export async function FreshCode({
  act,
  page,
}: {
  readonly act: ProvedAct
  readonly page: string
}): Promise<ReactNode> {
  const { accounts, cookiePlans } = await openRequest()
  const signedIn = await readSignedIn()
  const ticket = await readTicket(cookiePlans.session)
  if (signedIn === undefined || ticket === undefined) return null
  const { actor } = signedIn
  if ((await readProof(accounts, { actor, ticket, act })) !== undefined) {
    return (
      <p className="govuk-body">
        You have given your code. It counts for {FRESH_MINUTES} minutes, for this and nothing else.
      </p>
    )
  }
  const shown = await showOwnCode(accounts, actor)
  return (
    <>
      {shown !== undefined && <DemonstrationCode shown={shown} again={page} />}
      <TextField
        name="code"
        label="Enter the code in your authenticator app"
        hint="It has 6 digits and changes every 30 seconds. Each code works once."
        autoComplete="one-time-code"
        inputMode="numeric"
        width={10}
      />
    </>
  )
}
