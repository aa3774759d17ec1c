import { dropApproval, useAtOnce, type UseRefusal } from '#server/identity/approvals/approvals.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { DATASETS } from '#server/intake/stops/apply-stops.ts'
import { refreshStatistics } from '#server/linkage/links/refresh-statistics.ts'
import { returnPeople } from '#server/linkage/rights/return-people.ts'
import { holdRightsRequest, isRestricting } from '#server/linkage/rights/rights-request.ts'
import type { RightsCode } from '#core/messages/rights/rights-words.ts'
import { takeLinkingLock, withTransaction } from '#server/platform/db/pool.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import type { ApprovedRequest } from './carry-out.ts'
import { keepLift } from './kept-lifts.ts'

/** A restriction that is no more, and how many records count again. */
export interface Lifted {
  readonly ok: true
  readonly outcome: 'lifted'
  readonly records: number
}

/**
 * Lifts a restriction that two officers agreed to lift, all of it or nothing: one transaction under
 * the locks of linking, whose last statement is its audit entry. Doing it again changes nothing. It is
 * noted outside the database behind the commit, and by every further try: a restored backup that
 * hears of no lift keeps the person apart.
 */
export async function liftRestriction(
  store: ProgrammeStore,
  { request: reference, approval, approvedBy }: ApprovedRequest,
  now: Date,
): Promise<Lifted | UseRefusal | Refusal<'not-found' | RightsCode>> {
  const done = await withTransaction(store.database, async (client) => {
    for (const dataset of DATASETS) await takeLinkingLock(client, dataset)
    const request = await holdRightsRequest(client, reference)
    if (request === undefined) return refuse('not-found')
    // An earlier try may have got as far as that.
    if (request.outcome === 'lifted') return { ok: true, outcome: 'lifted', records: 0 } as const
    if (!isRestricting(request)) return refuse('rights-not-restricted')
    const of = { kind: 'restriction-lift', subject: request.reference } as const
    const used = await useAtOnce(client, { ...of, reference: approval, approvedBy }, now)
    if (!used.ok) return used
    // What a colleague asked for besides is done with it.
    await dropApproval(client, of, now)
    const { records } = await returnPeople(client, store, request)
    faultPoint('before-rights-commit')
    await appendAudit(client, {
      ...{ actor: approvedBy, event: 'rights.lifted', subject: request.reference },
      detail: { reason: used.approval.reason, records },
    })
    return { ok: true, outcome: 'lifted', records } as const
  })
  faultPoint('after-rights-commit')
  if (!done.ok) return done
  await keepLift(store, reference)
  await refreshStatistics(store.database)
  return done
}
