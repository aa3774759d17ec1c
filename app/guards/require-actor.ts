import { redirect } from 'next/navigation'
import { cache } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { may, type Actor, type Right } from '#server/identity/actors/actor.ts'
import { readSession, type SignedIn } from '#server/identity/sessions/session.ts'
import { openRequest, readTicket } from './request-context.ts'
import { recordRefused, turnAway } from './refused.ts'

/** Who is signed in, read once a request; undefined when nobody is. */
export const readSignedIn = cache(async (): Promise<SignedIn | undefined> => {
  const { accounts, cookiePlans } = await openRequest()
  const ticket = await readTicket(cookiePlans.session)
  if (ticket === undefined) return undefined
  const signedIn = await readSession(accounts, ticket)
  // Forged, ended or never given: it opens nothing.
  if (signedIn === undefined) await recordRefused('session')
  return signedIn
})

/**
 * The actor of this request. Somebody who is not signed in is sent to the sign-in page; somebody
 * without the right finds no page. The server functions behind a page authorise the actor again.
 */
export async function requireActor(right?: Right): Promise<Actor> {
  const signedIn = await readSignedIn()
  if (signedIn === undefined) redirect(addresses.signIn)
  if (right !== undefined && !may(signedIn.actor, right)) return turnAway('role')
  return signedIn.actor
}
