'use server'

import { z } from 'zod'
import { renewRecoveryCodes } from '#server/identity/accounts/own-account.ts'
import type { FormState } from '../../guards/form-state.ts'
import { runAction, showing } from '../../guards/run-action.ts'

/** Makes new recovery codes for the actor, and shows them this once. */
export async function makeCodes(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({}),
    form,
    call: async ({ accounts }, actor) => ({
      ok: true,
      codes: await renewRecoveryCodes(accounts, actor),
    }),
  })
  return outcome.ok ? showing(outcome.done.codes) : outcome.state
}
