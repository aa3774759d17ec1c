'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { CLOSING_REASONS, EXTENSION_REASONS } from '#core/messages/rights/rights-words.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { approvingAct, askingAct } from '#server/identity/approvals/approval.ts'
import { mayDecide } from '#server/identity/approvals/approvals.ts'
import { approveLift, askLift } from '#server/jobs/acts/lift-acts.ts'
import { approveRights, askRights } from '#server/jobs/acts/rights-acts.ts'
import { closeRequest, extendRequest, pickRecords } from '#server/linkage/rights/handle-requests.ts'
import type { FormState } from '../../guards/form-state.ts'
import { goTo } from '../../guards/go-to.ts'
import { runAction, runProvedAction } from '../../guards/run-action.ts'

const request = z.string().max(20)

const PICKED = /^pick-([0-9]{1,6})$/

const picking = z
  .looseObject({ request })
  .refine((given) => Object.keys(given).every((name) => name === 'request' || PICKED.test(name)), {
    error: 'This form was not sent from its own page',
  })
  .transform(({ request: reference, ...given }) => ({
    reference,
    numbers: Object.keys(given).flatMap((name) => {
      const number = PICKED.exec(name)?.[1]
      return number === undefined ? [] : [Number(number)]
    }),
  }))

/** Picks the records that are the person's. */
export async function pick(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: picking,
    form,
    right: 'rights.handle',
    call: async ({ accounts }, actor, given) => {
      const picked = await pickRecords(accounts, actor, given)
      return picked.ok ? { ...picked, reference: given.reference } : picked
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.rightsRequest(outcome.done.reference))
}

/** Asks a second officer. */
export async function askSecond(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: z.strictObject({ request, everybody: z.literal('yes').optional() }),
    form,
    right: 'rights.handle',
    act: () => askingAct('rights-request'),
    call: ({ accounts }, actor, { request: reference, everybody }, fresh) =>
      askRights(accounts, actor, { request: reference, everybody: everybody === 'yes' }, fresh),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.rightsRequest(outcome.done.approval.subject))
}

const approving = z.strictObject({
  request,
  reference: z.string().max(20),
  boundTo: z.string().max(64),
  picks: z.string().max(64),
})

/** Approves as the second officer, and has a worker do it. */
export async function approvePicked(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: approving,
    form,
    right: 'rights.handle',
    act: ({ reference }) => approvingAct(reference),
    look: ({ accounts }, actor, { reference, boundTo }) =>
      mayDecide(accounts, actor, { reference, boundTo }),
    call: async ({ accounts }, actor, given, fresh) => {
      const approved = await approveRights(accounts, actor, given, fresh)
      return approved.ok ? { ...approved, about: given.request } : approved
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.rightsRequest(outcome.done.about))
}

const lifting = z.strictObject({
  request,
  lifting: z.enum(APPROVAL_KINDS['restriction-lift'].reasons, { error: 'Choose why' }),
})

/** Asks a second officer to have a restriction lifted. */
export async function askLifting(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: lifting,
    form,
    right: 'rights.handle',
    act: () => askingAct('restriction-lift'),
    call: ({ accounts }, actor, { request: reference, lifting: reason }, fresh) =>
      askLift(accounts, actor, { request: reference, reason }, fresh),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.rightsRequest(outcome.done.approval.subject))
}

/** Approves as the second officer that a restriction is lifted, and has a worker do it. */
export async function approveLifting(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: approving.omit({ picks: true }),
    form,
    right: 'rights.handle',
    act: ({ reference }) => approvingAct(reference),
    look: ({ accounts }, actor, { reference, boundTo }) =>
      mayDecide(accounts, actor, { reference, boundTo }),
    call: async ({ accounts }, actor, given, fresh) => {
      const approved = await approveLift(accounts, actor, given, fresh)
      return approved.ok ? { ...approved, about: given.request } : approved
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.rightsRequest(outcome.done.about))
}

const extending = z.strictObject({
  request,
  extension: z.enum(Object.keys(EXTENSION_REASONS) as (keyof typeof EXTENSION_REASONS)[], {
    error: 'Choose why',
  }),
})

/** Extends the time. */
export async function extend(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: extending,
    form,
    right: 'rights.handle',
    call: async ({ accounts }, actor, { request: reference, extension: reason }) => {
      const extended = await extendRequest(accounts, actor, { reference, reason })
      return extended.ok ? { ...extended, reference } : extended
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.rightsRequest(outcome.done.reference))
}

const closing = z.strictObject({
  request,
  closing: z.enum(Object.keys(CLOSING_REASONS) as (keyof typeof CLOSING_REASONS)[], {
    error: 'Choose why',
  }),
})

/** Closes a request for which nothing is done. */
export async function close(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: closing,
    form,
    right: 'rights.handle',
    call: async ({ accounts }, actor, { request: reference, closing: reason }) => {
      const closed = await closeRequest(accounts, actor, { reference, reason })
      return closed.ok ? { ...closed, reference } : closed
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.rightsRequest(outcome.done.reference))
}
