import { askAtSignIn } from '#server/identity/accounts/sign-in-step.ts'
import { isOwnOrigin } from '#server/portal/opening/portal-settings.ts'
import { recordRefused } from '../../../guards/refused.ts'
import { openRequest, readTicket } from '../../../guards/request-context.ts'

/** What a passkey is asked to sign between password and code. */
export async function POST(request: Request): Promise<Response> {
  const { accounts, cookiePlans, portal } = await openRequest()
  if (!isOwnOrigin(portal.settings, request.headers.get('origin'))) {
    await recordRefused('origin')
    return new Response('This was not sent from Count Once. Nothing was done.\n', { status: 403 })
  }
  const ticket = await readTicket(cookiePlans.step)
  const asked = ticket === undefined ? undefined : await askAtSignIn(accounts, ticket)
  const headers = { 'cache-control': 'no-store' }
  return Response.json(asked ?? {}, { status: asked === undefined ? 401 : 200, headers })
}
