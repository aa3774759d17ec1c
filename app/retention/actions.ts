'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { HOLD_REASONS } from '#core/messages/retention/retention-words.ts'
import { DAILY_KINDS } from '#core/retention/schedule.ts'
import { liftHold, setHold } from '#server/jobs/retention/holds.ts'
import type { FormState } from '../guards/form-state.ts'
import { goTo } from '../guards/go-to.ts'
import { runAction } from '../guards/run-action.ts'

const setting = z.strictObject({
  kind: z.enum(['all', ...DAILY_KINDS], { error: 'Choose what is held' }),
  reason: z.enum(Object.keys(HOLD_REASONS) as (keyof typeof HOLD_REASONS)[], {
    error: 'Choose why it is held',
  }),
})

/** Sets a hold. */
export async function hold(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: setting,
    form,
    right: 'retention.hold',
    call: ({ accounts }, actor, given) => setHold(accounts, actor, given),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.retention)
}

/** Lifts one. */
export async function lift(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({ reference: z.string().max(20) }),
    form,
    right: 'retention.hold',
    call: ({ accounts }, actor, { reference }) => liftHold(accounts, actor, reference),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.retention)
}
