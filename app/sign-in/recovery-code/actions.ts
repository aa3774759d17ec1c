'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { signInBrowser } from '../../guards/browser-session.ts'
import type { FormState } from '../../guards/form-state.ts'
import { runOpenAction } from '../../guards/run-action.ts'

const schema = z.strictObject({
  code: z
    .string()
    .trim()
    .min(1, 'Enter one of your recovery codes')
    .max(60, 'Enter one recovery code'),
})

/** The second step of signing in, with a recovery code. */
export async function giveRecoveryCode(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runOpenAction({
    schema,
    form,
    secret: ['code'],
    fields: { 'code-refused': 'code', 'too-many-tries': 'code' },
    call: (request, { code }) => signInBrowser(request, { code, kind: 'recovery' }),
  })
  if (!outcome.ok) return outcome.state
  redirect(withQuery(addresses.account, { recovered: '1' }))
}
