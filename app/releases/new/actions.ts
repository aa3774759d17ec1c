'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { isQuarter, type Quarter } from '#core/standard/quarter.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { askDraft } from '#server/jobs/acts/release-acts.ts'
import type { FormState } from '../../guards/form-state.ts'
import { runProvedAction } from '../../guards/run-action.ts'

const schema = z.strictObject({
  quarter: z.custom<Quarter>((value) => typeof value === 'string' && isQuarter(value), {
    error: 'Choose the last quarter',
  }),
  profile: z.enum(['programme', 'public'], { error: 'Choose who the release is for' }),
})

/** Asks for the draft of a release. */
export async function draft(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema,
    form,
    right: 'release.make',
    act: () => askingAct('release'),
    call: ({ accounts }, actor, { quarter, profile }, fresh) =>
      askDraft(accounts, actor, { profile, lastQuarter: quarter }, fresh),
  })
  if (!outcome.ok) return outcome.state
  redirect(addresses.releaseDraft(outcome.done.id))
}
