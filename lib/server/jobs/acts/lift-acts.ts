import type { RightsCode } from '#core/messages/rights/rights-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { FreshProof } from '#server/identity/actors/fresh-proof.ts'
import type { Approval } from '#server/identity/approvals/approval.ts'
import {
  askApproval,
  type ApprovalContext,
  type DecisionRefusal,
} from '#server/identity/approvals/approvals.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { holdRightsRequest, isRestricting } from '#server/linkage/rights/rights-request.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { approveAndSend, readLatestApproval } from './approved-acts.ts'

/** A second officer for lifting a restriction: that a person's records count again. */

/** Asks a second officer to have a restriction lifted, for a reason of the list and with a fresh second factor. */
export async function askLift(
  { pool, now }: ApprovalContext,
  actor: Actor,
  given: { readonly request: string; readonly reason: string },
  fresh: FreshProof,
): Promise<
  | { readonly ok: true; readonly approval: Approval }
  | Refusal<'not-found' | 'code-needed' | RightsCode>
> {
  if (!(await holdsRight(pool, actor, 'rights.handle'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    const request = await holdRightsRequest(client, given.request)
    if (request === undefined) return refuse('not-found')
    if (!isRestricting(request)) return refuse('rights-not-restricted')
    return askApproval(
      client,
      actor,
      {
        ...{ kind: 'restriction-lift', subject: request.reference, providerCode: null },
        // What the restriction came to when it was set.
        ...{ particulars: { records: request.records }, reason: given.reason },
      },
      fresh,
      now(),
    )
  })
}

/** The latest request to lift the restriction of one request of a person. */
export async function readLiftApproval(
  context: ApprovalContext,
  actor: Actor,
  subject: string,
): Promise<Approval | undefined> {
  return readLatestApproval(context, actor, { kind: 'restriction-lift', subject })
}

/** Approves, as a second officer, that a restriction is lifted, and has a worker do it. */
export async function approveLift(
  context: ApprovalContext,
  actor: Actor,
  given: { readonly request: string; readonly boundTo: string },
  fresh: FreshProof,
): Promise<{ readonly ok: true; readonly id: string } | DecisionRefusal> {
  const asked = await readLiftApproval(context, actor, given.request)
  if (asked === undefined) return refuse('not-found')
  const { reference, subject } = asked
  return approveAndSend(context, actor, { reference, boundTo: given.boundTo }, fresh, {
    ...({ kind: 'rights', request: subject, approval: reference, lifts: true } as const),
  })
}
