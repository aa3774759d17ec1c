'use server'

import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { ENTRY_FIELDS, readEntry, type EntryFields } from '#core/framework/entry-fields.ts'
import { COMPLETERS, FRAMEWORK_PARTS } from '#core/framework/framework.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { approvingAct, askingAct } from '#server/identity/approvals/approval.ts'
import { mayDecide } from '#server/identity/approvals/approvals.ts'
import { approveFramework, askFramework } from '#server/programme/framework/framework-consent.ts'
import { discardDraft } from '#server/programme/framework/framework-draft.ts'
import { readDay } from '../../../guards/day-parts.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runAction, runProvedAction } from '../../../guards/run-action.ts'
import { runEdit } from '../run-edit.ts'

const part = z.enum(FRAMEWORK_PARTS)
const seen = z.coerce.number().int().nonnegative()

/** Boxes of services and of who fills an instrument in, and the parts of a day. */
const OTHER_NAMES = /^(service-[a-z0-9-]{1,64}|by-[a-z]{1,20}|retired-(day|month|year))$/

const typed = z
  .object({ part, do: z.enum(['add', 'change']), seen })
  // The fields of the entry, which the core reads.
  .catchall(z.string().max(2_000))
  .transform(({ part: list, do: how, seen: revision, ...given }, context) => {
    const texts = new Map(Object.entries(given))
    const fields: readonly string[] = ENTRY_FIELDS[list]
    if ([...texts.keys()].some((name) => !fields.includes(name) && !OTHER_NAMES.test(name))) {
      context.addIssue({ code: 'custom', path: [''], message: 'The form is not as it was sent' })
      return z.NEVER
    }
    const ticked = (name: string): string =>
      [...texts]
        .filter(([field, text]) => field.startsWith(name) && text === 'yes')
        .map(([field]) => field.slice(name.length))
        .join('\n')
    const retired = readDay(given, 'retired')
    const read = readEntry(list, {
      ...(Object.fromEntries(
        ENTRY_FIELDS[list].map((field) => [field, texts.get(field) ?? '']),
      ) satisfies EntryFields),
      ...{ services: ticked('service-'), completedBy: ticked('by-'), retired: retired ?? '' },
    })
    if (!read.ok) {
      const path = read.field === 'completedBy' ? `by-${COMPLETERS[0]}` : read.field
      context.addIssue({ code: 'custom', path: [path], message: read.why })
    }
    if (retired === undefined) {
      const message = 'Enter a real day, or leave it empty'
      context.addIssue({ code: 'custom', path: ['retired'], message })
    }
    if (!read.ok) return z.NEVER
    return { seen: revision, edit: { do: how, part: list, entry: read.entry } as const }
  })

/** Adds an entry to the draft, or changes one. */
export async function putEntry(_state: FormState, form: FormData): Promise<FormState> {
  return runEdit({ schema: typed, form, right: 'register.change' })
}

const named = z
  .strictObject({ part, code: z.string().max(40), seen })
  .transform(({ part: list, code, seen: revision }) => ({
    ...{ seen: revision, edit: { do: 'remove', part: list, code } as const },
  }))

/** Takes an entry out of the draft. */
export async function removeEntry(_state: FormState, form: FormData): Promise<FormState> {
  return runEdit({ schema: named, form, right: 'register.change' })
}

const asked = z.strictObject({
  seen,
  reason: z.enum(APPROVAL_KINDS.framework.reasons, { error: 'Choose why' }),
})

/** Asks a second person to put the draft in force. */
export async function ask(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: asked,
    form,
    right: 'register.change',
    act: () => askingAct('framework'),
    call: ({ accounts }, actor, given, fresh) => askFramework(accounts, actor, given, fresh),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.frameworkDraft, { done: 'asked' }))
}

const shown = z.strictObject({ reference: z.string().max(20), boundTo: z.string().max(64) })

/** Approves as a second person, which puts the draft in force. */
export async function putInForce(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: shown,
    form,
    right: 'register.change',
    act: ({ reference }) => approvingAct(reference),
    look: ({ accounts }, actor, given) => mayDecide(accounts, actor, given),
    call: ({ accounts }, actor, given, fresh) => approveFramework(accounts, actor, given, fresh),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.framework, { done: 'in-force' }))
}

/** Gives the draft up. */
export async function giveUp(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({ seen }),
    form,
    right: 'register.change',
    call: ({ accounts }, actor, given) => discardDraft(accounts, actor, given.seen),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.framework, { done: 'given-up' }))
}
