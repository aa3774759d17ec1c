'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { changePassword } from '#server/identity/accounts/own-account.ts'
import { keepSession } from '../../guards/browser-session.ts'
import type { FormState } from '../../guards/form-state.ts'
import { keepTicket, readTicket } from '../../guards/request-context.ts'
import { runAction } from '../../guards/run-action.ts'

const schema = z.strictObject({
  present: z.string().min(1, 'Enter your current password').max(10_000, 'Enter a shorter password'),
  password: z.string().min(1, 'Enter a new password').max(10_000, 'Enter a shorter password'),
})

/** Changes the actor's password; this browser gets a new session, all others are signed out. */
export async function changeOwnPassword(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema,
    form,
    right: 'a session',
    secret: ['present', 'password'],
    fields: {
      'password-wrong': 'present',
      'password-short': 'password',
      'password-long': 'password',
      'password-common': 'password',
    },
    call: async ({ accounts, cookiePlans, browser }, actor, given) => {
      const devices = await readTicket(cookiePlans.devices)
      return changePassword(accounts, actor, { ...given, devices, browser })
    },
  })
  if (!outcome.ok) return outcome.state
  await keepTicket(outcome.request.cookiePlans.devices, outcome.done.devices)
  await keepSession(outcome.request, outcome.done.ticket)
  redirect(withQuery(addresses.account, { changed: '1' }))
}
