'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { approvingAct } from '#server/identity/approvals/approval.ts'
import { mayDecide } from '#server/identity/approvals/approvals.ts'
import { approveRelease } from '#server/jobs/acts/release-acts.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { runProvedAction } from '../../../guards/run-action.ts'

const schema = z.strictObject({
  draft: z.string().regex(/^[0-9]{1,15}$/),
  reference: z.string().max(20),
  boundTo: z.string().max(64),
})

/** Approves the release that was drafted, which a worker then makes. */
export async function publish(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema,
    form,
    right: 'release.make',
    act: ({ reference }) => approvingAct(reference),
    look: ({ accounts }, actor, { reference, boundTo }) =>
      mayDecide(accounts, actor, { reference, boundTo }),
    call: ({ accounts }, actor, given, fresh) => approveRelease(accounts, actor, given, fresh),
  })
  if (!outcome.ok) return outcome.state
  redirect(addresses.releaseDraft(outcome.done.id))
}
