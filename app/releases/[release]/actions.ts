'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import {
  WITHDRAWING_REASONS,
  type WithdrawingReason,
} from '#core/messages/releases/publication-words.ts'
import { momentInLondon } from '#core/standard/london-time.ts'
import { approvingAct, askingAct } from '#server/identity/approvals/approval.ts'
import { mayDecide } from '#server/identity/approvals/approvals.ts'
import {
  approvePublication,
  askPublication,
  withdrawPublication,
  withdrawingAct,
} from '#server/figures/publishing/publish-release.ts'
import { allowDay, dayParts, readDay } from '../../guards/day-parts.ts'
import type { FormState } from '../../guards/form-state.ts'
import { goTo } from '../../guards/go-to.ts'
import { runProvedAction } from '../../guards/run-action.ts'
import type { RequestContext } from '../../guards/request-context.ts'
import type { PublishingContext } from '#server/figures/publishing/publish-release.ts'

const release = z.string().regex(/^[A-Z]{3}-[0-9]{4}-Q[1-4]-[0-9]{1,6}$/)

const asked = z
  .strictObject({
    release,
    ...dayParts('day'),
    time: z.string().regex(/^[0-2][0-9]:[0-5][0-9]$/, { error: 'Choose a time' }),
  })
  .refine(...allowDay('day', 'Enter a real day, or leave it empty'))
  .transform(({ release: reference, time, ...parts }, context) => {
    const day = readDay(parts, 'day') ?? null
    const visibleFrom = day === null ? null : momentInLondon(day, time)
    if (visibleFrom !== undefined) return { reference, visibleFrom }
    context.addIssue({
      code: 'custom',
      path: ['time'],
      message: 'Choose another time: on that day the clocks go forward, and leave this one out',
    })
    return z.NEVER
  })

/** Asks a second person that everybody may read a release. */
export async function askToPublish(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: asked,
    form,
    right: 'release.make',
    fields: { 'embargo-past': 'day' },
    act: () => askingAct('release-publication'),
    call: (request, actor, given, fresh) => askPublication(contextOf(request), actor, given, fresh),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.release(outcome.done.approval.subject))
}

const shown = z.strictObject({ reference: z.string().max(20), boundTo: z.string().max(64) })

/** Approves as a second person, which publishes the release. */
export async function publish(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: shown,
    form,
    right: 'release.make',
    act: ({ reference }) => approvingAct(reference),
    look: ({ accounts }, actor, given) => mayDecide(accounts, actor, given),
    call: (request, actor, given, fresh) =>
      approvePublication(contextOf(request), actor, given, fresh),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.release(outcome.done.reference))
}

const CODES = Object.keys(WITHDRAWING_REASONS) as WithdrawingReason[]

const taken = z.strictObject({
  release,
  reason: z.enum(CODES, { error: 'Choose why it is withdrawn' }),
})

/** Withdraws a published release at once. */
export async function withdrawPublished(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema: taken,
    form,
    right: 'release.make',
    act: (given) => withdrawingAct(given.release),
    call: async (request, actor, { release: reference, reason }, fresh) => {
      const done = await withdrawPublication(
        contextOf(request),
        actor,
        { reference, reason },
        fresh,
      )
      return done.ok ? { ...done, reference } : done
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.release(outcome.done.reference))
}

function contextOf({ accounts, portal }: RequestContext): PublishingContext {
  return { ...accounts, releases: portal.releases }
}
