'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { isQuarter, type Quarter } from '#core/standard/quarter.ts'
import { askAct } from '#server/jobs/acts/acts.ts'
import type { FormState } from '../../guards/form-state.ts'
import { runAction } from '../../guards/run-action.ts'

const schema = z.strictObject({
  quarter: z.custom<Quarter>((value) => typeof value === 'string' && isQuarter(value), {
    error: 'Choose the last quarter',
  }),
  profile: z.enum(['programme', 'public'], { error: 'Choose who the release is for' }),
})

/** Asks for the draft of a release. */
export async function draft(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema,
    form,
    call: ({ accounts }, actor, { quarter, profile }) =>
      askAct(accounts.pool, actor, { kind: 'draft-release', profile, lastQuarter: quarter }),
  })
  if (!outcome.ok) return outcome.state
  redirect(addresses.releaseDraft(outcome.done.id))
}
