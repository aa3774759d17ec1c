import { headers } from 'next/headers'
import { readSession, readSessionLeft } from '#server/identity/sessions/session.ts'
import { isOwnOrigin } from '#server/portal/opening/portal-settings.ts'
import { openRequest, readTicket, type RequestContext } from '../../guards/request-context.ts'

/** How long the session goes on, for the script that warns before it ends: no use of it. */
export async function GET(): Promise<Response> {
  const request = await openRequest()
  return answer(request, await readTicket(request.cookiePlans.session))
}

/** Goes on with the session, as any page does that is asked for. */
export async function POST(): Promise<Response> {
  const request = await openRequest()
  if (!isOwnOrigin(request.portal.settings, (await headers()).get('origin'))) {
    return new Response('This was not sent from Count Once. Nothing was done.\n', { status: 403 })
  }
  const ticket = await readTicket(request.cookiePlans.session)
  if (ticket !== undefined) await readSession(request.accounts, ticket)
  return answer(request, ticket)
}

async function answer({ accounts }: RequestContext, ticket: string | undefined): Promise<Response> {
  const left = ticket === undefined ? undefined : await readSessionLeft(accounts, ticket)
  return Response.json(left ?? {}, {
    status: left === undefined ? 401 : 200,
    headers: { 'cache-control': 'no-store' },
  })
}
