import { readProgramme } from '#server/programme/register/read-programme.ts'
import type { Code } from '#core/messages/words-of.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { faultOf } from '#server/platform/db/database-fault.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import type { Fault } from '#server/platform/faults/fault.ts'
import { takeDecision, undoDecision } from '#server/linkage/decisions/decide.ts'
import { makeResearchExtract } from '#server/figures/extracts/make-extract.ts'
import { draftRelease, releaseDraft } from '#server/figures/releases/make-release.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { dropApproval, useAtOnce } from '#server/identity/approvals/approvals.ts'
import { userRow } from '#server/identity/actors/user.ts'
import { readProgrammeStore, type ProgrammeStore, type Store } from '#server/store/store.ts'
import { findSubmission } from '#server/intake/submissions/read-submission.ts'
import { relinkReported } from '#server/linkage/links/relink.ts'
import { keepReport } from '#server/linkage/relinking/keep-report.ts'
import { drawSample } from '#server/linkage/reviewing/draw-sample.ts'
import { tryRelink } from '#server/linkage/relinking/try-relink.ts'
import { scrubStaging } from '#server/linkage/processing/scrub-staging.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import {
  findAct,
  mayAct,
  reachesSubject,
  type Act,
  type ActRequest,
} from '#server/jobs/acts/acts.ts'
import { readDraft } from '#server/jobs/acts/release-acts.ts'
import { carryOut } from '#server/jobs/carrying-out/carry-out.ts'
import { liftRestriction } from '#server/jobs/carrying-out/lift-restriction.ts'
import { readReportFacts } from '#server/jobs/acts/relink-acts.ts'
import { signReleases } from '#server/figures/releases/sign-releases.ts'
import { anchorAudit } from '#server/jobs/anchoring/anchor-audit.ts'
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
 * Does what was asked for, as the one who asked may do it now. What was done is not done again, so
 * that a retry changes nothing; throws JobFailed for a fault, after which the queue tries again.
 */
export async function runAct(store: Store, { id, isLast, onFailure }: ActTry): Promise<string> {
  try {
    const act = await findAct(store.pool, id)
    if (act === undefined || !['waiting', 'running'].includes(act.stage)) return 'over'
    await run(store.pool, 'jobs/begin-act', [id])
    const actor = await readActor(store.pool, act.askedBy)
    const end: ActEnd =
      actor === undefined ||
      !mayAct(actor, act.request) ||
      !(await reachesSubject(store.pool, actor, act.request))
        ? { stage: 'refused', code: 'not-found' }
        : await doAct(await readProgrammeStore(store), act, actor)
    // Before it is told as done: a try whose anchor failed is tried again, and finds its release.
    if (act.request.kind === 'make-release' && end.stage === 'done') {
      await signReleases(store)
      await anchorAudit(store, new Date())
    }
    await run(store.pool, 'jobs/end-act', [
      id,
      end.stage,
      end.stage === 'refused' ? end.code : null,
      end.stage === 'done' ? JSON.stringify(end.result) : null,
    ])
    return end.stage
  } catch (error) {
    const fault = faultOf(error)
    onFailure(fault)
    const { code, reference } = fault
    await inPrisma(store.pool, (prisma) =>
      prisma.act.update({
        where: { id: BigInt(id) },
        data: { stage: isLast ? 'failed' : 'waiting', code, reference },
        select: { id: true },
      }),
    )
      // Where the database is gone this cannot be written either.
      .catch(() => undefined)
    throw new JobFailed(fault)
  }
}

/** A user as they are now; undefined when they are disabled. */
async function readActor(database: Database, userId: string): Promise<Actor | undefined> {
  const found = await inPrisma(database, ({ user }) =>
    user.findUnique({
      where: { id: userId, disabledAt: null },
      select: { id: true, role: true, providerCode: true, maySeeExact: true },
    }),
  )
  if (found === null) return undefined
  const { id, role, providerCode, maySeeExact } = userRow(found)
  const { purpose } = await readProgramme(database)
  return { userId: id, role, providerCode, mayExact: maySeeExact, purpose }
}

type Doing<Kind extends ActRequest['kind']> = Extract<ActRequest, { kind: Kind }>

