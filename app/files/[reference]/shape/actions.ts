'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { SHAPE_WORDS } from '#core/messages/preparation/shape-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { saveShapes } from '#server/intake/journey/choose-shapes.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runAction } from '../../../guards/run-action.ts'
import { stepFields } from '../../step-schema.ts'

const answer = z
  .string()
  .regex(/^([0-9]{1,2}|none)?$/)
  .default('')

const schema = z.strictObject({
  ...stepFields,
  sheets: answer,
  'family-blocks': answer,
  register: answer,
  'children-across': answer,
})

/** Keeps how the rows of the file are to be read. */
export async function chooseShapes(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema,
    form,
    right: 'submission.send',
    call: async ({ portal }, actor, { reference, version, ...answers }) => {
      const store = await openActorStore(portal, actor)
      const saved = await saveShapes(store, actor, { reference, version }, answers)
      if (saved.ok) return saved
      if (saved.code === 'shapes-unanswered')
        return {
          ok: true as const,
          errors: saved.shapes.map((shape) => ({
            field: shape,
            message: `Choose how to read the file: ${SHAPE_WORDS[shape].title}`,
          })),
        }
      if (saved.code !== 'file-unreadable') return saved
      const { title, fix } = wordsOf(saved.why.code, saved.why.detail)
      return { ok: true as const, errors: [{ field: '', message: title, hint: fix }] }
    },
  })
  if (!outcome.ok) return outcome.state
  const { done } = outcome
  if ('journey' in done) goTo(addresses.step(done.journey.reference, 'match'))
  return {
    errors: done.errors,
    values: Object.fromEntries(
      [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
  }
}
