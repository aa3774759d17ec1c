'use server'

import { headers } from 'next/headers'
import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { isCaseReference } from '#core/look-up/asking/typed-look-up.ts'
import { LOOK_UP_PURPOSES, type LookUpPurpose } from '#core/messages/look-up/look-up-words.ts'
import { alarmsOf, askGuidance, askLookUp, askSource } from '#server/look-up/asking/ask-look-up.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { allowDay } from '../guards/day-parts.ts'
import type { FormState } from '../guards/form-state.ts'
import { goTo } from '../guards/go-to.ts'
import { openRequest } from '../guards/request-context.ts'
import { runAction, showing } from '../guards/run-action.ts'
import {
  NOT_A_DAY,
  plainIn,
  problemsOfTyped,
  readTyped,
  TYPED_PARTS,
  typedIn,
  typedPerson,
} from './read-typed.ts'

const PURPOSES = Object.keys(LOOK_UP_PURPOSES) as LookUpPurpose[]
const sought = z
  .strictObject({
    ...typedPerson,
    purpose: z.enum(PURPOSES, { error: 'Choose why you look this person up' }),
    caseReference: z.string().trim().refine(isCaseReference, {
      error:
        'Enter the case reference as your case system has it: letters and digits, and no name, number or date of the person',
    }),
    act: z.string().max(40).default(''),
  })
  .refine(...allowDay('birth', NOT_A_DAY))

/** Looks somebody up; the answer is shown in place of the form, with what was typed, in this browser alone. */
export async function lookUp(_state: FormState, form: FormData): Promise<FormState> {
  const typed = typedIn(form)
  const outcome = await runAction({
    schema: sought,
    form,
    right: 'look-up.ask',
    secret: TYPED_PARTS,
    fields: { 'look-up-too-little': 'nhsNumber' },
    call: async ({ portal, accounts }, actor, { purpose, caseReference, act, ...given }) => {
      const read = readTyped(given, { now: accounts.now(), live: portal.programme.live })
      if (!read.ok) return read
      const { person } = read
      const store = await openActorStore(portal, actor)
      const alarms = await alarmsOf(accounts.pool, actor, person)
      const begun = { purpose, caseReference, alarms, act: act === '' ? null : act }
      return askLookUp(store, begun, person)
    },
  })
  if (!outcome.ok) return withTyped(outcome.state, form, typed)
  const { done } = outcome
  if (!done.ok) return { errors: done.problems, values: plainIn(form) }
  return showing([JSON.stringify({ answer: done, typed })])
}

/** What a form shows of a refusal, with what is wrong with who was typed, and what was typed. */
async function withTyped(
  state: FormState,
  form: FormData,
  typed: Readonly<Record<string, string>>,
): Promise<FormState> {
  const told = new Set(state.errors.map(({ field }) => field))
  // Only of a form that was filled in wrongly: what was refused for another reason is told alone.
  if (!told.has('purpose') && !told.has('caseReference') && !told.has('birth')) {
    return { ...state, values: { ...state.values, ...typed } }
  }
  const { portal, accounts } = await openRequest()
  const at = { now: accounts.now(), live: portal.programme.live }
  return {
    ...state,
    errors: [...state.errors, ...problemsOfTyped(form, told, at)],
    values: { ...state.values, ...typed },
  }
}

const opening = z.strictObject({
  reference: z.string().max(40),
  person: z.coerce.number().int().min(1).max(100),
  source: z.string().max(64),
})

/** Opens what one source says; with script in the page that shows the answer, else on the answer's own. */
export async function openSource(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: opening,
    form,
    right: 'look-up.ask',
    call: async ({ portal }, actor, given) => askSource(await openActorStore(portal, actor), given),
  })
  if (!outcome.ok) return outcome.state
  if (!(await headers()).has('next-action')) goTo(addresses.lookUpAnswer(outcome.done.reference))
  const { person, source } = plainIn(form)
  return {
    ...showing([JSON.stringify(outcome.done)]),
    values: { person: person ?? '', source: source ?? '' },
  }
}

/** Says that the guidance is read, and goes on to the form. */
export async function acknowledge(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({
      read: z.literal('yes', { error: 'Tick the box once you have read it' }),
    }),
    form,
    right: 'look-up.ask',
    call: async ({ portal }, actor) => askGuidance(await openActorStore(portal, actor)),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.lookUp)
}