async function doAct(store: ProgrammeStore, act: Act, actor: Actor): Promise<ActEnd> {
  const { request } = act
  switch (request.kind) {
    case 'withdraw':
      return withdraw(store, request, actor)
    case 'decide': {
      const { decision: kind, left, right, reason, about, seen } = request
      const decided = await takeDecision(store.database, actor, {
        dataset: 'production',
        ...{ kind, left, right, reason, about, seen },
      })
      return decided.ok
        ? { stage: 'done', result: { decision: decided.decision } }
        : { stage: 'refused', code: decided.code }
    }
    case 'undo-decision':
      return undo(store, request, act, actor)
    case 'draw-sample': {
      const pairs = await drawSample(store.database, { actor: actor.userId, now: new Date() })
      return { stage: 'done', result: { pairs } }
    }
    case 'scrub-staging': {
      const submissions = await scrubStaging(store, request.service, actor.userId, act.askedAt)
      return { stage: 'done', result: { submissions } }
    }
    case 'try-policy': {
      const trial = await tryRelink(store.database, {
        ...{ dataset: 'production', policy: request.policy },
      })
      const kept = await keepReport(store.database, { act: act.id, actor: actor.userId }, trial)
      return { stage: 'done', result: kept }
    }
    case 'relink':
      return relinkAsReported(store, request, act, actor)
    case 'draft-release': {
      const drafted = await draftRelease(store.database, { ...request, actor: actor.userId })
      if (drafted.ok) return { stage: 'done', result: drafted.draft }
      // Nobody need look at what is not there.
      await withTransaction(store.database, (client) =>
        dropApproval(client, { kind: 'release', subject: act.id }, new Date()),
      )
      return { stage: 'refused', code: drafted.code }
    }
    case 'make-release':
      return release(store, request, act, actor)
    case 'rights': {
      const { request: about, approval, lifts } = request
      const asked = { request: about, approval, approvedBy: actor.userId }
      const work = lifts === true ? liftRestriction : carryOut
      const done = await work(store, asked, new Date())
      return done.ok ? { stage: 'done', result: done } : { stage: 'refused', code: done.code }
    }
    case 'research': {
      const { extract, approval } = request
      const asked = { extract, approval, approvedBy: actor.userId }
      const made = await makeResearchExtract(store, asked, new Date())
      return made.ok ? { stage: 'done', result: made } : { stage: 'refused', code: made.code }
    }
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
  const found = await findSubmission(store.database, submission)
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
  const undone = await undoDecision(store.database, actor, { dataset: 'production', decision })
  if (undone.ok) return { stage: 'done', result: { decision } }
  // An earlier try may have got as far as that.
  const undoneBefore = await inPrisma(store.database, (prisma) =>
    prisma.decision.count({
      where: { id: decision, undoneBy: actor.userId, undoneAt: { gte: act.askedAt } },
    }),
  )
  return undoneBefore === 1
    ? { stage: 'done', result: { decision } }
    : { stage: 'refused', code: undone.code }
}

async function relinkAsReported(
  store: ProgrammeStore,
  { policy, report, approval: reference }: Doing<'relink'>,
  act: Act,
  actor: Actor,
): Promise<ActEnd> {
  const tried = await findAct(store.database, report)
  const facts = tried === undefined ? undefined : readReportFacts(tried)
  if (facts?.policy !== policy) return { stage: 'refused', code: 'not-found' }
  // An earlier try may have got as far as that: its approval was used up with it.
  const usedBefore = await inPrisma(store.database, (prisma) =>
    prisma.approval.count({
      where: { reference, subject: report, decidedBy: actor.userId, usedAt: { gte: act.askedAt } },
    }),
  )
  if (usedBefore === 1) return { stage: 'done', result: { policy } }
  const { linkageVersion } = facts
  const done = await relinkReported(
    store.database,
    { dataset: 'production', policy, linkageVersion, actor: actor.userId },
    (client) =>
      useAtOnce(
        client,
        { kind: 'relink', subject: report, reference, approvedBy: actor.userId },
        new Date(),
      ),
  )
  return done.ok
    ? { stage: 'done', result: { policy, changed: done.changed } }
    : { stage: 'refused', code: done.code }
}

async function release(
  store: ProgrammeStore,
  { profile, lastQuarter, draft: draftId, approval: reference }: Doing<'make-release'>,
  act: Act,
  actor: Actor,
): Promise<ActEnd> {
  // An earlier try may have got as far as that.
  const madeBefore = await inPrisma(store.database, (prisma) =>
    prisma.release.findFirst({
      where: { profile, lastQuarter, madeBy: actor.userId, madeAt: { gte: act.askedAt } },
      orderBy: { id: 'desc' },
      select: { reference: true },
    }),
  )
  if (madeBefore !== null) return { stage: 'done', result: madeBefore }
  const drafted = await findAct(store.database, draftId)
  const draft = drafted === undefined ? undefined : readDraft(drafted)
  if (draft?.profile !== profile || draft.lastQuarter !== lastQuarter) {
    return { stage: 'refused', code: 'not-found' }
  }
  const { linkageVersion } = draft
  const made = await releaseDraft(
    store.database,
    { ...{ profile, lastQuarter, linkageVersion }, actor: actor.userId },
    (client) =>
      useAtOnce(
        client,
        { kind: 'release', subject: draftId, reference, approvedBy: actor.userId },
        new Date(),
      ),
  )
  return made.ok
    ? { stage: 'done', result: { reference: made.reference } }
    : { stage: 'refused', code: made.code }
}
