'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { askAuditCheck } from '#server/identity/audit/audit-watch.ts'
import type { FormState } from '../guards/form-state.ts'
import { runAction } from '../guards/run-action.ts'

/** Asks a worker to check the trail against its anchors. */
export async function checkTrail(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({}),
    form,
    call: ({ accounts }, actor) => askAuditCheck(accounts.pool, actor),
  })
  if (!outcome.ok) return outcome.state
  const now = outcome.request.accounts.now()
  redirect(withQuery(addresses.audit, { asked: String(now.getTime()) }))
}
