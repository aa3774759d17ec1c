'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { LONGEST_TEXT } from '#core/grid/grid-rows.ts'
import { askRowCorrected } from '#server/intake/correcting/ask-corrections.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import type { FormState } from '../../../../../guards/form-state.ts'
import { goTo } from '../../../../../guards/go-to.ts'
import { runAction } from '../../../../../guards/run-action.ts'
import { stepFields } from '../../../../step-schema.ts'

const KNOWN = ['reference', 'version', 'row', 'next']

const schema = z
  .object({
    ...stepFields,
    row: z.coerce.number().int().min(1),
    next: z.string().regex(/^([1-9][0-9]{0,7})?$/),
  })
  .catchall(z.string().max(LONGEST_TEXT, `Use ${String(LONGEST_TEXT)} characters or fewer`))
  .refine((form) =>
    Object.keys(form).every((name) => KNOWN.includes(name) || /^cell-[0-9]{1,3}$/.test(name)),
  )

/** Corrects the cells of one row, and goes on to the next with findings once nothing is left in it. */
export async function correctRow(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema,
    form,
    right: 'submission.send',
    call: async ({ portal }, actor, { reference, version, row, next, ...cells }) => {
      const texts = Object.entries(cells).map(([name, text]) => ({
        column: Number(name.slice('cell-'.length)),
        text,
      }))
      const store = await openActorStore(portal, actor)
      const at = { reference, version }
      const done = await askRowCorrected(store, at, { row, texts })
      if (!done.ok) return done
      const isLeft = done.isClear && next !== ''
      return { ok: true as const, reference, row: isLeft ? Number(next) : row }
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.correctRow(outcome.done.reference, outcome.done.row))
}
