import type { CodeRefusal } from '#server/identity/accounts/sign-in.ts'
import { sessionToken, type SecondFactor } from '#server/portal/signing-in/next-auth-options.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { dropTicket, keepTicket, type RequestContext } from './request-context.ts'
import { checkSecondFactor } from './second-factor.ts'

/**
 * Signs this browser in: the code its page was given, then the session's cookie in place of the
 * first step's.
 */
export async function signInBrowser(
  request: RequestContext,
  factor: SecondFactor,
): Promise<{ readonly ok: true } | Refusal<CodeRefusal>> {
  const done = await checkSecondFactor(request, factor)
  if (!done.ok) return done
  await keepSession(request, done.ticket)
  await dropTicket(request.cookiePlans.step)
  return { ok: true }
}

/** Puts a session into its cookie, as next-auth would after a post to its own callback. */
export async function keepSession(request: RequestContext, ticket: string): Promise<void> {
  const { encode } = sessionToken(request.accounts)
  await keepTicket(request.cookiePlans.session, await encode({ token: { ticket } }))
}
