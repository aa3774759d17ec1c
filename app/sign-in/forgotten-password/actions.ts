'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { requestPasswordLink } from '#server/identity/accounts/password-links.ts'
import type { FormState } from '../../guards/form-state.ts'
import { runOpenAction } from '../../guards/run-action.ts'

const schema = z.strictObject({
  email: z
    .string()
    .trim()
    .min(1, 'Enter your email address')
    .max(254, 'Enter a shorter email address'),
})

/** Has a link mailed, if there is such an account; the answer is the same. */
export async function askForLink(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runOpenAction({
    schema,
    form,
    call: ({ accounts }, { email }) => {
      requestPasswordLink(accounts, { email })
      return Promise.resolve({ ok: true })
    },
  })
  if (!outcome.ok) return outcome.state
  redirect(withQuery(addresses.forgottenPassword, { sent: '1' }))
}
