'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import {
  isWithdrawalReason,
  type WithdrawalReason,
} from '#core/messages/submissions/withdrawal-reasons.ts'
import { askAct } from '#server/jobs/acts/acts.ts'
import type { FormState } from '../../../../guards/form-state.ts'
import { runAction } from '../../../../guards/run-action.ts'

const schema = z.strictObject({
  submission: z.string().regex(/^SU-[0-9A-Z-]{4,16}$/),
  reason: z.custom<WithdrawalReason>((value) => isWithdrawalReason(String(value)), {
    error: 'Choose why it is withdrawn',
  }),
})

/** Asks for a submission to be taken out of the figures. */
export async function withdraw(_state: FormState, form: FormData): Promise<FormState> {
  let withdrawn = ''
  const outcome = await runAction({
    schema,
    form,
    right: 'submission.withdraw-any',
    call: ({ accounts }, actor, { submission, reason }) => {
      withdrawn = submission
      return askAct(accounts.pool, actor, { kind: 'withdraw', submission, reason })
    },
  })
  if (!outcome.ok) return outcome.state
  redirect(addresses.submission(withdrawn))
}
