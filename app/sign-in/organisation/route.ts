import { redirect } from 'next/navigation'
import type { NextRequest } from 'next/server'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { isOwnOrigin } from '#server/portal/opening/portal-settings.ts'
import { leaveOrganisation } from '#server/portal/signing-in/leave-organisation.ts'
import { sealPostToken } from '#server/portal/signing-in/post-token.ts'
import { recordRefused } from '../../guards/refused.ts'
import { keepTicket, openRequest } from '../../guards/request-context.ts'

/** Leads somebody who signed out here to sign out at their organisation as well. */
export async function GET(request: NextRequest): Promise<Response> {
  const { portal } = await openRequest()
  const isFromElsewhere = request.headers.get('sec-fetch-site') === 'cross-site'
  const isOut = request.nextUrl.searchParams.has('out')
  if (portal.signOn === undefined || isFromElsewhere || !isOut) redirect(addresses.signIn)
  return leaveOrganisation(portal.signOn, portal.settings.origin)
}

/**
 * Gives the browser next-auth's cookie for the token of its form, and has it send the form on to
 * next-auth's own route. From our own pages only: from elsewhere nobody would come back signed in unasked.
 */
export async function POST(request: NextRequest): Promise<Response> {
  const { accounts, cookiePlans, portal } = await openRequest()
  if (!isOwnOrigin(portal.settings, request.headers.get('origin'))) {
    await recordRefused('origin')
    return new Response('Forbidden', { status: 403 })
  }
  const fields = new URLSearchParams(await request.text())
  const sealed = sealPostToken(accounts, fields.get('csrfToken'))
  if (portal.signOn === undefined || sealed === undefined) return ledTo(303, addresses.signIn)
  await keepTicket(cookiePlans.csrf, sealed)
  return ledTo(307, addresses.beginSignOn)
}

/** 303 goes on as a GET; 307 sends the same form again. */
function ledTo(status: 303 | 307, location: string): Response {
  return new Response(null, { status, headers: { location } })
}
