'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { LONGEST_ANSWER } from '#server/identity/passkeys/read-answer.ts'
import { signInBrowser } from '../../guards/browser-session.ts'
import type { FormState } from '../../guards/form-state.ts'
import { readReturnPath } from '../../guards/return-path.ts'
import { runOpenAction } from '../../guards/run-action.ts'

const schema = z
  .strictObject({
    code: z.string().trim().max(20, 'Enter the 6-digit code in your app').default(''),
    passkey: z.string().max(LONGEST_ANSWER).default(''),
    to: z.string().max(500).optional(),
  })
  .refine(({ code, passkey }) => code !== '' || passkey !== '', {
    path: ['code'],
    error: 'Enter the 6-digit code in your app',
  })

/** The second step of signing in, with a code of the app or a passkey. */
export async function giveCode(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runOpenAction({
    schema,
    form,
    secret: ['code', 'passkey'],
    fields: {
      'code-refused': 'code',
      'code-used': 'code',
      'too-many-tries': 'code',
      'passkey-refused': 'code',
      'passkey-copied': 'code',
    },
    call: (request, { code, passkey }) =>
      signInBrowser(
        request,
        passkey === '' ? { code, kind: 'one-time' } : { code: passkey, kind: 'passkey' },
      ),
  })
  if (!outcome.ok) return outcome.state
  redirect(outcome.done.goOn ?? readReturnPath(form.get('to')) ?? addresses.home)
}
