'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { ROW_SIGNS } from '#core/tabular/workbook/sheet-signs.ts'
import { ENCODINGS } from '#core/tabular/table.ts'
import { chooseReading, confirmReading } from '#server/intake/journey/describe-reading.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runAction } from '../../../guards/run-action.ts'
import { stepFields } from '../../step-schema.ts'

const confirmSchema = z.strictObject(stepFields)

/** The file was read as it was meant. */
export async function confirm(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: confirmSchema,
    form,
    right: 'submission.send',
    call: async ({ portal }, actor, step) =>
      confirmReading(await openActorStore(portal, actor), actor, step),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.step(outcome.done.journey.reference, 'match'))
}

const tick = z.literal('yes').optional()

const chooseSchema = z.strictObject({
  ...stepFields,
  encoding: z.enum(['', ...ENCODINGS]).default(''),
  separator: z.enum(['', ',', ';', '\t', '|']).default(''),
  sheet: z.string().max(1000).default(''),
  struck: tick,
  hidden: tick,
  faded: tick,
  coloured: tick,
  unseen: tick,
  remark: tick,
  headerRow: z
    .string()
    .trim()
    .regex(/^([1-9][0-9]{0,5})?$/, 'Enter the row number of the headings, such as 3'),
})

/** Has the file read in another way. */
export async function choose(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: chooseSchema,
    form,
    right: 'submission.send',
    call: async ({ portal }, actor, { reference, version, headerRow, ...chosen }) => {
      const leaveOutMarked = ROW_SIGNS.filter((sign) => chosen[sign] === 'yes')
      const { encoding, separator, sheet } = chosen
      const store = await openActorStore(portal, actor)
      const taken = await chooseReading(
        store,
        actor,
        { reference, version },
        {
          ...{ encoding, separator, sheet, leaveOutMarked },
          headerRow: headerRow === '' ? null : Number(headerRow),
        },
      )
      if (taken.ok || taken.code !== 'file-unreadable') return taken
      const { title, fix } = wordsOf(taken.why.code, taken.why.detail)
      return { ok: true as const, problem: { title, fix } }
    },
  })
  if (!outcome.ok) return outcome.state
  const { done } = outcome
  if ('problem' in done) {
    const values = Object.fromEntries(
      [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    )
    const { title, fix } = done.problem
    return { errors: [{ field: 'headerRow', message: title, hint: fix }], values }
  }
  goTo(addresses.step(done.journey.reference, 'read'))
}
