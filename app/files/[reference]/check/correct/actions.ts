'use server'

import { z } from 'zod'
import { changeSchema as cellChange } from '#core/grid/change-schema.ts'
import { checkAgain } from '#server/intake/journey/answer-findings.ts'
import { askChange } from '#server/intake/correcting/ask-corrections.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { FRESH, type FormState } from '../../../../guards/form-state.ts'
import { runAction } from '../../../../guards/run-action.ts'
import { stepFields } from '../../../step-schema.ts'
import type { ChangeState } from './change-state.ts'

const changeSchema = z.strictObject({
  ...stepFields,
  change: z
    .string()
    .max(900_000)
    .transform((given, context): unknown => {
      try {
        return JSON.parse(given)
      } catch {
        context.addIssue('This is no change of cells')
        return z.NEVER
      }
    })
    .pipe(cellChange),
})

/** Changes cells of a draft; `version` is that of its corrections. */
export async function changeCellsOf(_state: ChangeState, form: FormData): Promise<ChangeState> {
  const outcome = await runAction({
    schema: changeSchema,
    form,
    right: 'submission.send',
    secret: ['change'],
    call: async ({ portal }, actor, { reference, version, change: wanted }) => {
      const store = await openActorStore(portal, actor)
      const at = { reference, version }
      const done = await askChange(store, at, wanted)
      return !done.ok && done.code === 'corrections-stale' ? { ok: true as const } : done
    },
  })
  if (!outcome.ok) return outcome.state
  const { done } = outcome
  if (!('state' in done)) return { ...FRESH, isStale: true }
  const { state, cells, isMore, rows, words } = done
  return { ...FRESH, changed: { state, cells, isMore, rows, words } }
}

const checkSchema = z.strictObject({ reference: stepFields.reference })

/** Has a draft checked with what is corrected in it, while its page stays. */
export async function checkCorrected(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: checkSchema,
    form,
    right: 'submission.send',
    call: async ({ portal }, actor, { reference }) =>
      checkAgain(await openActorStore(portal, actor), actor, reference),
  })
  return outcome.ok ? FRESH : outcome.state
}
