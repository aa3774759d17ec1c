'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { signOut } from '#server/identity/accounts/own-account.ts'
import type { FormState } from '../guards/form-state.ts'
import { dropTicket, readTicket } from '../guards/request-context.ts'
import { runOpenAction } from '../guards/run-action.ts'

/** Ends the session of this browser, if it has one. */
export async function endOwnSession(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runOpenAction({
    schema: z.strictObject({}),
    form,
    call: async ({ accounts, cookiePlans }) => {
      const ticket = await readTicket(cookiePlans.session)
      if (ticket !== undefined) await signOut(accounts, ticket)
      return { ok: true }
    },
  })
  if (!outcome.ok) return outcome.state
  await dropTicket(outcome.request.cookiePlans.session)
  redirect(withQuery(addresses.signIn, { out: '1' }))
}
