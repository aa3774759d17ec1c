import type { CodeRefusal } from '#server/identity/accounts/sign-in.ts'
import { sessionToken, type SecondFactor } from '#server/portal/signing-in/next-auth-options.ts'
import { carryForm } from '#server/identity/sessions/kept-form.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { pathWithKept } from './kept-values.ts'
import { dropTicket, keepTicket, readTicket, type RequestContext } from './request-context.ts'
import { checkSecondFactor } from './second-factor.ts'

/**
 * Signs this browser in: the code its page was given, then the session's cookie in place of the
 * first step's. `goOn` is the page of a form that was sent too late.
 */
export async function signInBrowser(
  request: RequestContext,
  factor: SecondFactor,
): Promise<{ readonly ok: true; readonly goOn: string | undefined } | Refusal<CodeRefusal>> {
  const done = await checkSecondFactor(request, factor)
  if (!done.ok) return done
  const goOn = await goOnWith(request, done.ticket)
  await keepSession(request, done.ticket)
  await dropTicket(request.cookiePlans.step)
  return { ok: true, goOn }
}

/** The page of a form that was sent when this person's session was over; they go on with it. */
export async function goOnWith(
  { accounts, cookiePlans }: RequestContext,
  ticket: string,
): Promise<string | undefined> {
  const before = await readTicket(cookiePlans.session)
  const path = before === undefined ? undefined : await carryForm(accounts, before, ticket)
  return path === undefined ? undefined : pathWithKept(path)
}

/** Puts a session into its cookie, as next-auth would after a post to its own callback. */
export async function keepSession(request: RequestContext, ticket: string): Promise<void> {
  const { encode } = sessionToken(request.accounts)
  await keepTicket(request.cookiePlans.session, await encode({ token: { ticket } }))
}
