import { headers } from 'next/headers'
import { takeForm } from '#server/identity/sessions/kept-form.ts'
import type { FormState } from './form-state.ts'
import { PATH_HEADER } from './refused.ts'
import { openRequest, readTicket } from './request-context.ts'

/** Says in an address that something was kept for its page: all others ask the database nothing. */
const KEPT = /[?&]kept=1$/

/** The page of a kept form, as the person goes on with it. */
export function pathWithKept(path: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}kept=1`
}

/** What was typed into this page's form before its session was over; shown once. */
export async function readKeptValues(): Promise<FormState['values'] | undefined> {
  const path = (await headers()).get(PATH_HEADER) ?? ''
  if (!KEPT.test(path)) return undefined
  const { accounts, cookiePlans } = await openRequest()
  const ticket = await readTicket(cookiePlans.session)
  return ticket === undefined ? undefined : takeForm(accounts, ticket, path.replace(KEPT, ''))
}
