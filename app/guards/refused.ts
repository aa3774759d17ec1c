import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { areaOf } from '#core/addresses/portal-addresses.ts'
import { wordsOf, type Code } from '#core/messages/words-of.ts'
import { recordRefusal } from '#server/identity/audit/refusals.ts'
import { nameAddress } from '#server/identity/sessions/secrets-at-rest.ts'
import { readSession } from '#server/identity/sessions/session.ts'
import { openRequest, readTicket } from './request-context.ts'

/** The name of the header in which portal-process.ts hands on the path that was asked for. */
export const PATH_HEADER = 'x-countonce-path'

/** Makes a refusal of this request an entry of the audit trail, before it is answered. */
export async function recordRefused(reason: string, actor?: string): Promise<void> {
  const { accounts, address, cookiePlans } = await openRequest()
  const ticket = await readTicket(cookiePlans.session)
  const signedIn =
    actor !== undefined || ticket === undefined ? undefined : await readSession(accounts, ticket)
  await recordRefusal(accounts.pool, {
    event: 'access.refused',
    reason,
    actor: actor ?? signedIn?.actor.userId ?? null,
    from: nameAddress(accounts.portalKey, address),
    at: areaOf((await headers()).get(PATH_HEADER) ?? ''),
  })
}

/**
 * Answers that there is no such page, whatever the reason; the audit trail has it. Wrong role and
 * somebody else's thing look like what never was.
 */
export async function turnAway(reason: 'role' | 'not-found' = 'not-found'): Promise<never> {
  await recordRefused(reason)
  notFound()
}

/** The same for what is no page. */
export async function answerNotFound(
  body = 'Page not found.\n',
  init?: ResponseInit,
): Promise<Response> {
  await recordRefused('not-found')
  return new Response(body, { ...init, status: 404 })
}

const IN_WORDS = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }

/** The same for what is a file: in words, and kept nowhere. */
export function answerNoFile(): Promise<Response> {
  return answerNotFound('Not found\n', { headers: IN_WORDS })
}

/** Says of a file, to who may have it, why it is there no more and what to do. */
export function answerGone(code: Code): Response {
  const { title, fix } = wordsOf(code)
  return new Response(`${title} ${fix}\n`, { headers: IN_WORDS, status: 410 })
}
