'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { RESEARCH_COHORTS, type CohortCode } from '#core/messages/research/research-words.ts'
import { MOST_VARIABLES, VARIABLE_CODES, type VariableCode } from '#core/research/variables.ts'
import { isQuarter, type Quarter } from '#core/standard/quarter.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { askExtract } from '#server/jobs/acts/extract-acts.ts'
import type { FormState } from '../../guards/form-state.ts'
import { goTo } from '../../guards/go-to.ts'
import { runProvedAction } from '../../guards/run-action.ts'

const quarter = (error: string) =>
  z.custom<Quarter>((value) => typeof value === 'string' && isQuarter(value), { error })

type Box = `tell-${VariableCode}`

const boxes = Object.fromEntries(
  VARIABLE_CODES.map((code) => [`tell-${code}`, z.literal('yes').optional()]),
) as Record<Box, z.ZodOptional<z.ZodLiteral<'yes'>>>

const schema = z
  .strictObject({
    project: z.string().max(20),
    cohort: z.enum(Object.keys(RESEARCH_COHORTS) as CohortCode[], {
      error: 'Choose who is to be in it',
    }),
    firstQuarter: quarter('Choose the first quarter'),
    lastQuarter: quarter('Choose the last quarter'),
    ...boxes,
  })
  .transform(({ project, cohort, firstQuarter, lastQuarter, ...ticked }, context) => {
    const variables = VARIABLE_CODES.filter((code) => ticked[`tell-${code}`] === 'yes')
    const flaw = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message })
    }
    if (variables.length === 0) flaw('tell-kind', 'Tick what is to be told of each')
    if (variables.length > MOST_VARIABLES) {
      flaw('tell-kind', `Tick ${String(MOST_VARIABLES)} variables at most`)
    }
    if (lastQuarter < firstQuarter) flaw('lastQuarter', 'Choose a last quarter after the first')
    return { project, cohort, firstQuarter, lastQuarter, variables }
  })

/** Asks a second person to have an extract made. */
export async function ask(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema,
    form,
    right: 'research.manage',
    act: () => askingAct('research-extract'),
    call: ({ accounts }, actor, given, fresh) => askExtract(accounts, actor, given, fresh),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.researchExtract(outcome.done.extract))
}
