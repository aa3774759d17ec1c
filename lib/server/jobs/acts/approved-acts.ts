import type { ApprovalKind } from '#server/identity/approvals/approval-kinds.ts'
import type { Approval } from '#server/identity/approvals/approval.ts'
import {
  approve,
  type ApprovalContext,
  type DecisionRefusal,
} from '#server/identity/approvals/approvals.ts'
import { listApprovals } from '#server/identity/approvals/read-approvals.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { FreshProof } from '#server/identity/actors/fresh-proof.ts'
import { refuse } from '#server/platform/faults/fault.ts'
import { demandQueues } from '#server/platform/queue/send-job.ts'
import { readAct, sendRequest, type Act, type ActRequest } from './acts.ts'

/** Acts that a second person approves before a worker does them, or goes on from what they came to. */

/** What an act's outcome is looked at for. */
type Outcome = 'release' | 'relink'

/** The latest request of a kind about one subject, for who may ask or approve it. */
export async function readLatestApproval(
  { pool, now }: ApprovalContext,
  actor: Actor,
  about: { readonly kind: ApprovalKind; readonly subject: string },
): Promise<Approval | undefined> {
  const [asked] = await listApprovals(pool, actor, now(), about)
  return asked
}

/** Approves a request as a second person, with a fresh second factor, and has a worker do `request` in the same transaction. */
export async function approveAndSend(
  context: ApprovalContext,
  actor: Actor,
  approval: { readonly reference: string; readonly boundTo: string },
  fresh: FreshProof,
  request: ActRequest,
): Promise<{ readonly ok: true; readonly id: string } | DecisionRefusal> {
  await demandQueues(context.pool)
  let id = ''
  const approved = await approve(context, actor, approval, fresh, async (client) => {
    id = await sendRequest(client, actor, request)
  })
  return approved.ok ? { ok: true, id } : approved
}

/**
 * Approves as a second person what an act came to, with a fresh second factor, and has a worker do
 * what follows from it: `following` says what, given the act and the approval's reference, or
 * undefined where nothing does.
 */
export async function approveAct(
  context: ApprovalContext,
  actor: Actor,
  {
    kind,
    act: id,
    boundTo,
  }: {
    readonly kind: Outcome
    readonly act: string
    readonly boundTo: string
  },
  fresh: FreshProof,
  following: (act: Act, approval: string) => ActRequest | undefined,
): Promise<{ readonly ok: true; readonly id: string } | DecisionRefusal> {
  const read = await readAct(context.pool, actor, id)
  if (!read.ok) return read
  const asked = await readLatestApproval(context, actor, { kind, subject: id })
  if (asked === undefined) return refuse('not-found')
  const { reference } = asked
  const request = following(read.act, reference)
  if (request === undefined) return refuse('not-found')
  return approveAndSend(context, actor, { reference, boundTo }, fresh, request)
}
