'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { saveValues } from '#server/intake/journey/match-values.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runAction } from '../../../guards/run-action.ts'
import { stepFields } from '../../step-schema.ts'

const schema = z
  .object(stepFields)
  .catchall(z.string().max(100))
  .refine((form) =>
    Object.keys(form).every(
      (name) => name === 'reference' || name === 'version' || /^word-[0-9]{1,4}$/.test(name),
    ),
  )

/** Keeps what the words of code columns mean, and has the file checked. */
export async function giveMeanings(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema,
    form,
    right: 'submission.send',
    call: async ({ portal }, actor, { reference, version, ...words }) => {
      const answers = Array.from(
        { length: Object.keys(words).length },
        (_, index) => words[`word-${String(index)}`] ?? '',
      )
      const store = await openActorStore(portal, actor)
      const saved = await saveValues(store, actor, { reference, version }, answers)
      if (saved.ok || saved.code !== 'words-unanswered') return saved
      return { ok: true as const, unanswered: saved.unanswered }
    },
  })
  if (!outcome.ok) return outcome.state
  const { done } = outcome
  if (!('unanswered' in done)) goTo(addresses.step(done.journey.reference, 'check'))
  const { title, fix } = wordsOf('word-unmatched')
  return {
    errors: done.unanswered.map(({ at, word }, index) => ({
      field: `word-${String(at)}`,
      message: `“${word}”: ${title}`,
      ...(index === 0 ? { hint: fix } : {}),
    })),
    values: Object.fromEntries(
      [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
  }
}
