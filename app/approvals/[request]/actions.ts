'use server'

import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { doForUser } from '#server/identity/accounts/user-approvals.ts'
import { REFUSAL_REASONS } from '#server/identity/approvals/approval-kinds.ts'
import { approvingAct, usingAct } from '#server/identity/approvals/approval.ts'
import {
  approve,
  mayDecide,
  refuseApproval,
  withdrawApproval,
} from '#server/identity/approvals/approvals.ts'
import { readApproval } from '#server/identity/approvals/read-approvals.ts'
import { moveAsApproved } from '#server/portal/screens/board/move-service.ts'
import { makeToken } from '#server/programme/tokens/submission-tokens.ts'
import type { FormState } from '../../guards/form-state.ts'
import { goTo } from '../../guards/go-to.ts'
import { runAction, runProvedAction, showing } from '../../guards/run-action.ts'

const named = z.strictObject({ reference: z.string().max(20) })
const shown = named.extend({ boundTo: z.string().max(64) })

/** Approves another person's request, with a fresh code. */
export async function approveRequest(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: shown,
    form,
    right: 'approval.see',
    act: ({ reference }) => approvingAct(reference),
    look: ({ accounts }, actor, given) => mayDecide(accounts, actor, given),
    call: ({ accounts }, actor, given, fresh) => approve(accounts, actor, given, fresh),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.approvals, { done: 'approved' }))
}

const refused = shown.extend({
  why: z.enum(REFUSAL_REASONS, { error: 'Choose why you refuse it' }),
})

/** Refuses another person's request. */
export async function refuseRequest(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: refused,
    form,
    right: 'approval.see',
    call: ({ accounts }, actor, { why, ...given }) => refuseApproval(accounts, actor, given, why),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.approvals, { done: 'refused' }))
}

/** Takes one's own request back. */
export async function withdrawRequest(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: named,
    form,
    right: 'approval.see',
    call: ({ accounts }, actor, { reference }) => withdrawApproval(accounts, actor, reference),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.approvals, { done: 'withdrawn' }))
}

/** Makes the token that was approved, and shows it this once. */
export async function makeApproved(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: named,
    form,
    right: 'token.manage',
    act: ({ reference }) => usingAct(reference),
    look: ({ accounts }, actor, { reference }) =>
      readApproval(accounts.pool, actor, reference, accounts.now()),
    call: ({ accounts }, actor, { reference }, fresh) =>
      makeToken(accounts, actor, reference, fresh),
  })
  return outcome.ok ? showing([outcome.done.token]) : outcome.state
}

/** Does what was approved of somebody’s account. */
export async function doApproved(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: named,
    form,
    right: 'user.manage',
    act: ({ reference }) => usingAct(reference),
    look: ({ accounts }, actor, { reference }) =>
      readApproval(accounts.pool, actor, reference, accounts.now()),
    call: ({ accounts }, actor, { reference }, fresh) =>
      doForUser(accounts, actor, reference, fresh),
  })
  if (!outcome.ok) return outcome.state
  const { kind, user } = outcome.done
  goTo(withQuery(addresses.user(user), { done: kind }))
}

/** Moves a service as it was approved. */
export async function moveApproved(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: named,
    form,
    right: 'stage.change',
    act: ({ reference }) => usingAct(reference),
    look: ({ accounts }, actor, { reference }) =>
      readApproval(accounts.pool, actor, reference, accounts.now()),
    call: ({ accounts }, actor, { reference }, fresh) =>
      moveAsApproved(accounts, actor, reference, fresh),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.boardCard(outcome.done.service), { done: 'moved' }))
}
