'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { checkPassword } from '#server/identity/accounts/sign-in.ts'
import type { FormState } from '../guards/form-state.ts'
import { keepTicket, readTicket } from '../guards/request-context.ts'
import { readReturnPath } from '../guards/return-path.ts'
import { runOpenAction } from '../guards/run-action.ts'

const schema = z.strictObject({
  email: z
    .string()
    .trim()
    .min(1, 'Enter your email address')
    .max(254, 'Enter a shorter email address'),
  password: z.string().min(1, 'Enter your password').max(10_000, 'Enter a shorter password'),
  to: z.string().max(500).optional(),
})

/** The first step of signing in. */
export async function givePassword(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runOpenAction({
    schema,
    form,
    secret: ['password'],
    fields: { 'sign-in-refused': 'email' },
    call: async ({ accounts, cookiePlans, address }, { email, password }) => {
      const devices = await readTicket(cookiePlans.devices)
      return checkPassword(accounts, { email, password, devices, address })
    },
  })
  if (!outcome.ok) return outcome.state
  await keepTicket(outcome.request.cookiePlans.step, outcome.done.ticket)
  redirect(withQuery(addresses.signInCode, { to: readReturnPath(form.get('to')) }))
}
