'use server'

import { z } from 'zod'
import { renewRecoveryCodes } from '#server/identity/accounts/own-account.ts'
import { RECOVERY_CODES } from '#server/identity/accounts/recovery-codes.ts'
import type { FormState } from '../../guards/form-state.ts'
import { runProvedAction, showing } from '../../guards/run-action.ts'

/** Makes new recovery codes for the actor, and shows them this once. */
export async function makeCodes(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: z.strictObject({}),
    form,
    right: 'a session',
    act: () => RECOVERY_CODES,
    call: ({ accounts }, actor, _none, fresh) => renewRecoveryCodes(accounts, actor, fresh),
  })
  return outcome.ok ? showing(outcome.done.codes) : outcome.state
}
