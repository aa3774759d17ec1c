import { finishSignIn, type CodeRefusal } from '#server/identity/accounts/sign-in.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { SecondFactor } from '#server/portal/signing-in/next-auth-options.ts'
import { keepTicket, readTicket, type RequestContext } from './request-context.ts'

/**
 * Ends the first step of this browser with a right code, and gives the ticket of a new session. The
 * browser is known to the account from now on.
 */
export async function checkSecondFactor(
  { accounts, cookiePlans, address, browser }: RequestContext,
  factor: SecondFactor,
): Promise<
  { readonly ok: true; readonly ticket: string; readonly userId: string } | Refusal<CodeRefusal>
> {
  const ticket = await readTicket(cookiePlans.step)
  if (ticket === undefined) return refuse('sign-in-over')
  const devices = await readTicket(cookiePlans.devices)
  const done = await finishSignIn(accounts, { ...factor, ticket, devices, address, browser })
  if (done.ok) await keepTicket(cookiePlans.devices, done.devices)
  return done
}
