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
    .min(1, 'Enter the 6-digit code in your app')
    .max(20, 'Enter the 6-digit code in your app'),
})

/** The first right code makes the offered seed the user's, and signs them in. */
export async function confirmApp(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runOpenAction({
    schema,
    form,
    secret: ['code'],
    fields: { 'code-refused': 'code', 'code-used': 'code', 'too-many-tries': 'code' },
    call: (request, { code }) => signInBrowser(request, { code, kind: 'one-time' }),
  })
  if (!outcome.ok) return outcome.state
  redirect(withQuery(addresses.recoveryCodes, { first: '1' }))
}
