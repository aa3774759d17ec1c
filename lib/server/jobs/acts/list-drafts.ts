import type pg from 'pg'
import type { Quarter } from '#core/standard/quarter.ts'
import { databaseFault } from '#server/platform/db/database-fault.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'

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

/** Lists drafts whose release is not made yet, the latest first: only those of the figures as they are now. */
export async function listDrafts(
  pool: pg.Pool,
  actor: Actor,
): Promise<{ readonly ok: true; readonly drafts: readonly WaitingDraft[] } | Refusal<'not-found'>> {
  if (!may(actor, 'release.make')) return refuse('not-found')
  try {
    const { rows } = await pool.query<WaitingDraft>(
      `select act.id::text as act, request ->> 'profile' as profile, request ->> 'lastQuarter' as "lastQuarter",
              asked_at as "askedAt", portal_user.name as by, asked_by <> $1 as "isOthers"
         from act join portal_user on portal_user.id = asked_by
        where act.kind = 'draft-release' and act.stage = 'done'
          and not exists (select from act later
            where later.kind in ('make-release', 'draft-release') and later.subject = act.subject
              and later.stage = 'done' and later.id > act.id)
        order by act.id desc limit 20`,
      [actor.userId],
    )
    return { ok: true, drafts: rows }
  } catch (error) {
    throw databaseFault(error)
  }
}
