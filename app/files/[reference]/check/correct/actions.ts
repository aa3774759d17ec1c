'use server'

import { z } from 'zod'
import { CELLS_AT_ONCE, LONGEST_TEXT, type Change } from '#core/grid/grid-rows.ts'
import { checkAgain } from '#server/intake/journey/answer-findings.ts'
import { changeCells } from '#server/intake/correcting/change-cells.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { FRESH, type FormState } from '../../../../guards/form-state.ts'
import { runAction } from '../../../../guards/run-action.ts'
import { stepFields } from '../../../step-schema.ts'
import type { ChangeState } from './change-state.ts'

const text = z.string().max(LONGEST_TEXT)
const column = z.int().min(0).max(1_000)

const change: z.ZodType<Change> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('set'),
    cells: z
      .array(z.strictObject({ row: z.int().min(1), column, text }))
      .min(1)
      .max(CELLS_AT_ONCE),
  }),
  z.strictObject({
    kind: z.literal('replace'),
    ...{ column, find: text, replace: text, isWhole: z.boolean(), isExact: z.boolean() },
  }),
  z.strictObject({ kind: z.enum(['undo', 'redo', 'take-back']) }),
])

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
    .pipe(change),
})

/** Changes cells of a draft; `version` is that of its corrections. */
export async function changeCellsOf(_state: ChangeState, form: FormData): Promise<ChangeState> {
  const outcome = await runAction({
    schema: changeSchema,
    form,
    secret: ['change'],
    call: async ({ portal, accounts }, actor, { reference, version, change: wanted }) => {
      const store = await openActorStore(portal, actor)
      const at = { reference, version }
      const done = await changeCells(store, actor, at, wanted, accounts.now())
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
    call: async ({ portal }, actor, { reference }) =>
      checkAgain(await openActorStore(portal, actor), actor, reference),
  })
  return outcome.ok ? FRESH : outcome.state
}
