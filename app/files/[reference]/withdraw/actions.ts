'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { OWN_REASONS, withdrawOwn } from '#server/jobs/acts/withdraw-own.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { runAction } from '../../../guards/run-action.ts'
import { stepFields } from '../../step-schema.ts'

const schema = z.strictObject({
  reference: stepFields.reference,
  reason: z.enum(OWN_REASONS, { error: 'Choose why you are withdrawing it' }),
})

/** Asks for the submission to be taken out of the figures. */
export async function withdraw(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema,
    form,
    right: 'submission.send',
    call: async ({ portal }, actor, given) =>
      withdrawOwn(await openActorStore(portal, actor), actor, given),
  })
  if (!outcome.ok) return outcome.state
  redirect(`${addresses.send}?done=withdrawn`)
}
