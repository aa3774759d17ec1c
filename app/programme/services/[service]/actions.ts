'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { addAgreement } from '#server/programme/register/agreements.ts'
import { dayParts, readDay } from '../../../guards/day-parts.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { runAction } from '../../../guards/run-action.ts'

const schema = z
  .strictObject({
    service: z.string().regex(/^[a-z0-9-]{1,64}$/),
    ...dayParts('from'),
    ...dayParts('to'),
  })
  .transform((given, context) => {
    const from = readDay(given, 'from')
    const to = readDay(given, 'to')
    if (typeof from !== 'string') {
      const message = 'Enter the first day, for example 1 4 2025'
      context.addIssue({ code: 'custom', path: ['from'], message })
    }
    if (to === undefined) {
      const message = 'Enter a real date as the last day, or leave it empty'
      context.addIssue({ code: 'custom', path: ['to'], message })
    }
    return { service: given.service, from: from ?? '', to: to ?? null }
  })

/** Adds an agreement to a service. */
export async function add(_state: FormState, form: FormData): Promise<FormState> {
  let service = ''
  const outcome = await runAction({
    schema,
    form,
    fields: { 'agreement-dates': 'to' },
    call: ({ accounts }, actor, agreement) => {
      service = agreement.service
      return addAgreement(accounts.pool, actor, agreement)
    },
  })
  if (!outcome.ok) return outcome.state
  redirect(withQuery(addresses.service(service), { added: '1' }))
}
