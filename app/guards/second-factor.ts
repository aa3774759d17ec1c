import { finishSignIn, type CodeRefusal } from '#server/identity/accounts/sign-in.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { readTicket, type RequestContext } from './request-context.ts'

/** What somebody gives after their password. */
export interface SecondFactor {
  readonly code: string
  readonly kind: 'one-time' | 'recovery'
}

/** Ends the first step of this browser with a right code, and gives the ticket of a new session. */
export async function checkSecondFactor(
  { accounts, cookiePlans, address }: RequestContext,
  factor: SecondFactor,
): Promise<
  { readonly ok: true; readonly ticket: string; readonly userId: string } | Refusal<CodeRefusal>
> {
  const ticket = await readTicket(cookiePlans.step)
  if (ticket === undefined) return refuse('sign-in-over')
  return finishSignIn(accounts, { ...factor, ticket, address })
}
