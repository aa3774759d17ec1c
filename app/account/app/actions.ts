'use server'

import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { addOwnApp, OWN_APP } from '#server/identity/accounts/own-app.ts'
import { keepSession } from '../../guards/browser-session.ts'
import type { FormState } from '../../guards/form-state.ts'
import { goTo } from '../../guards/go-to.ts'
import { readTicket } from '../../guards/request-context.ts'
import { runProvedAction } from '../../guards/run-action.ts'

/** The actor proves themself; the proof stands while the app is set up. */
export async function begin(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: z.strictObject({}),
    form,
    right: 'a session',
    act: () => OWN_APP,
    keepsProof: true,
    call: () => Promise.resolve({ ok: true }),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.ownApp)
}

const schema = z.strictObject({
  shown: z
    .string()
    .trim()
    .min(1, 'Enter the 6-digit code in your app')
    .max(20, 'Enter the 6-digit code in your app'),
})

/** The first right code makes the offered seed the actor's. */
export async function add(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema,
    form,
    right: 'a session',
    secret: ['shown'],
    fields: { 'code-refused': 'shown', 'too-many-tries': 'shown' },
    act: () => OWN_APP,
    call: async ({ accounts, browser, cookiePlans }, actor, { shown }, fresh) => {
      const ticket = (await readTicket(cookiePlans.session)) ?? ''
      return addOwnApp(accounts, actor, { shown, ticket, browser }, fresh)
    },
  })
  if (!outcome.ok) return outcome.state
  await keepSession(outcome.request, outcome.done.ticket)
  goTo(withQuery(addresses.account, { app: '1' }))
}
