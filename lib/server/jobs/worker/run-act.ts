import type { Code } from '#core/messages/words-of.ts'
import type pg from 'pg'
import { databaseFault, faultOf } from '#server/platform/db/database-fault.ts'
import type { Fault } from '#server/platform/faults/fault.ts'
import { takeDecision, undoDecision } from '#server/linkage/decisions/decide.ts'
import { draftRelease, releaseDraft } from '#server/figures/releases/make-release.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { readProgrammeStore, type ProgrammeStore, type Store } from '#server/store/store.ts'
import { findSubmission } from '#server/intake/submissions/read-submission.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import {
  findAct,
  mayAct,
  reachesSubject,
  type Act,
  type ActRequest,
} from '#server/jobs/acts/acts.ts'
import { JobFailed } from './run-job.ts'

/** How an act ended. */
export type ActEnd =
  | { readonly stage: 'done'; readonly result: unknown }
  | { readonly stage: 'refused'; readonly code: Code }

/** One try of an act. */
export interface ActTry {
  readonly id: string
  /** Whether the queue gives it up when this try fails. */
  readonly isLast: boolean
  readonly onFailure: (fault: Fault) => void
}

/**
 * Does what was asked for, as the one who asked may do it now. What was done is not done again, so that a retry changes nothing;
 * throws JobFailed for a fault, after which the queue tries again.
 */
export async function runAct(store: Store, { id, isLast, onFailure }: ActTry): Promise<string> {
  try {
    const act = await findAct(store.pool, id)
    if (act === undefined || !['waiting', 'running'].includes(act.stage)) return 'over'
    await store.pool.query(
      `update act set stage = 'running', begun_at = coalesce(begun_at, now()) where id = $1`,
      [id],
    )
    const actor = await readActor(store.pool, act.askedBy)
    const end: ActEnd =
      actor === undefined ||
      !mayAct(actor, act.request) ||
      !(await reachesSubject(store.pool, actor, act.request))
        ? { stage: 'refused', code: 'not-found' }
        : await doAct(await readProgrammeStore(store), act, actor)
    await store.pool.query(
      'update act set stage = $2, code = $3, result = $4, ended_at = now() where id = $1',
      [
        id,
        end.stage,
        end.stage === 'refused' ? end.code : null,
        end.stage === 'done' ? JSON.stringify(end.result) : null,
      ],
    )
    return end.stage
  } catch (error) {
    const fault = faultOf(error)
    onFailure(fault)
    await store.pool
      .query('update act set stage = $2, code = $3, reference = $4 where id = $1', [
        id,
        isLast ? 'failed' : 'waiting',
        fault.code,
        fault.reference,
      ])
      // Where the database is gone this cannot be written either.
      .catch(() => undefined)
    throw new JobFailed(fault)
  }
}

/** A user as they are now; undefined when they are disabled. */
async function readActor(pool: pg.Pool, userId: string): Promise<Actor | undefined> {
  const { rows } = await pool
    .query<Actor>(
      `select id as "userId", role, provider_code as "providerCode", may_see_exact as "mayExact"
       from portal_user where id = $1 and disabled_at is null`,
      [userId],
    )
    .catch((error: unknown) => {
      throw databaseFault(error)
    })
  return rows[0]
}

type Doing<Kind extends ActRequest['kind']> = Extract<ActRequest, { kind: Kind }>

async function doAct(store: ProgrammeStore, act: Act, actor: Actor): Promise<ActEnd> {
  const { request } = act
  switch (request.kind) {
    case 'withdraw':
      return withdraw(store, request, actor)
    case 'decide': {
      const { decision: kind, left, right, reason } = request
      const decided = await takeDecision(store.pool, actor, {
        dataset: 'production',
        ...{ kind, left, right, reason },
      })
      return decided.ok
        ? { stage: 'done', result: { decision: decided.decision } }
        : { stage: 'refused', code: decided.code }
    }
    case 'undo-decision':
      return undo(store, request, act, actor)
    case 'draft-release': {
      const drafted = await draftRelease(store.pool, { ...request, actor: actor.userId })
      return drafted.ok
        ? { stage: 'done', result: drafted.draft }
        : { stage: 'refused', code: drafted.code }
    }
    case 'make-release':
      return release(store, request, act, actor)
  }
}

async function withdraw(
  store: ProgrammeStore,
  { submission, reason }: Doing<'withdraw'>,
  actor: Actor,
): Promise<ActEnd> {
  const withdrawn = await withdrawSubmission(store, submission, actor.userId, reason)
  if (withdrawn.ok) return { stage: 'done', result: { submission } }
  // An earlier try may have got as far as that.
  const found = await findSubmission(store.pool, submission)
  return found?.state === 'withdrawn' && found.reason === reason
    ? { stage: 'done', result: { submission } }
    : { stage: 'refused', code: withdrawn.code }
}

async function undo(
  store: ProgrammeStore,
  { decision }: Doing<'undo-decision'>,
  act: Act,
  actor: Actor,
): Promise<ActEnd> {
  const undone = await undoDecision(store.pool, actor, { dataset: 'production', decision })
  if (undone.ok) return { stage: 'done', result: { decision } }
  // An earlier try may have got as far as that.
  const { rowCount } = await store.pool.query(
    'select from decision where id = $1 and undone_by = $2 and undone_at >= $3',
    [decision, actor.userId, act.askedAt],
  )
  return rowCount === 1
    ? { stage: 'done', result: { decision } }
    : { stage: 'refused', code: undone.code }
}

async function release(
  store: ProgrammeStore,
  { profile, lastQuarter, linkageVersion, draftedBy }: Doing<'make-release'>,
  act: Act,
  actor: Actor,
): Promise<ActEnd> {
  if (draftedBy === actor.userId) return { stage: 'refused', code: 'second-person' }
  // An earlier try may have got as far as that.
  const { rows } = await store.pool.query<{ reference: string }>(
    `select reference from release
     where profile = $1 and last_quarter = $2 and made_by = $3 and made_at >= $4 order by id desc limit 1`,
    [profile, lastQuarter, actor.userId, act.askedAt],
  )
  if (rows[0] !== undefined) return { stage: 'done', result: rows[0] }
  const made = await releaseDraft(store.pool, {
    ...{ profile, lastQuarter, linkageVersion },
    actor: actor.userId,
  })
  return made.ok
    ? { stage: 'done', result: { reference: made.reference } }
    : { stage: 'refused', code: made.code }
}
