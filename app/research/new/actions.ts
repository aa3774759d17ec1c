'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import {
  holdsIdentifier,
  holdsIdentifierBesideNumbers,
} from '#core/mapping/overview/identifier-like.ts'
import { RESEARCH_BASES, RESEARCH_WORDS } from '#core/messages/research/research-words.ts'
import { openProject } from '#server/figures/extracts/research-projects.ts'
import { readRecipient } from '#server/keys/backup-key.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { dayParts, demandDay, readDay } from '../../guards/day-parts.ts'
import type { FormState } from '../../guards/form-state.ts'
import { goTo } from '../../guards/go-to.ts'
import { runAction } from '../../guards/run-action.ts'

const APPROVAL = /^([0-9]{4}-[0-9]{2}-[0-9]{2})\s+(\S.{0,198})$/

const text = (error: string, longest: number) =>
  z
    .string()
    .trim()
    .min(1, { error })
    .max(longest)
    .refine((typed) => !holdsIdentifier(typed), {
      error: RESEARCH_WORDS['research-identifier'].title,
    })

const linesOf = (typed: string): string[] =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const schema = z
  .strictObject({
    title: text('Enter a title', 200),
    purpose: text('Enter what it is to find out', 2000),
    people: text('Enter who works on it', 2000),
    approvals: z.string().trim().min(1, { error: 'Enter an approval' }).max(2000),
    legalBasis: z.enum(Object.keys(RESEARCH_BASES) as (keyof typeof RESEARCH_BASES)[], {
      error: 'Choose the legal basis',
    }),
    environment: text('Enter where the data is worked on', 500),
    recipient: z.string().refine((noted) => readRecipient(noted) !== undefined, {
      error: 'Enter the 43 letters of a public key, as countonce research key prints it',
    }),
    ...dayParts('ends'),
  })
  .refine(
    ...demandDay(
      'ends',
      (day) => day > dayInLondon(new Date()),
      'Enter a day that is to come, for example 27 3 2027',
    ),
  )
  .transform((given, context) => {
    const { title, purpose, people, approvals, legalBasis, environment, recipient, ...parts } =
      given
    const today = dayInLondon(new Date())
    const flaw = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message })
    }
    const endsOn = readDay(parts, 'ends') ?? ''
    const read = linesOf(approvals).map((line) => APPROVAL.exec(line))
    const dated = read.map((found) => ({ givenOn: found?.[1] ?? '', givenBy: found?.[2] ?? '' }))
    if (dated.some(({ givenBy }) => holdsIdentifierBesideNumbers(givenBy))) {
      flaw('approvals', RESEARCH_WORDS['research-identifier'].title)
    }
    if (dated.some(({ givenOn }) => Number.isNaN(Date.parse(givenOn)) || givenOn > today)) {
      flaw('approvals', 'Enter on each line a day that is not after today, and who gave it')
    }
    if (linesOf(people).length > 30) flaw('people', 'Enter 30 people at most')
    return {
      ...{ title, purpose, legalBasis, environment, recipient, endsOn },
      ...{ people: linesOf(people), approvals: dated },
    }
  })

/** Writes a project into the register. */
export async function open(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema,
    form,
    right: 'research.manage',
    call: ({ accounts }, actor, given) => openProject(accounts, actor, given),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.researchProject(outcome.done.reference))
}
