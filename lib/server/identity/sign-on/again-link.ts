import { createHmac, timingSafeEqual } from 'node:crypto'
import type { ProvedAct } from '#server/identity/actors/fresh-proof.ts'
import { purposeKey } from '#server/identity/sessions/secrets-at-rest.ts'

/** For what somebody proves themself once more, and the page to which that leads back. */
export interface Again {
  readonly act: ProvedAct
  readonly returnTo: string
}

/**
 * Writes what a link to the organisation is for, signed for one session: no other site, and no other
 * session, can make somebody prove themself for an act that a page did not show them.
 */
export function writeAgainLink(portalKey: Uint8Array, ticket: string, again: Again): string {
  const text = Buffer.from(JSON.stringify([again.act, again.returnTo])).toString('base64url')
  return `${text}.${sign(portalKey, ticket, text)}`
}

/** Reads it back; undefined where it is another session's, or nobody's. */
export function openAgainLink(
  portalKey: Uint8Array,
  ticket: string,
  given: string,
): Again | undefined {
  const [text = '', signature = ''] = given.split('.')
  const expected = Buffer.from(sign(portalKey, ticket, text))
  const said = Buffer.from(signature)
  if (expected.length !== said.length || !timingSafeEqual(expected, said)) return undefined
  // Ours, since it is signed.
  const [act, returnTo] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [
    ProvedAct,
    string,
  ]
  return { act, returnTo }
}

function sign(portalKey: Uint8Array, ticket: string, text: string): string {
  const key = purposeKey(portalKey, 'proving again')
  return createHmac('sha256', key).update(`${ticket}\n${text}`).digest('base64url')
}
