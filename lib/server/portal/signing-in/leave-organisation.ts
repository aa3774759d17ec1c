import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { isIssuer, type SignOnSettings } from '#server/identity/sign-on/sign-on-settings.ts'
import { discoveryOf, PATIENCE } from './sign-on-provider.ts'

/** What an issuer says of itself. Source: OpenID Connect RP-Initiated Logout 1.0, 2.1. */
const discovery = z.object({ issuer: z.string(), end_session_endpoint: z.url().optional() })

/**
 * Sends somebody who has signed out here on to sign out at their organisation as well, which asks them
 * and leads back to the sign-in page. Where it has no such address, or does not answer, they are led
 * back at once.
 */
export async function leaveOrganisation(
  settings: Pick<SignOnSettings, 'issuer' | 'clientId'>,
  origin: string,
): Promise<Response> {
  const back = withQuery(addresses.signIn, { out: '1' })
  const place = await findSignOut(settings)
  if (place === undefined) return ledTo(back)
  place.searchParams.set('client_id', settings.clientId)
  place.searchParams.set('post_logout_redirect_uri', `${origin}${addresses.signIn}`)
  return ledTo(place.href)
}

async function findSignOut({ issuer }: Pick<SignOnSettings, 'issuer'>): Promise<URL | undefined> {
  try {
    const answer = await fetch(discoveryOf(issuer), {
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    })
    const said = discovery.parse(await answer.json())
    const place = said.end_session_endpoint
    // What names itself otherwise is not the one that was set up, and no place without TLS is led to.
    const isIts = said.issuer === issuer && place !== undefined
    if (!isIts || !isIssuer(place, issuer.startsWith('http:'))) return undefined
    return new URL(place)
  } catch {
    return undefined
  }
}

function ledTo(location: string): Response {
  return new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store' } })
}
