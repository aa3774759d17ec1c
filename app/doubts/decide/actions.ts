'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { isDecisionReason, type DecisionReason } from '#core/messages/decision-refusals.ts'
import { askAct } from '#server/jobs/acts/acts.ts'
import type { FormState } from '../../guards/form-state.ts'
import { runAction } from '../../guards/run-action.ts'
import { readPlace } from '../decided-place.ts'

const place = z.string().transform((text, context) => {
  const read = readPlace(text)
  if (read !== undefined) return read
  context.addIssue({ code: 'custom', message: 'Choose the rows from the list of possible matches' })
  return z.NEVER
})

const schema = z.strictObject({
  left: place,
  right: place,
  decision: z.enum(['same', 'different'], {
    error: 'Choose whether they are the same person or different people',
  }),
  reason: z.custom<DecisionReason>((value) => isDecisionReason(String(value)), {
    error: 'Choose how you know',
  }),
})

/** Asks for a reviewer's decision to be taken. */
export async function decide(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema,
    form,
    call: ({ accounts }, actor, values) =>
      askAct(accounts.pool, actor, { kind: 'decide', ...values }),
  })
  if (!outcome.ok) return outcome.state
  redirect(withQuery(addresses.doubts, { act: outcome.done.id }))
}
