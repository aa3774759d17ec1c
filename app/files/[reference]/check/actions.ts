'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { checkAgain, confirmFinding, leaveRowsOut } from '#server/intake/journey/answer-findings.ts'
import { keepPeople, takeBackPeople } from '#server/intake/journey/keep-people.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runAction } from '../../../guards/run-action.ts'
import { stepFields } from '../../step-schema.ts'

const reason = z.string().regex(/^[a-z-]{0,40}$/, 'Choose a reason')
/** The id of the field that an error leads to. */
const at = z.string().regex(/^reason-[a-z0-9_-]{1,100}$/)

const confirmSchema = z.strictObject({
  ...stepFields,
  at,
  reason,
  /** Several where one answer holds for them. */
  code: z.string().regex(/^[a-z0-9-]{1,60}(?: [a-z0-9-]{1,60}){0,9}$/),
  field: z.string().regex(/^[a-z_]{0,60}(?:-[0-9]{1,4})?$/),
})

/** Confirms what was found, with a reason. */
export async function confirm(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: confirmSchema,
    form,
    right: 'submission.send',
    fields: reasonFields,
    call: async ({ portal }, actor, { reference, version, code, field, reason: given }) =>
      confirmFinding(
        await openActorStore(portal, actor),
        actor,
        { reference, version },
        { code: code.split(' '), field, reason: given },
      ),
  })
  if (!outcome.ok) return atReason(outcome.state, form)
  goTo(addresses.step(outcome.done.journey.reference, 'check'))
}

const leaveSchema = z.strictObject({ ...stepFields, at, reason })

/** Leaves the rows out that must be fixed, with a reason. */
export async function leaveOut(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: leaveSchema,
    form,
    right: 'submission.send',
    fields: reasonFields,
    call: async ({ portal }, actor, { reference, version, reason: given }) =>
      leaveRowsOut(await openActorStore(portal, actor), actor, { reference, version }, given),
  })
  if (!outcome.ok) return atReason(outcome.state, form)
  goTo(addresses.step(outcome.done.journey.reference, 'check'))
}

const peopleSchema = z.strictObject({
  ...stepFields,
  code: z.string().regex(/^[a-z-]{1,60}$/),
  at: z.string().regex(/^people-[a-z-]{1,60}$/),
  rows: z.string().max(400, 'Use 200 characters or fewer'),
})

/** Keeps rows that were taken for no people. */
export async function keepAsPeople(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: peopleSchema,
    form,
    right: 'submission.send',
    fields: peopleFields,
    call: async ({ portal }, actor, { reference, version, code, rows }) =>
      keepPeople(
        await openActorStore(portal, actor),
        actor,
        { reference, version },
        { code, rows },
      ),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.step(outcome.done.journey.reference, 'check'))
}

function peopleFields(
  form: FormData,
): Record<'rows-not-understood' | 'rows-not-of-finding', string> {
  const field = atOf(form)
  return { 'rows-not-understood': field, 'rows-not-of-finding': field }
}

const stepSchema = z.strictObject(stepFields)

/** Does not keep them after all. */
export async function leaveOutAsBefore(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: stepSchema,
    form,
    right: 'submission.send',
    call: async ({ portal }, actor, step) =>
      takeBackPeople(await openActorStore(portal, actor), actor, step),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.step(outcome.done.journey.reference, 'check'))
}

/** Does not leave them out after all. */
export async function keepRows(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: stepSchema,
    form,
    right: 'submission.send',
    call: async ({ portal }, actor, step) =>
      leaveRowsOut(await openActorStore(portal, actor), actor, step, undefined),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.step(outcome.done.journey.reference, 'check'))
}

/** Has the file checked again. */
export async function again(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: stepSchema,
    form,
    right: 'submission.send',
    call: async ({ portal }, actor, { reference }) => {
      const done = await checkAgain(await openActorStore(portal, actor), actor, reference)
      return done.ok ? { ...done, reference } : done
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.step(outcome.done.reference, 'check'))
}

/** The field that the form says an error belongs to; of no form, none. */
function atOf(form: FormData): string {
  const id = form instanceof FormData ? form.get('at') : ''
  return typeof id === 'string' ? id : ''
}

function reasonFields(form: FormData): Record<'reason-missing', string> {
  const field = atOf(form)
  return { 'reason-missing': field }
}

/** A reason that is none of the list belongs to the field that it was chosen in. */
function atReason(state: FormState, form: FormData): FormState {
  const { 'reason-missing': id } = reasonFields(form)
  return {
    ...state,
    errors: state.errors.map((error) =>
      error.field === 'reason' ? { ...error, field: id } : error,
    ),
  }
}
