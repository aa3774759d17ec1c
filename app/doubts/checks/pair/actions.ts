'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { giveVerdict } from '#server/linkage/reviewing/check-sample.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runAction } from '../../../guards/run-action.ts'

const schema = z.strictObject({
  sample: z.string().regex(/^[0-9]{1,15}$/),
  verdict: z.enum(['S.same', 'D.different', 'C.cannot-tell'], { error: 'Choose an answer' }),
})

const VERDICTS = {
  'S.same': 'same',
  'D.different': 'different',
  'C.cannot-tell': 'cannot-tell',
} as const

/** Keeps what a reviewer says of a pair, and goes on to the next. */
export async function answer(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema,
    form,
    right: 'doubt.decide',
    call: ({ accounts }, actor, { sample, verdict }) =>
      giveVerdict(accounts.pool, actor, { sample, verdict: VERDICTS[verdict] }),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.checkPair)
}
