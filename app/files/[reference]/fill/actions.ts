'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { readRuleForm } from '#core/filling/rule-form.ts'
import { DERIVATIONS, FILLING_LIMITS } from '#core/filling/rules.ts'
import { RULE_KINDS } from '#core/messages/preparation/rule-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { changeFilling, type FillingChange } from '#server/intake/journey/fill-gaps.ts'
import type { StepForm } from '#server/intake/journey/read-journey.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runAction } from '../../../guards/run-action.ts'
import type { RequestContext } from '../../../guards/request-context.ts'
import { stepFields } from '../../step-schema.ts'

const PLACED = /^(remove|move-up|move-down)-([0-9]{1,2})$/

const changeSchema = z.strictObject({
  ...stepFields,
  change: z.union([z.literal('use-again'), z.string().regex(PLACED)]),
})

/** Takes a rule out of the list or moves it, or uses those of the last file again. */
export async function changeList(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: changeSchema,
    form,
    right: 'submission.send',
    call: ({ portal }, actor, { reference, version, change }) =>
      changed(portal, actor, { reference, version }, asChange(change)),
  })
  if (!outcome.ok) return outcome.state
  return settled(outcome.done, form)
}

const text = (longest: number) => z.string().max(longest, 'Use fewer characters').default('')
const heading = text(FILLING_LIMITS.heading)

const addSchema = z.strictObject({
  ...stepFields,
  kind: z.enum(RULE_KINDS),
  column: heading,
  added: heading,
  when: z.enum(['blank', 'always']).default('blank'),
  ...{ from: heading, from2: heading, from3: heading },
  separator: text(20),
  part: text(4),
  value: text(FILLING_LIMITS.value),
  words: text(20_000),
  what: z.enum(['', ...DERIVATIONS]).default(''),
})

/** Adds a rule at the end of the list. */
export async function addRule(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: addSchema,
    form,
    right: 'submission.send',
    call: async ({ portal }, actor, { reference, version, ...fields }) => {
      const read = readRuleForm(fields)
      if (!read.ok) return { ok: true as const, errors: read.problems }
      return changed(portal, actor, { reference, version }, { to: 'add', rule: read.rule })
    },
  })
  if (!outcome.ok) return outcome.state
  return settled(outcome.done, form)
}

function asChange(change: string): FillingChange {
  const [, to = '', place = ''] = PLACED.exec(change) ?? []
  return to === '' ? { to: 'use-again' } : { to: to as 'remove', place: Number(place) }
}

/** What is said of a change that was not made belongs to the form as a whole. */
async function changed(
  portal: RequestContext['portal'],
  actor: Actor,
  form: StepForm,
  change: FillingChange,
) {
  const done = await changeFilling(await openActorStore(portal, actor), actor, form, change)
  if (done.ok) return done
  if (done.code !== 'file-unreadable' && done.code !== 'rule-not-allowed') return done
  const { title, fix } =
    done.code === 'file-unreadable'
      ? wordsOf(done.why.code, done.why.detail)
      : wordsOf('mapping-filled-not-allowed', { field: done.field })
  return { ok: true as const, errors: [{ field: '', message: title, hint: fix }] }
}

function settled(
  done: { readonly errors: FormState['errors'] } | { readonly journey: { reference: string } },
  form: FormData,
): FormState {
  if ('journey' in done) goTo(addresses.fill(done.journey.reference))
  return {
    errors: done.errors,
    values: Object.fromEntries(
      [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
  }
}
