'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { CONNECTING } from '#server/identity/accounts/own-account.ts'
import type { FormState } from '../../guards/form-state.ts'
import { goTo } from '../../guards/go-to.ts'
import { runProvedAction } from '../../guards/run-action.ts'

/** The actor proves themself; the proof stands while they are at their organisation. */
export async function begin(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: z.strictObject({}),
    form,
    right: 'a session',
    act: () => CONNECTING,
    keepsProof: true,
    call: () => Promise.resolve({ ok: true }),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.connectSignOn)
}
