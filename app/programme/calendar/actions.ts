'use server'

import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { EXTENSION_REASONS, type ExtensionReason } from '#core/messages/register/register-words.ts'
import { giveExtension } from '#server/programme/quarters/calendar.ts'
import { dayParts, demandDay, readDay } from '../../guards/day-parts.ts'
import type { FormState } from '../../guards/form-state.ts'
import { goTo } from '../../guards/go-to.ts'
import { runAction } from '../../guards/run-action.ts'
import { openRegister } from '../register/read-choices.ts'

const reasons = Object.keys(EXTENSION_REASONS) as [ExtensionReason, ...ExtensionReason[]]

const schema = z
  .strictObject({
    service: z.string().regex(/^[a-z0-9-]{1,64}$/),
    quarter: z.string().max(7),
    reason: z.enum(reasons, { error: 'Choose a reason' }),
    ...dayParts('until'),
  })
  .refine(...demandDay('until', () => true, 'Enter the new date as a real date'))
  .transform(({ service, quarter, reason, ...parts }) => ({
    ...{ service, quarter, reason },
    until: readDay(parts, 'until') ?? '',
  }))

/** Gives a service a further time for a quarter. */
export async function extend(_state: FormState, form: FormData): Promise<FormState> {
  let quarter = ''
  const outcome = await runAction({
    schema,
    form,
    right: 'register.change',
    fields: { 'extension-past': 'until' },
    call: async (_request, actor, given) => {
      quarter = given.quarter
      return giveExtension(await openRegister(), actor, given)
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.calendar, { quarter, done: 'extended' }))
}
