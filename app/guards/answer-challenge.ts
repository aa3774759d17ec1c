import { z } from 'zod'
import type { Actor } from '#server/identity/actors/actor.ts'
import { isOwnOrigin } from '#server/portal/opening/portal-settings.ts'
import { readSession } from '#server/identity/sessions/session.ts'
import { answerNotFound, recordRefused } from './refused.ts'
import { openRequest, readTicket, type RequestContext } from './request-context.ts'

const schema = z.strictObject({ act: z.string().max(200).optional() })

/**
 * Answers what a passkey is asked to sign, to somebody who is signed in and from our own pages
 * alone.
 */
export async function answerChallenge(
  request: Request,
  make: (
    context: RequestContext,
    session: { readonly actor: Actor; readonly ticket: string },
    act: string,
  ) => Promise<object | undefined>,
): Promise<Response> {
  const context = await openRequest()
  if (!isOwnOrigin(context.portal.settings, request.headers.get('origin'))) {
    await recordRefused('origin')
    return new Response('This was not sent from Count Once. Nothing was done.\n', { status: 403 })
  }
  const ticket = await readTicket(context.cookiePlans.session)
  const signedIn = ticket === undefined ? undefined : await readSession(context.accounts, ticket)
  if (ticket === undefined || signedIn === undefined) {
    return Response.json({}, { status: 401, headers: NO_STORE })
  }
  const parsed = schema.safeParse(await request.json().catch(() => undefined))
  if (!parsed.success) return answerNotFound()
  const { actor } = signedIn
  const made = await make(context, { actor, ticket }, parsed.data.act ?? '')
  return made === undefined ? answerNotFound() : Response.json(made, { headers: NO_STORE })
}

const NO_STORE = { 'cache-control': 'no-store' }
