'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { askRelease } from '#server/jobs/acts/acts.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { runAction } from '../../../guards/run-action.ts'

const schema = z.strictObject({ draft: z.string().regex(/^[0-9]{1,15}$/) })

/** Asks for the release that was drafted to be made. */
export async function publish(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema,
    form,
    call: ({ accounts }, actor, { draft }) => askRelease(accounts.pool, actor, draft),
  })
  if (!outcome.ok) return outcome.state
  redirect(addresses.releaseDraft(outcome.done.id))
}
