'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { approvingAct, askingAct } from '#server/identity/approvals/approval.ts'
import { mayDecide } from '#server/identity/approvals/approvals.ts'
import { askAct } from '#server/jobs/acts/acts.ts'
import { approveRelink, askRelink } from '#server/jobs/acts/relink-acts.ts'
import type { FormState } from '../../guards/form-state.ts'
import { goTo } from '../../guards/go-to.ts'
import { runAction, runProvedAction } from '../../guards/run-action.ts'

const trying = z.strictObject({
  policy: z.enum(['cautious', 'leap-2020'], { error: 'Choose a policy' }),
})

/** Has a worker report what would change; nothing is changed. */
export async function tryPolicy(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: trying,
    form,
    right: 'linkage.change',
    call: ({ accounts }, actor, { policy }) =>
      askAct(accounts.pool, actor, { kind: 'try-policy', policy }),
  })
  if (!outcome.ok) return outcome.state
  redirect(addresses.linkageReport(outcome.done.id))
}

const report = z.string().regex(/^[0-9]{1,15}$/)
const asking = z.strictObject({
  report,
  reason: z.enum(APPROVAL_KINDS.relink.reasons, { error: 'Choose why' }),
})

/** Asks for a second person to have done what a report says. */
export async function askForRelink(_state: FormState, form: FormData): Promise<FormState> {
  let shown = ''
  const outcome = await runProvedAction({
    schema: asking,
    form,
    right: 'linkage.change',
    act: () => askingAct('relink'),
    call: ({ accounts }, actor, given, fresh) => {
      shown = given.report
      return askRelink(accounts, actor, given, fresh)
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.linkageReport(shown))
}

const approving = z.strictObject({
  report,
  reference: z.string().max(20),
  boundTo: z.string().max(64),
})

/** Approves what a report says, which a worker then does. */
export async function approveReport(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: approving,
    form,
    right: 'linkage.change',
    act: ({ reference }) => approvingAct(reference),
    look: ({ accounts }, actor, { reference, boundTo }) =>
      mayDecide(accounts, actor, { reference, boundTo }),
    call: ({ accounts }, actor, given, fresh) => approveRelink(accounts, actor, given, fresh),
  })
  if (!outcome.ok) return outcome.state
  redirect(addresses.linkageReport(outcome.done.id))
}
