'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { readOwnFactors, signOut } from '#server/identity/accounts/own-account.ts'
import type { FormState } from '../guards/form-state.ts'
import { dropTicket, readTicket } from '../guards/request-context.ts'
import { readSignedIn } from '../guards/require-actor.ts'
import { runOpenAction } from '../guards/run-action.ts'

/** Ends the session of this browser, if it has one. */
export async function endOwnSession(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runOpenAction({
    schema: z.strictObject({}),
    form,
    call: async ({ accounts, cookiePlans, portal }) => {
      const signedIn = await readSignedIn()
      const ticket = await readTicket(cookiePlans.session)
      if (ticket !== undefined) await signOut(accounts, ticket)
      const factors = signedIn && (await readOwnFactors(accounts, signedIn.actor))
      const isStillIn = portal.signOn !== undefined && factors?.signsOn === true
      return { ok: true, out: isStillIn ? 'here' : '1' }
    },
  })
  if (!outcome.ok) return outcome.state
  await dropTicket(outcome.request.cookiePlans.session)
  redirect(withQuery(addresses.signIn, { out: outcome.done.out }))
}
