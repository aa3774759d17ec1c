'use server'

import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import {
  PROBLEM_ANSWERS,
  PROBLEM_KINDS,
  type ProblemAnswer,
  type ProblemKind,
} from '#core/messages/support/support-words.ts'
import { holdsIdentifier } from '#core/mapping/overview/identifier-like.ts'
import { answerReport, reportProblem, tellProblem } from '#server/portal/screens/support/reports.ts'
import type { FormState } from '../guards/form-state.ts'
import { goTo } from '../guards/go-to.ts'
import { runAction } from '../guards/run-action.ts'

const kinds = Object.keys(PROBLEM_KINDS) as [ProblemKind, ...ProblemKind[]]
const answers = Object.keys(PROBLEM_ANSWERS) as [ProblemAnswer, ...ProblemAnswer[]]

/** Tells the programme that something is wrong. */
export async function report(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({
      from: z.string().max(300),
      kind: z.enum(kinds, { error: 'Choose what is wrong' }),
      reference: z.string().trim().toUpperCase().max(40),
    }),
    form,
    right: 'a session',
    fields: { 'report-reference': 'reference' },
    call: ({ accounts }, actor, given) => reportProblem(accounts, actor, given),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.support, { sent: outcome.done.reference }))
}

/** Answers a report. */
export async function answer(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({
      reference: z.string().max(20),
      answer: z.enum(answers, { error: 'Choose an answer' }),
    }),
    form,
    right: 'support.answer',
    call: ({ accounts }, actor, given) => answerReport(accounts, actor, given),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.supportQueue, { done: 'answered' }))
}

/** Tells everybody of a problem. */
export async function tell(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({
      words: z
        .string()
        .trim()
        .min(1, { error: 'Say what is wrong' })
        .max(300)
        .refine((text) => !holdsIdentifier(text), {
          error: 'Say it without an email address, a postcode or a number that could be somebody’s',
        }),
    }),
    form,
    right: 'support.answer',
    call: ({ accounts }, actor, given) => tellProblem(accounts, actor, given),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.supportQueue, { done: 'told' }))
}

/** Says that a problem is over. */
export async function over(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({ over: z.string().regex(/^[0-9]{1,15}$/) }),
    form,
    right: 'support.answer',
    call: ({ accounts }, actor, given) => tellProblem(accounts, actor, given),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.supportQueue, { done: 'over' }))
}
