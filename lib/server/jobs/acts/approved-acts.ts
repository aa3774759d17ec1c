import type { Approval } from '#server/identity/approvals/approval.ts'
import {
  approve,
  listApprovals,
  type ApprovalContext,
  type DecisionRefusal,
} from '#server/identity/approvals/approvals.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { FreshProof } from '#server/identity/actors/fresh-proof.ts'
import { refuse } from '#server/platform/faults/fault.ts'
import { demandQueues } from '#server/platform/queue/send-job.ts'
import { readAct, sendRequest, type Act, type ActRequest } from './acts.ts'

/** Acts whose outcome a second person looks at before a worker goes on from it. */

/** What an act's outcome is looked at for. */
type Outcome = 'release' | 'relink'

/** The latest request that is about what an act came to, for who may ask or approve it. */
export async function readActApproval(
  { pool, now }: ApprovalContext,
  actor: Actor,
  kind: Outcome,
  act: string,
): Promise<Approval | undefined> {
  const [asked] = await listApprovals(pool, actor, now(), { kind, subject: act })
  return asked
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
  const asked = await readActApproval(context, actor, kind, id)
  if (asked === undefined) return refuse('not-found')
  const { reference } = asked
  const request = following(read.act, reference)
  if (request === undefined) return refuse('not-found')
  await demandQueues(context.pool)
  let sent = ''
  const approved = await approve(context, actor, { reference, boundTo }, fresh, async (client) => {
    sent = await sendRequest(client, actor, request)
  })
  return approved.ok ? { ok: true, id: sent } : approved
}
