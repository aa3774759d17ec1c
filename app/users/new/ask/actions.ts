'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { askNewUser } from '#server/identity/accounts/user-approvals.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { GRANTED, type GrantKind } from '#server/identity/approvals/given-roles.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runProvedAction } from '../../../guards/run-action.ts'
import { newPerson } from '../new-person.ts'

const schema = z.strictObject({
  ...newPerson,
  kind: z.enum(Object.keys(GRANTED) as GrantKind[]),
  reason: z.string().regex(/^[a-z-]{1,40}$/, 'Choose why it is needed'),
})

/** Asks that somebody be invited who will approve what others ask for. */
export async function ask(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema,
    form,
    right: 'user.manage',
    fields: { 'user-exists': 'email' },
    act: ({ kind }) => askingAct(kind),
    call: ({ accounts }, actor, { exact, ...wanted }, fresh) =>
      askNewUser(accounts, actor, { ...wanted, mayExact: exact === 'yes' }, fresh),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.approval(outcome.done.approval.reference))
}
