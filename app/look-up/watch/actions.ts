'use server'

import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { VERDICTS, type Verdict } from '#core/messages/look-up/look-up-words.ts'
import { drawSample, judgeLookUp } from '#server/look-up/watching/spot-checks.ts'
import type { FormState } from '../../guards/form-state.ts'
import { goTo } from '../../guards/go-to.ts'
import { runAction } from '../../guards/run-action.ts'
import { watchOf } from './watch-context.ts'

/** Draws look-ups by lot, and shows those that are to be checked. */
export async function sample(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({}),
    form,
    right: 'look-up.watch',
    call: (request, actor) => drawSample(watchOf(request), actor),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.lookUps, { only: 'sampled' }))
}

const judged = z.strictObject({
  reference: z.string().max(40),
  verdict: z.enum(Object.keys(VERDICTS) as Verdict[], { error: 'Choose what you found' }),
})

/** Says what came of checking a look-up. */
export async function judge(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: judged,
    form,
    right: 'look-up.watch',
    call: async (request, actor, { reference, verdict }) => {
      const done = await judgeLookUp(watchOf(request), actor, reference, verdict)
      return done.ok ? { ...done, reference } : done
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.watchedLookUp(outcome.done.reference))
}
