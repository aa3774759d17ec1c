import type pg from 'pg'
import { compareFrameworks } from '#core/framework/change-framework.ts'
import { EMPTY_FRAMEWORK } from '#core/framework/framework.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { FreshProof } from '#server/identity/actors/fresh-proof.ts'
import type { Approval } from '#server/identity/approvals/approval.ts'
import {
  approve,
  askApproval,
  dropApproval,
  useAtOnce,
  type ApprovalContext,
  type DecisionRefusal,
  type ShownRequest,
} from '#server/identity/approvals/approvals.ts'
import { readApproval } from '#server/identity/approvals/read-approvals.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { Fault, refuse, type Refusal } from '#server/platform/faults/fault.ts'
import {
  addFrameworkVersion,
  readFramework,
} from '#server/programme/register/framework-versions.ts'
import { readDraft, removeDraft } from './framework-draft.ts'

/** The draft put in force by two people: one asks, another approves exactly what it says, and the approval puts it in force. */

/** Asks a second person that the draft be put in force, as it stands. */
export async function askFramework(
  { pool, now }: ApprovalContext,
  actor: Actor,
  { seen, reason }: { readonly seen: number; readonly reason: string },
  fresh: FreshProof,
): Promise<
  | { readonly ok: true; readonly approval: Approval }
  | Refusal<'not-found' | 'code-needed' | 'framework-changed' | 'framework-same'>
> {
  if (!(await holdsRight(pool, actor, 'register.change'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    await run(client, 'framework/lock-framework', [])
    const draft = await readDraft(client)
    const inForce = await readFramework(client)
    if ((draft?.revision ?? 0) !== seen) return refuse('framework-changed')
    if (draft === undefined) return refuse('framework-same')
    if (draft.basedOn !== (inForce?.version ?? 0)) return refuse('framework-changed')
    const { framework, digest, basedOn } = draft
    const changes = compareFrameworks(inForce?.framework ?? EMPTY_FRAMEWORK, framework).length
    if (changes === 0) return refuse('framework-same')
    const version = String(basedOn + 1)
    return askApproval(
      client,
      actor,
      {
        ...{ kind: 'framework', subject: version, providerCode: null, reason },
        particulars: { name: `Version ${version}`, digest, changes },
      },
      fresh,
      now(),
    )
  })
}

/** Approves as a second person that the draft be put in force, which it then is. */
export async function approveFramework(
  context: ApprovalContext,
  actor: Actor,
  shown: ShownRequest,
  fresh: FreshProof,
): Promise<{ readonly ok: true; readonly version: number } | DecisionRefusal> {
  const { pool, now } = context
  const read = await readApproval(pool, actor, shown.reference, now())
  if (!read.ok) return read
  if (read.approval.kind !== 'framework') return refuse('not-found')
  const lock = (client: pg.ClientBase) => run(client, 'framework/lock-framework', [])
  const put = async (client: pg.ClientBase, approval: Approval): Promise<void> => {
    const { kind, subject, reference, particulars, askedBy } = approval
    const draft = await readDraft(client)
    // A draft that was changed took its request back: this one would be of another.
    if (draft === undefined || draft.digest !== particulars['digest']) {
      throw new Fault('unexpected', { approval: 'framework-changed' })
    }
    const by = { kind, subject, reference, approvedBy: actor.userId }
    const used = await useAtOnce(client, by, now())
    if (!used.ok) throw new Fault('unexpected', { approval: used.code })
    await removeDraft(client)
    // Another may have asked for the same.
    await dropApproval(client, { kind, subject }, now())
    await addFrameworkVersion(
      client,
      { version: Number(subject), framework: draft.framework },
      { madeBy: askedBy, agreed: { approval: reference, approvedBy: actor.userId } },
      now(),
    )
  }
  const approved = await approve(context, actor, shown, fresh, put, lock)
  return approved.ok ? { ok: true, version: Number(approved.approval.subject) } : approved
}
