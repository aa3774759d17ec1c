'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { signInBrowser } from '../../guards/browser-session.ts'
import type { FormState } from '../../guards/form-state.ts'
import { readReturnPath } from '../../guards/return-path.ts'
import { runOpenAction } from '../../guards/run-action.ts'

const schema = z.strictObject({
  code: z
    .string()
    .trim()
    .min(1, 'Enter the 6-digit code in your app')
    .max(20, 'Enter the 6-digit code in your app'),
  to: z.string().max(500).optional(),
})

/** The second step of signing in, with a code of the app. */
export async function giveCode(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runOpenAction({
    schema,
    form,
    secret: ['code'],
    fields: { 'code-refused': 'code', 'code-used': 'code', 'too-many-tries': 'code' },
    call: (request, { code }) => signInBrowser(request, { code, kind: 'one-time' }),
  })
  if (!outcome.ok) return outcome.state
  redirect(readReturnPath(form.get('to')) ?? addresses.home)
}
