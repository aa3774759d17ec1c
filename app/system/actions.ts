'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { approveSourceExport } from '#server/keys/source-exports.ts'
import type { FormState } from '../guards/form-state.ts'
import { runAction } from '../guards/run-action.ts'

const schema = z.strictObject({ reference: z.string().max(20) })

/** Agrees to another administrator's export of the source key. */
export async function approveExport(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema,
    form,
    call: ({ accounts }, actor, { reference }) =>
      approveSourceExport(accounts.pool, actor, reference, accounts.now()),
  })
  if (!outcome.ok) return outcome.state
  redirect(withQuery(addresses.system, { approved: '1' }))
}
