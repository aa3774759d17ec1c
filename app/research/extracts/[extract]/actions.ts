'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { holdsIdentifier } from '#core/mapping/overview/identifier-like.ts'
import { DESTRUCTION_WAYS, RESEARCH_WORDS } from '#core/messages/research/research-words.ts'
import { noteDestruction } from '#server/figures/extracts/research-projects.ts'
import { approvingAct } from '#server/identity/approvals/approval.ts'
import { mayDecide } from '#server/identity/approvals/approvals.ts'
import { approveExtract } from '#server/jobs/acts/extract-acts.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { dayParts, demandDay, readDay } from '../../../guards/day-parts.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runAction, runProvedAction } from '../../../guards/run-action.ts'

const approving = z.strictObject({
  extract: z.string().max(20),
  reference: z.string().max(20),
  boundTo: z.string().max(64),
})

/** Approves an extract as the second person, and has a worker make it. */
export async function approve(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: approving,
    form,
    right: 'research.manage',
    act: ({ reference }) => approvingAct(reference),
    look: ({ accounts }, actor, { reference, boundTo }) =>
      mayDecide(accounts, actor, { reference, boundTo }),
    call: async ({ accounts }, actor, { extract, boundTo }, fresh) => {
      const approved = await approveExtract(accounts, actor, { extract, boundTo }, fresh)
      return approved.ok ? { ...approved, extract } : approved
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.researchExtract(outcome.done.extract))
}

const certifying = z
  .strictObject({
    extract: z.string().max(20),
    by: z
      .string()
      .trim()
      .min(1, { error: 'Enter who certifies it' })
      .max(200)
      .refine((typed) => !holdsIdentifier(typed), {
        error: RESEARCH_WORDS['research-identifier'].title,
      }),
    how: z.enum(Object.keys(DESTRUCTION_WAYS) as (keyof typeof DESTRUCTION_WAYS)[], {
      error: 'Choose how it was destroyed',
    }),
    ...dayParts('on'),
  })
  .refine(
    ...demandDay(
      'on',
      (day) => day <= dayInLondon(new Date()),
      'Enter a day that is not after today, for example 27 3 2027',
    ),
  )
  .transform(({ extract, by, how, ...parts }) => ({
    ...{ extract, by, how },
    on: readDay(parts, 'on') ?? '',
  }))

/** Notes the certificate that an extract was destroyed. */
export async function certify(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: certifying,
    form,
    right: 'research.manage',
    call: async ({ accounts }, actor, given) => {
      const noted = await noteDestruction(accounts, actor, given)
      return noted.ok ? { ...noted, extract: given.extract } : noted
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.researchExtract(outcome.done.extract))
}
