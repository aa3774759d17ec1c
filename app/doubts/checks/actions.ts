'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { askAct } from '#server/jobs/acts/acts.ts'
import type { FormState } from '../../guards/form-state.ts'
import { runAction } from '../../guards/run-action.ts'

/** Asks for the joined pairs of this quarter to be drawn. */
export async function drawPairs(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({}),
    form,
    right: 'doubt.decide',
    call: ({ accounts }, actor) => askAct(accounts.pool, actor, { kind: 'draw-sample' }),
  })
  if (!outcome.ok) return outcome.state
  redirect(withQuery(addresses.checks, { act: outcome.done.id }))
}
