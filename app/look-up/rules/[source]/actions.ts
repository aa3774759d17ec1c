'use server'

import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { readTypedRules } from '#core/look-up/rules/change-rules.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { approvingAct, askingAct } from '#server/identity/approvals/approval.ts'
import { mayDecide } from '#server/identity/approvals/approvals.ts'
import { readRulesShown } from '#server/programme/sources/read-rules.ts'
import { approveRules, askRules } from '#server/programme/sources/rules-consent.ts'
import { dayParts, readDay } from '../../../guards/day-parts.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runProvedAction } from '../../../guards/run-action.ts'

const typed = z.string().trim().max(10)

const asked = z
  .strictObject({
    source: z.string().regex(/^[a-z0-9-]{1,64}$/),
    seen: z.coerce.number().int().positive(),
    ...{ shows: typed.default(''), ageFrom: typed, ageTo: typed },
    ...{ staleDays: typed, removalDays: typed },
    ...dayParts('coveredFrom'),
    ...dayParts('coveredTo'),
    reason: z.string().max(40).default(''),
  })
  .transform(({ source, seen, reason, ...given }, context) => {
    const days = {
      coveredFrom: readDay(given, 'coveredFrom'),
      coveredTo: readDay(given, 'coveredTo'),
    }
    const rules = readTypedRules({ ...given, ...days })
    for (const { field, message } of rules.ok ? [] : rules.problems) {
      context.addIssue({ code: 'custom', path: [field], message })
    }
    if (!APPROVAL_KINDS['source-rules'].reasons.some((known) => known === reason)) {
      context.addIssue({ code: 'custom', path: ['reason'], message: 'Choose why' })
    }
    return rules.ok ? { source, seen, reason, wanted: rules.read } : z.NEVER
  })

/** Asks a second person to put other rules of a source in force. */
export async function ask(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: asked,
    form,
    right: 'register.change',
    act: () => askingAct('source-rules'),
    look: ({ accounts }, actor, { source }) => readRulesShown(accounts, actor, source),
    call: ({ accounts }, actor, given, fresh) => askRules(accounts, actor, given, fresh),
  })
  if (!outcome.ok) return outcome.state
  const { subject } = outcome.done.approval
  goTo(withQuery(addresses.rulesOfSource(subject), { done: 'asked' }))
}

const shown = z.strictObject({ reference: z.string().max(20), boundTo: z.string().max(64) })

/** Approves as a second person, which puts the rules in force. */
export async function putInForce(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: shown,
    form,
    right: 'register.change',
    act: ({ reference }) => approvingAct(reference),
    look: ({ accounts }, actor, given) => mayDecide(accounts, actor, given),
    call: ({ accounts }, actor, given, fresh) => approveRules(accounts, actor, given, fresh),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.rulesOfSource(outcome.done.source), { done: 'in-force' }))
}
