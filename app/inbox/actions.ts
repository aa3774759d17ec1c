'use server'

import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { FEEDBACK_ANSWERS, type FeedbackAnswer } from '#core/messages/register/stage-words.ts'
import { answerFeedback } from '#server/portal/screens/board/give-feedback.ts'
import { answerQuestion } from '#server/portal/screens/support/questions.ts'
import type { FormState } from '../guards/form-state.ts'
import { goTo } from '../guards/go-to.ts'
import { runAction } from '../guards/run-action.ts'

const answers = Object.keys(FEEDBACK_ANSWERS) as [FeedbackAnswer, ...FeedbackAnswer[]]

/** Answers what was found in a trial file. */
export async function answerTrial(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({
      reference: z.string().max(20),
      answer: z.enum(answers, { error: 'Choose an answer' }),
    }),
    form,
    right: 'submission.send',
    call: ({ accounts }, actor, given) => answerFeedback(accounts, actor, given),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.inbox, { done: 'answered' }))
}

/** Answers what is asked about rows of a file. */
export async function answerRow(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({
      reference: z.string().max(20),
      answer: z.string({ error: 'Choose an answer' }).max(20),
    }),
    form,
    right: 'submission.send',
    fields: { 'answer-other': 'answer' },
    call: ({ accounts }, actor, given) => answerQuestion(accounts, actor, given),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.inbox, { done: 'answered' }))
}
