'use server'

import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { REPORT_WORDS } from '#core/messages/releases/report-refusals.ts'
import {
  holdsPersonal,
  LONGEST_SECTION,
  REPORT_SECTIONS,
  type ReportSection,
} from '#core/reports/report-words.ts'
import { askReport, signReport, writeReport } from '#server/figures/reports/write-report-words.ts'
import type { ReportContext } from '#server/figures/reports/write-report-words.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { approvingAct, askingAct } from '#server/identity/approvals/approval.ts'
import { mayDecide } from '#server/identity/approvals/approvals.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import type { RequestContext } from '../../../guards/request-context.ts'
import { runAction, runProvedAction } from '../../../guards/run-action.ts'

const release = z.string().regex(/^[A-Z]{3}-[0-9]{4}-Q[1-4]-[0-9]{1,6}$/)
const seen = z.coerce.number().int().nonnegative()

/** The words of a section; what is the matter with them names it, in the summary of errors too. */
function wordsIn(section: ReportSection) {
  const told = (code: 'report-long' | 'report-personal'): string => {
    const { title, fix } = REPORT_WORDS[code]
    return `“${REPORT_SECTIONS[section].title}” is not kept. ${title} ${fix}`
  }
  return (
    z
      .string()
      .max(LONGEST_SECTION, { error: told('report-long') })
      // Days in words are held against the quarters of the release, which is read later.
      .refine((text) => !holdsPersonal(text, 0), { error: told('report-personal') })
      .transform((text) => text.replaceAll('\r\n', '\n').trim())
  )
}

const written = z
  .strictObject({
    release,
    seen,
    summary: wordsIn('summary'),
    happened: wordsIn('happened'),
    changed: wordsIn('changed'),
    caution: wordsIn('caution'),
    next: wordsIn('next'),
  })
  .transform(({ release: of, seen: version, ...words }) => ({ release: of, seen: version, words }))

/** Writes another version of the words. */
export async function write(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: written,
    form,
    right: 'report.write',
    call: (request, actor, given) => writeReport(contextOf(request), actor, given),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.reachReport(outcome.done.release), { done: 'written' }))
}

const wanted = z.strictObject({
  release,
  seen,
  reason: z.enum(APPROVAL_KINDS.report.reasons, { error: 'Choose why' }),
})

/** Asks another person to sign the words off. */
export async function ask(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: wanted,
    form,
    right: 'report.write',
    act: () => askingAct('report'),
    call: (request, actor, given, fresh) => askReport(contextOf(request), actor, given, fresh),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.reachReport(outcome.done.approval.subject), { done: 'asked' }))
}

const shown = z.strictObject({ reference: z.string().max(20), boundTo: z.string().max(64) })

/** Signs off, as another person, exactly what was shown. */
export async function sign(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: shown,
    form,
    right: 'report.sign',
    act: ({ reference }) => approvingAct(reference),
    look: ({ accounts }, actor, given) => mayDecide(accounts, actor, given),
    call: (request, actor, given, fresh) => signReport(contextOf(request), actor, given, fresh),
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.reachReport(outcome.done.release), { done: 'signed' }))
}

function contextOf({ accounts, portal }: RequestContext): ReportContext {
  return { ...accounts, releases: portal.releases }
}
