import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { may, type Actor, type Right } from '#server/identity/actors/actor.ts'
import { readSession, type SignedIn } from '#server/identity/sessions/session.ts'
import { openRequest, readTicket } from './request-context.ts'

/** Who is signed in, read once a request; undefined when nobody is. */
export const readSignedIn = cache(async (): Promise<SignedIn | undefined> => {
  const { accounts, cookiePlans } = await openRequest()
  const ticket = await readTicket(cookiePlans.session)
  return ticket === undefined ? undefined : readSession(accounts, ticket)
})

/**
 * The actor of this request. Somebody who is not signed in is sent to the sign-in page; somebody
 * without the right finds no page. The server functions behind a page authorise the actor again.
 */
export async function requireActor(right?: Right): Promise<Actor> {
  const signedIn = await readSignedIn()
  if (signedIn === undefined) redirect(addresses.signIn)
  if (right !== undefined && !may(signedIn.actor, right)) notFound()
  return signedIn.actor
}
