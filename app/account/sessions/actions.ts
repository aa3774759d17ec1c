'use server'

import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { endOtherSessions, endOwnSession } from '#server/identity/accounts/own-sessions.ts'
import type { FormState } from '../../guards/form-state.ts'
import { goTo } from '../../guards/go-to.ts'
import { readTicket } from '../../guards/request-context.ts'
import { runAction } from '../../guards/run-action.ts'

const schema = z.strictObject({ session: z.string().regex(/^[0-9]{1,18}$/) })

/** Signs the actor out of one other browser. */
export async function endOne(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema,
    form,
    right: 'a session',
    call: ({ accounts }, actor, { session }) => endOwnSession(accounts, actor, BigInt(session)),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.ownSessions, { ended: '1' }))
}

/** Signs the actor out of every browser but this one. */
export async function endOthers(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({}),
    form,
    right: 'a session',
    call: async ({ accounts, cookiePlans }, actor) => {
      const ticket = (await readTicket(cookiePlans.session)) ?? ''
      return endOtherSessions(accounts, actor, ticket)
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.ownSessions, { ended: 'others' }))
}
