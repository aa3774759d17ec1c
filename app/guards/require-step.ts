import { redirect } from 'next/navigation'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { readCodePage, type CodePage } from '#server/identity/accounts/sign-in-step.ts'
import { openRequest, readTicket } from './request-context.ts'

/**
 * What comes after the password in this browser; begins again when there was none or it is over.
 */
export async function requireStep(): Promise<CodePage> {
  const { accounts, cookiePlans } = await openRequest()
  const ticket = await readTicket(cookiePlans.step)
  const page = ticket === undefined ? undefined : await readCodePage(accounts, ticket)
  if (page === undefined) redirect(addresses.signIn)
  return page
}
