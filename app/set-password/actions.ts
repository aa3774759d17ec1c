'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { setPasswordByLink } from '#server/identity/accounts/password-links.ts'
import type { FormState } from '../guards/form-state.ts'
import { runOpenAction } from '../guards/run-action.ts'

const schema = z.strictObject({
  link: z.string().max(100),
  password: z.string().min(1, 'Enter a new password').max(10_000, 'Enter a shorter password'),
})

/** Sets the password of the link's user; it signs nobody in. */
export async function setPassword(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runOpenAction({
    schema,
    form,
    secret: ['password'],
    fields: {
      'password-short': 'password',
      'password-long': 'password',
      'password-common': 'password',
    },
    call: ({ accounts }, { link, password }) =>
      setPasswordByLink(accounts, { ticket: link, password }),
  })
  if (!outcome.ok) return outcome.state
  redirect(withQuery(addresses.signIn, { password: 'set' }))
}
