import { z } from 'zod'
import { isSendersAddress } from '#core/addresses/portal-addresses.ts'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import { CONNECTING } from '#server/identity/accounts/own-account.ts'
import { readProof } from '#server/identity/accounts/step-up.ts'
import { readSession } from '#server/identity/sessions/session.ts'
import { openAgainLink } from '#server/identity/sign-on/again-link.ts'
import type { SignOnStart } from '#server/identity/sign-on/sign-on-starts.ts'

/** What the button of a form says that somebody leaves for; of none, to sign in. */
const purpose = z.object({
  to: z.string().optional(),
  link: z.string().optional(),
  connect: z.string().optional(),
  again: z.string().optional(),
})

/** The fields of a form by which somebody leaves for their organisation. */
export type SignOnField = keyof z.infer<typeof purpose>

/**
 * What somebody leaves for, from the fields of the form and the ticket of their session; undefined
 * where it is not this session's, or nothing was proved for it.
 */
export async function readStart(
  accounts: Pick<AccountContext, 'pool' | 'now' | 'portalKey'>,
  ticket: string | undefined,
  fields: unknown,
): Promise<SignOnStart | undefined> {
  const parsed = purpose.safeParse(fields)
  if (!parsed.success) return undefined
  const { to, link, connect, again } = parsed.data
  if (link !== undefined) return { purpose: 'link', link }
  if (again === undefined && connect === undefined) {
    // It comes from the browser: one of a provider's own pages, or nothing.
    const returnTo = to !== undefined && isSendersAddress(to) ? to : undefined
    return { purpose: 'sign-in', returnTo }
  }
  const signedIn = ticket === undefined ? undefined : await readSession(accounts, ticket)
  if (ticket === undefined || signedIn === undefined) return undefined
  if (again !== undefined) {
    const opened = openAgainLink(accounts.portalKey, ticket, again)
    return opened && { purpose: 'again', session: ticket, ...opened }
  }
  const proof = await readProof(accounts, { actor: signedIn.actor, ticket, act: CONNECTING })
  return proof && { purpose: 'connect', session: ticket }
}
