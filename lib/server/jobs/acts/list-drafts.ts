import type { Quarter } from '#core/standard/quarter.ts'
import { run } from '#server/platform/db/run.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import type { ApprovalContext } from '#server/identity/approvals/approvals.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'

/** A draft of a release that was counted and not made. */
export interface WaitingDraft {
  /** The id of its act. */
  readonly act: string
  readonly profile: 'programme' | 'public'
  readonly lastQuarter: Quarter
  readonly askedAt: Date
  /** The name of who asked for it. */
  readonly by: string
  /** Whether the actor may make it: somebody else drafted it. */
  readonly isOthers: boolean
}

/**
 * Lists drafts whose release waits for a second person, the latest first: only those of the figures as they
 * are now.
 */
export async function listDrafts(
  { pool, now }: ApprovalContext,
  actor: Actor,
): Promise<{ readonly ok: true; readonly drafts: readonly WaitingDraft[] } | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'release.make'))) return NOT_HELD
  const rows = await run(forActor(pool, actor), 'jobs/list-drafts', [actor.userId, now()])
  const drafts = rows.map(({ profile, lastQuarter, ...draft }) => ({
    ...draft,
    // As the act was asked for.
    profile: profile as WaitingDraft['profile'],
    lastQuarter: lastQuarter as Quarter,
  }))
  return { ok: true, drafts }
}
