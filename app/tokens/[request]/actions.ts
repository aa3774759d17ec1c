'use server'

import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { approve, refuseApproval, withdrawApproval } from '#server/identity/approvals/approvals.ts'
import { makeToken } from '#server/programme/tokens/submission-tokens.ts'
import type { FormState } from '../../guards/form-state.ts'
import { goTo } from '../../guards/go-to.ts'
import { runAction, showing } from '../../guards/run-action.ts'

const named = z.strictObject({ reference: z.string().max(20) })
const shown = named.extend({ boundTo: z.string().max(64) })
const proved = shown.extend({
  code: z
    .string()
    .trim()
    .min(1, 'Enter the 6-digit code in your app')
    .max(20, 'Enter the 6-digit code in your app'),
})

/** Approves another person's request, with a fresh code. */
export async function approveRequest(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: proved,
    form,
    secret: ['code'],
    fields: { 'code-refused': 'code', 'code-used': 'code', 'too-many-tries': 'code' },
    call: ({ accounts, address }, actor, given) => approve(accounts, actor, { ...given, address }),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.tokens, { done: 'approved' }))
}

/** Refuses another person's request. */
export async function refuseRequest(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: shown,
    form,
    call: ({ accounts }, actor, given) => refuseApproval(accounts, actor, given),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.tokens, { done: 'refused' }))
}

/** Takes one's own request back. */
export async function withdrawRequest(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: named,
    form,
    call: ({ accounts }, actor, { reference }) => withdrawApproval(accounts, actor, reference),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.tokens, { done: 'withdrawn' }))
}

/** Makes the token that was approved, and shows it this once. */
export async function makeApproved(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: named,
    form,
    call: ({ accounts }, actor, { reference }) => makeToken(accounts, actor, reference),
  })
  return outcome.ok ? showing([outcome.done.token]) : outcome.state
}
