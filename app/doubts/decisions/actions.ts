'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { askAct } from '#server/jobs/acts/acts.ts'
import type { FormState } from '../../guards/form-state.ts'
import { runAction } from '../../guards/run-action.ts'

const schema = z.strictObject({
  decision: z.string().regex(/^[1-9][0-9]{0,14}$/),
  // Where somebody takes back what they have just answered.
  back: z.literal('review').optional(),
})

/** Asks for a decision to be undone. */
export async function undo(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema,
    form,
    right: 'doubt.decide',
    call: ({ accounts }, actor, { decision }) =>
      askAct(accounts.pool, actor, { kind: 'undo-decision', decision: Number(decision) }),
  })
  if (!outcome.ok) return outcome.state
  const page = form.get('back') === 'review' ? addresses.decideDoubt : addresses.decisions
  redirect(withQuery(page, { act: outcome.done.id }))
}
