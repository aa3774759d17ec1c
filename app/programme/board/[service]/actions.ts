'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { STAGES, type Stage } from '#core/messages/register/stage-words.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { beginAgain } from '#server/portal/screens/board/begin-again.ts'
import { compareStaging } from '#server/portal/screens/board/compare-staging.ts'
import { giveFeedback } from '#server/portal/screens/board/give-feedback.ts'
import { askMove, moveService } from '#server/portal/screens/board/move-service.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runAction, runProvedAction } from '../../../guards/run-action.ts'

const service = z.string().regex(/^[a-z0-9-]{1,64}$/)
const to = z.enum(Object.keys(STAGES) as [Stage, ...Stage[]], { error: 'Choose a stage' })

/** Moves a service between stages in which nothing counts. */
export async function move(_state: FormState, form: FormData): Promise<FormState> {
  let moved = ''
  const outcome = await runAction({
    schema: z.strictObject({ service, to }),
    form,
    right: 'stage.change',
    call: ({ accounts }, actor, given) => {
      moved = given.service
      return moveService(accounts, actor, given)
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.boardCard(moved), { done: 'moved' }))
}

/** Asks for a second person to let a service into production or out of it. */
export async function ask(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: z.strictObject({
      ...{ service, to },
      reason: z.enum(APPROVAL_KINDS['service-stage'].reasons, { error: 'Choose why' }),
    }),
    form,
    right: 'stage.change',
    act: () => askingAct('service-stage'),
    call: ({ accounts }, actor, given, fresh) => askMove(accounts, actor, given, fresh),
  })
  if (!outcome.ok) return outcome.state
  redirect(addresses.approval(outcome.done.approval.reference))
}

/** Has a worker remove everything of a service from staging, and asks for its files again. */
export async function scrub(_state: FormState, form: FormData): Promise<FormState> {
  let scrubbed = ''
  const outcome = await runAction({
    schema: z.strictObject({ service }),
    form,
    right: 'stage.change',
    call: ({ accounts }, actor, given) => {
      scrubbed = given.service
      return beginAgain(accounts, actor, given.service)
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.boardCard(scrubbed), { done: 'scrubbed' }))
}

const comparing = z.strictObject({
  service,
  quarter: z.string().max(7),
  people: z
    .string()
    .trim()
    .regex(/^[0-9]{1,7}$/, { error: 'Enter a number of people' }),
})

/** Compares what a service counts itself with its files in staging. */
export async function compare(_state: FormState, form: FormData): Promise<FormState> {
  let compared = ''
  const outcome = await runAction({
    schema: comparing,
    form,
    right: 'stage.change',
    call: ({ portal, accounts }, actor, { people, ...given }) => {
      compared = given.service
      const { pool, now } = accounts
      const count = { ...given, people: Number(people) }
      return compareStaging({ looks: portal.looks, pool, now }, actor, count)
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.boardCard(compared), { done: 'compared' }))
}

/** Asks the provider to look at what was found in a trial file. */
export async function tellProvider(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({ reference: z.string().max(20) }),
    form,
    right: 'stage.change',
    call: ({ accounts }, actor, { reference }) => giveFeedback(accounts, actor, reference),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.boardCard(outcome.done.service), { done: 'told' }))
}
