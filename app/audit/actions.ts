'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { askAuditCheck } from '#server/identity/audit/audit-watch.ts'
import type { FormState } from '../guards/form-state.ts'
import { runAction } from '../guards/run-action.ts'

/** Asks a worker to check the trail against its anchors. */
export async function checkTrail(_state: FormState, form: FormData): Promise<FormState> {
  // Before it is asked: a worker may begin before there is an answer here.
  let asked = new Date(0)
  const outcome = await runAction({
    schema: z.strictObject({}),
    form,
    right: 'audit.see',
    call: ({ accounts }, actor) => {
      asked = accounts.now()
      return askAuditCheck(accounts.pool, actor)
    },
  })
  if (!outcome.ok) return outcome.state
  redirect(withQuery(addresses.audit, { asked: String(asked.getTime()) }))
}
