'use server'

import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { addPasskey, PASSKEYS } from '#server/identity/accounts/own-passkeys.ts'
import { LONGEST_ANSWER } from '#server/identity/passkeys/read-answer.ts'
import { PASSKEY_KIND_CODES } from '#server/identity/passkeys/passkey-kinds.ts'
import { keepSession } from '../../../guards/browser-session.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { readTicket } from '../../../guards/request-context.ts'
import { runProvedAction } from '../../../guards/run-action.ts'

/** The actor proves themself; the proof stands while the passkey is made. */
export async function begin(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: z.strictObject({}),
    form,
    right: 'a session',
    act: () => PASSKEYS,
    keepsProof: true,
    call: () => Promise.resolve({ ok: true }),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.newPasskey)
}

const schema = z.strictObject({
  kind: z.enum(PASSKEY_KIND_CODES, { error: 'Choose what it is' }),
  made: z.string().max(LONGEST_ANSWER),
})

/** Keeps the passkey that the browser has just made. */
export async function add(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema,
    form,
    right: 'a session',
    secret: ['made'],
    act: () => PASSKEYS,
    call: async ({ accounts, browser, cookiePlans }, actor, { kind, made }, fresh) => {
      const ticket = (await readTicket(cookiePlans.session)) ?? ''
      return addPasskey(accounts, actor, { answer: made, kind, ticket, browser }, fresh)
    },
  })
  if (!outcome.ok) return outcome.state
  await keepSession(outcome.request, outcome.done.ticket)
  goTo(withQuery(addresses.passkeys, { done: 'added' }))
}
