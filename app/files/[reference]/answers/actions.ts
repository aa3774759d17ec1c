'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { submitFile } from '#server/intake/journey/submit-file.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runAction } from '../../../guards/run-action.ts'
import { stepFields } from '../../step-schema.ts'

const schema = z
  .strictObject({
    ...stepFields,
    replaces: z
      .string()
      .regex(/^(SU-[0-9A-Z-]{1,40})?$/)
      .default(''),
    replace: z.literal('yes').optional(),
    declared: z.literal('yes', { error: 'Tick the box to say that the file is right' }),
  })
  .refine(({ replaces, replace }) => replaces === '' || replace === 'yes', {
    path: ['replace'],
    error: 'Tick the box to let this file take the place of the one before',
  })

/** Submits the file. */
export async function submit(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema,
    form,
    right: 'submission.send',
    fields: { 'replace-needed': 'replace' },
    call: async ({ portal }, actor, { reference, version, replaces }) => {
      const store = await openActorStore(portal, actor)
      const submitted = await submitFile(store, actor, { reference, version }, { replaces })
      // Two tabs or a second click: it is on its way, which is what was asked for.
      const isOnItsWay = submitted.ok || submitted.code === 'no-longer-open'
      return isOnItsWay ? { ok: true as const, reference } : submitted
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.step(outcome.done.reference, 'progress'))
}
