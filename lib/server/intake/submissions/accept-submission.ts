import { isFeedKind } from '#core/standard/feeds/feed-kinds.ts'
import type pg from 'pg'
import { whatStops, type FileStop } from '#core/checks/what-stops.ts'
import type { FileFinding } from '#core/standard/finding.ts'
import type { ServerCode } from '#core/messages/operating/refusals.ts'
import type { SubmissionCode } from '#core/messages/submissions/submission-refusals.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { demandQueues, sendJob } from '#server/platform/queue/send-job.ts'
import { isTriedOut } from '#core/messages/register/stage-words.ts'
import { readService } from '#server/programme/register/read-programme.ts'
import type { ReceivingStore } from '#server/store/receiving-store.ts'
import { changeState } from './change-state.ts'
import { findLinked, lockSubmission, type Submission } from './read-submission.ts'

/** What a person takes responsibility for when they submit a checked file. */
export interface Acceptance {
  /** Rows with a must-fix finding are left out and counted as rejected. */
  readonly leaveOut: boolean
  /** What is to be confirmed is confirmed. */
  readonly confirm: boolean
  /** Reference of the submission whose place it takes: the one whose difference was shown. */
  readonly replaces?: string
}

/** A submission that is accepted, with a job on its way. */
export interface Accepted {
  readonly ok: true
  readonly submission: Submission
}

/**
 * What stops a submission from being accepted; the detail names a finding or what stands in its
 * place.
 */
export type AcceptanceRefusal = Refusal<SubmissionCode | ServerCode | FileStop['code']>

/**
 * Accepts a checked submission and sends the job that takes it into the figures, in one
 * transaction. A submission that was accepted before and whose job failed is sent again as it was
 * accepted.
 */
export async function acceptSubmission(
  store: ReceivingStore,
  id: string,
  acceptance: Acceptance,
  actor: string,
): Promise<Accepted | AcceptanceRefusal> {
  await demandQueues(store.database)
  const result = await withTransaction(store.database, async (client) => {
    const submission = await lockSubmission(client, id)
    if (submission === undefined) return refuse('submission-unknown' as const)
    const { state, fileId } = submission
    if (state === 'accepted' || state === 'pseudonymised') {
      if (state === 'accepted' && fileId === null) return refuse('file-erased' as const)
      await sendJob(client, 'process', { submission: id, actor })
      return { ok: true as const, submission }
    }
    if (state === 'linked' || state === 'rejected' || state === 'withdrawn') {
      return refuse('no-longer-open' as const, { state })
    }
    if (state !== 'checked') return refuse('not-checked' as const, { state })
    if (fileId === null) return refuse('file-erased' as const)
    const service = await readService(client, submission.service)
    if (isTriedOut(service?.stage ?? 'production')) return refuse('trial-only' as const)
    const refusal = await findRefusal(client, submission, acceptance)
    if (refusal !== undefined) return refusal
    await keepAcceptance(client, id, acceptance)
    await sendJob(client, 'process', { submission: id, actor })
    const accepted = await changeState(client, id, {
      to: 'accepted',
      actor,
      detail: { leftOut: submission.rows?.rejected ?? 0, confirmed: acceptance.confirm },
    })
    return { ok: true as const, submission: accepted }
  })
  faultPoint('after-submission-accepted')
  return result
}

async function keepAcceptance(
  client: pg.ClientBase,
  id: string,
  { leaveOut, replaces }: Acceptance,
): Promise<void> {
  await inPrisma(client, async ({ submission }) => {
    const replaced =
      replaces === undefined
        ? null
        : await submission.findUnique({ select: { id: true }, where: { reference: replaces } })
    await submission.update({
      select: { id: true },
      where: { id: BigInt(id) },
      data: { leaveOut, replacesId: replaced?.id ?? null },
    })
  })
}

/** What of its findings or of what stands already was not answered for. */
async function findRefusal(
  client: pg.PoolClient,
  submission: Submission,
  acceptance: Acceptance,
): Promise<AcceptanceRefusal | undefined> {
  const findings = await readFindings(client, submission.id)
  const standing = await findLinked(client, submission)
  const stop = whatStops(findings, {
    leaveOut: acceptance.leaveOut,
    confirmed: acceptance.confirm,
    place:
      // What it was to replace may be gone: nothing stands in its way any more.
      standing === undefined || isFeedKind(submission.kind)
        ? 'free'
        : standing.reference === acceptance.replaces
          ? 'to-be-replaced'
          : 'taken',
  })
  if (stop === undefined) return undefined
  if (stop.rung === 'file') return refuse(stop.code, { field: stop.field })
  return stop.rung === 'replace'
    ? refuse(stop.code, { standing: standing?.reference ?? '' })
    : refuse(stop.code)
}

async function readFindings(client: pg.ClientBase, id: string): Promise<FileFinding[]> {
  const findings = await inPrisma(client, ({ findingCount }) =>
    findingCount.findMany({
      select: { severity: true, code: true, field: true },
      where: { submissionId: BigInt(id) },
    }),
  )
  // What we wrote ourselves.
  return findings as FileFinding[]
}
