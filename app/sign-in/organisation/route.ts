import { redirect } from 'next/navigation'
import type { NextRequest } from 'next/server'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { readProof } from '#server/identity/accounts/step-up.ts'
import { CONNECTING } from '#server/identity/accounts/own-account.ts'
import { openAgainLink } from '#server/identity/sign-on/again-link.ts'
import { readSession } from '#server/identity/sessions/session.ts'
import type { SignOnStart } from '#server/identity/sign-on/sign-on-starts.ts'
import { beginSignOn } from '#server/portal/signing-in/answer-next-auth.ts'
import { leaveOrganisation } from '#server/portal/signing-in/leave-organisation.ts'
import { openRequest, readTicket, type RequestContext } from '../../guards/request-context.ts'
import { readReturnPath } from '../../guards/return-path.ts'
import { signingIn } from '../../guards/signing-in.ts'

/**
 * Sends somebody to their organisation: to sign in, to connect its account with theirs, to prove
 * themself once more, or to sign out there as well. A link, because the policy of pages lets no form lead to another site.
 */
export async function GET(request: NextRequest): Promise<Response> {
  const context = await openRequest()
  // From another site nobody is sent on: they would come back signed in without having asked.
  const isFromElsewhere = request.headers.get('sec-fetch-site') === 'cross-site'
  if (context.portal.signOn === undefined || isFromElsewhere) redirect(addresses.signIn)
  if (request.nextUrl.searchParams.has('out')) {
    return leaveOrganisation(context.portal.signOn, context.portal.settings.origin)
  }
  const start = await readStart(context, request.nextUrl.searchParams)
  if (start === undefined) redirect(addresses.account)
  return beginSignOn(signingIn(context), context.portal.settings.origin, start)
}

/** What the link is for; undefined where it is not this session's, or nothing was proved for it. */
async function readStart(
  { accounts, cookiePlans }: RequestContext,
  query: URLSearchParams,
): Promise<SignOnStart | undefined> {
  const link = query.get('link')
  if (link !== null) return { purpose: 'link', link }
  const ticket = await readTicket(cookiePlans.session)
  const signedIn = ticket === undefined ? undefined : await readSession(accounts, ticket)
  const again = query.get('again')
  const isConnecting = query.get('connect') !== null
  if (again === null && !isConnecting) {
    return { purpose: 'sign-in', returnTo: readReturnPath(query.get('to')) }
  }
  if (ticket === undefined || signedIn === undefined) return undefined
  if (again !== null) {
    const opened = openAgainLink(accounts.portalKey, ticket, again)
    return opened && { purpose: 'again', session: ticket, ...opened }
  }
  const proof = await readProof(accounts, { actor: signedIn.actor, ticket, act: CONNECTING })
  return proof && { purpose: 'connect', session: ticket }
}
