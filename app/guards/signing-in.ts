import type { SigningIn } from '#server/portal/signing-in/next-auth-options.ts'
import { goOnWith } from './browser-session.ts'
import { keepTicket, type RequestContext } from './request-context.ts'
import { checkSecondFactor } from './second-factor.ts'

/** What next-auth's routes work with in this request. */
export function signingIn(request: RequestContext): SigningIn {
  const { accounts, cookiePlans, address, browser, portal } = request
  return {
    ...{ accounts, cookiePlans, address, browser, signOn: portal.signOn },
    checkSecondFactor: (factor) => checkSecondFactor(request, factor),
    goOn: (ticket) => goOnWith(request, ticket),
    keepStep: (ticket) => keepTicket(cookiePlans.step, ticket),
  }
}
