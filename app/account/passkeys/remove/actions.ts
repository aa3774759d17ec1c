'use server'

import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { PASSKEYS, removePasskey } from '#server/identity/accounts/own-passkeys.ts'
import { keepSession } from '../../../guards/browser-session.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runProvedAction } from '../../../guards/run-action.ts'

const schema = z.strictObject({ id: z.string().regex(/^[0-9]{1,18}$/) })

/** Removes one of the actor's passkeys. */
export async function remove(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema,
    form,
    right: 'a session',
    act: () => PASSKEYS,
    call: ({ accounts, browser }, actor, { id }, fresh) =>
      removePasskey(accounts, actor, { id: BigInt(id), browser }, fresh),
  })
  if (!outcome.ok) return outcome.state
  await keepSession(outcome.request, outcome.done.ticket)
  goTo(withQuery(addresses.passkeys, { done: 'removed' }))
}
