'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { askAboutUser, USER_APPROVALS } from '#server/identity/accounts/user-approvals.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runProvedAction } from '../../../guards/run-action.ts'

const schema = z.strictObject({
  user: z.string().regex(/^U-[0-9A-Z]{8}$/),
  kind: z.enum(USER_APPROVALS),
  reason: z.string().regex(/^[a-z-]{1,40}$/, 'Choose why it is needed'),
})

/** Asks for something about a user that another administrator approves. */
export async function ask(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema,
    form,
    right: 'user.manage',
    act: ({ kind }) => askingAct(kind),
    call: ({ accounts }, actor, wanted, fresh) => askAboutUser(accounts, actor, wanted, fresh),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.approval(outcome.done.approval.reference))
}
