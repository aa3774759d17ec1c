'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { isDoubtCode } from '#core/messages/linkage/linkage-words.ts'
import { askAct } from '#server/jobs/acts/acts.ts'
import type { FormState } from '../../guards/form-state.ts'
import { runAction } from '../../guards/run-action.ts'
import { readPlace } from '../decided-place.ts'
import { readAnswer } from './answers.ts'

const place = z.string().transform((text, context) => {
  const read = readPlace(text)
  if (read !== undefined) return read
  context.addIssue({ code: 'custom', message: 'Choose the rows from the list of possible matches' })
  return z.NEVER
})
const number = z
  .string()
  .regex(/^[0-9]{1,9}$/)
  .transform(Number)

const schema = z.strictObject({
  left: place,
  right: place,
  // Of a list, for it is kept.
  about: z.literal('').or(z.string().refine(isDoubtCode)),
  seen: number,
  skip: number,
  answer: z.string({ error: 'Choose an answer with its reason' }).transform((text, context) => {
    const read = readAnswer(text)
    if (read !== undefined) return read
    context.addIssue({ code: 'custom', message: 'Choose an answer with its reason' })
    return z.NEVER
  }),
})

/** Asks for a reviewer's answer to be taken, and goes on to the next possible match. */
export async function decide(_state: FormState, form: FormData): Promise<FormState> {
  let skipped = 0
  const outcome = await runAction({
    schema,
    form,
    right: 'doubt.decide',
    call: ({ accounts }, actor, { left, right, about, seen, skip, answer }) => {
      skipped = skip
      const [first, second] = answer.isOfRight ? [right, left] : [left, right]
      return askAct(accounts.pool, actor, {
        ...{ kind: 'decide', decision: answer.kind, reason: answer.reason },
        ...{ left: first, right: second, seen },
        ...(about === '' ? {} : { about }),
      })
    },
  })
  if (!outcome.ok) return outcome.state
  redirect(withQuery(addresses.decideDoubt, { skip: skipped || '', act: outcome.done.id }))
}
