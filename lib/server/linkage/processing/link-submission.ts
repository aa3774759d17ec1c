import { isFeedKind } from '#core/standard/feeds/feed-kinds.ts'
import type { Database } from '#server/platform/db/database.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { SubmissionCode } from '#core/messages/submissions/submission-refusals.ts'
import { refreshStatistics } from '#server/linkage/links/refresh-statistics.ts'
import { changeLinks, type LinkOutcome } from '#server/linkage/links/change-links.ts'
import type { LinkProgress } from '#server/linkage/links/link-progress.ts'
import { takeLinkingLock } from '#server/platform/db/pool.ts'
import { changeState } from '#server/intake/submissions/change-state.ts'
import {
  findLinked,
  readSubmission,
  type Submission,
} from '#server/intake/submissions/read-submission.ts'
import { applyStops, bothStopped, countStopped } from '#server/intake/stops/apply-stops.ts'
import { giveBackLate } from '#server/intake/stops/give-back.ts'
import type { StopStore } from '#server/intake/stops/stopped-file.ts'
import { removeRecords } from './remove-records.ts'

/** A submission that is in the figures. */
export interface Linked {
  readonly ok: true
  /** Undefined when another worker had linked it meanwhile. */
  readonly links: LinkOutcome | undefined
}

/** A feed takes the place of every one that came before it. */
function mayReplace({ id, kind, replacesId }: Submission, standing: Submission): boolean {
  return standing.id === replacesId || (isFeedKind(kind) && Number(standing.id) < Number(id))
}

/**
 * Puts a pseudonymised submission into the figures, and takes out the one it replaces: one
 * transaction under the dataset's lock. Refused when another submission has taken the place
 * meanwhile; the records are then removed.
 */
export async function linkSubmission(
  store: StopStore & { readonly database: Database },
  submission: Submission,
  actor: string,
  onProgress?: LinkProgress,
): Promise<Linked | Refusal<SubmissionCode>> {
  const { database } = store
  faultPoint('before-linking')
  const result = await withTransaction(database, async (client) => {
    await takeLinkingLock(client, submission.dataset)
    // A worker that was thought dead may have finished while this one waited: what it linked must
    // not be taken for another's.
    const now = await readSubmission(client, submission.id)
    if (now?.state === 'linked') return { ok: true as const, links: undefined }
    // Staging was scrubbed, or it was withdrawn, while this one waited.
    if (now?.state === 'withdrawn') return refuse('not-linked' as const, { state: now.state })
    const standing = await findLinked(client, submission)
    if (standing !== undefined && !mayReplace(submission, standing)) {
      await removeRecords(client, submission.id)
      await changeState(client, submission.id, { to: 'withdrawn', actor, reason: 'replace-needed' })
      return refuse('replace-needed' as const, { standing: standing.reference })
    }
    // Somebody may have been erased since it was loaded, and for somebody a restriction lifted.
    const back = await giveBackLate(client, store, submission)
    const stopped = bothStopped(
      await applyStops(client, store, submission, 'own'),
      await applyStops(client, store, submission, 'of others'),
    )
    await countStopped(client, submission.id, stopped)
    const isAsLoaded = back === 0 && stopped.rows === 0
    const links = await changeLinks(
      client,
      {
        dataset: submission.dataset,
        arriving: [submission.id],
        leaving: standing === undefined ? [] : [standing.id],
        ...(isAsLoaded ? { beside: database } : {}),
      },
      onProgress,
    )
    faultPoint('after-figures')
    if (standing !== undefined) {
      await removeRecords(client, standing.id)
      await changeState(client, standing.id, {
        to: 'withdrawn',
        actor,
        reason: 'replaced',
        detail: { by: submission.reference },
      })
    }
    faultPoint('before-linking-audit')
    await changeState(client, submission.id, {
      to: 'linked',
      actor,
      detail: { records: (submission.records ?? 0) + back - stopped.rows, changed: links.changed },
    })
    faultPoint('before-linking-commit')
    return { ok: true as const, links }
  })
  faultPoint('after-linking-commit')
  await refreshStatistics(database)
  return result
}
