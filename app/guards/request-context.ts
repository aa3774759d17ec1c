import { cookies, headers } from 'next/headers'
import { after } from 'next/server'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { readBrowser, type BrowserFamily } from '#server/identity/sessions/browser-family.ts'
import { openPortal, type Portal } from '#server/portal/opening/portal.ts'
import {
  planCookies,
  type CookiePlan,
  type CookiePlans,
} from '#server/identity/sessions/cookie-names.ts'

/** What a page or action works with in one request. */
export interface RequestContext {
  /** With the ticket of this browser's session: workers are asked in its name. */
  readonly portal: Portal & { readonly ticket: string | undefined }
  readonly accounts: AccountContext
  readonly cookiePlans: CookiePlans
  /**
   * The network address of the browser, from our own server: never from a header that a browser can
   * write.
   */
  readonly address: string
  /** Roughly which browser it is. */
  readonly browser: BrowserFamily
}

/** The name of the header in which portal-process.ts hands on the address of the connection. */
const ADDRESS_HEADER = 'x-countonce-address'

/** Opens the portal for this request. */
export async function openRequest(): Promise<RequestContext> {
  const requestHeaders = await headers()
  const portal = await openPortal()
  const cookiePlans = planCookies(portal.settings.origin)
  return {
    portal: { ...portal, ticket: await readTicket(cookiePlans.session) },
    accounts: { ...portal.accounts, later },
    cookiePlans,
    address: requestHeaders.get(ADDRESS_HEADER) ?? 'unknown',
    browser: readBrowser(requestHeaders.get('user-agent')),
  }
}

/** After the answer: a fault there is nobody's to see, and is logged by its code. */
function later(work: () => Promise<void>): void {
  after(async () => {
    try {
      await work()
    } catch (error) {
      const told = error instanceof Fault ? `${error.reference} ${error.message}` : 'unexpected'
      process.stderr.write(`count once: after a request: ${told}\n`)
    }
  })
}

/** The ticket in a cookie; undefined when there is none. */
export async function readTicket(plan: CookiePlan): Promise<string | undefined> {
  return (await cookies()).get(plan.name)?.value
}

/** Puts a ticket into its cookie. */
export async function keepTicket(plan: CookiePlan, ticket: string): Promise<void> {
  ;(await cookies()).set(plan.name, ticket, plan.options)
}

/** Takes a cookie away. */
export async function dropTicket(plan: CookiePlan): Promise<void> {
  ;(await cookies()).set(plan.name, '', { ...plan.options, maxAge: 0 })
}
