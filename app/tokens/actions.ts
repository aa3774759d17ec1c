'use server'

import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { askToken, revokeToken } from '#server/programme/tokens/submission-tokens.ts'
import type { FormState } from '../guards/form-state.ts'
import { goTo } from '../guards/go-to.ts'
import { runAction, runProvedAction } from '../guards/run-action.ts'

const wanted = z.strictObject({
  service: z.string().regex(/^[a-z0-9-]{1,64}$/, 'Choose a service'),
  days: z
    .string()
    .trim()
    .regex(/^[0-9]{1,3}$/, 'Enter a number of days from 1 to 400')
    .transform(Number),
  reason: z.string().regex(/^[a-z-]{1,40}$/, 'Choose why it is needed'),
})

/** Asks for a token, which somebody else approves. */
export async function ask(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: wanted,
    form,
    right: 'token.manage',
    fields: { 'token-days': 'days' },
    act: () => askingAct('submission-token'),
    call: ({ accounts }, actor, values, fresh) => askToken(accounts, actor, values, fresh),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.approval(outcome.done.approval.reference))
}

const named = z.strictObject({ reference: z.string().max(20) })

/** Revokes a token at once. */
export async function revoke(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: named,
    form,
    right: 'token.manage',
    call: ({ accounts }, actor, { reference }) => revokeToken(accounts, actor, reference),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.tokens, { done: 'revoked' }))
}
