import { withTransaction } from '#server/platform/db/pool.ts'
import { askingAct, type Approval } from '#server/identity/approvals/approval.ts'
import { askApproval, type ApprovalContext } from '#server/identity/approvals/approvals.ts'
import { isFresh, type FreshProof } from '#server/identity/actors/fresh-proof.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { ReleaseDraft } from '#server/figures/releases/make-release.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { demandQueues } from '#server/platform/queue/send-job.ts'
import { actRequestSchema, mayAsk, sendRequest, type Act, type ActRequest } from './acts.ts'
import { approveAct, readLatestApproval } from './approved-acts.ts'

/** Drafts of releases that somebody has counted, and the releases that a second person has made of them. */

/**
 * Asks for the draft of a release to be counted, and with it for a second person to make the
 * release after a look at it.
 */
export async function askDraft(
  { pool, now }: ApprovalContext,
  actor: Actor,
  { profile: wanted, lastQuarter }: Pick<Drafted, 'profile' | 'lastQuarter'>,
  fresh: FreshProof,
): Promise<{ readonly ok: true; readonly id: string } | Refusal<'not-found' | 'code-needed'>> {
  const parsed = actRequestSchema.safeParse({ kind: 'draft-release', profile: wanted, lastQuarter })
  if (!parsed.success) return refuse('not-found')
  if (!(await mayAsk(pool, actor, parsed.data))) return NOT_HELD
  const request = parsed.data
  await demandQueues(pool)
  return withTransaction(forActor(pool, actor), async (client) => {
    if (!isFresh(fresh, actor.userId, askingAct('release'), now())) return refuse('code-needed')
    const id = await sendRequest(client, actor, request)
    const asked = await askApproval(
      client,
      actor,
      {
        ...{ kind: 'release', subject: id, providerCode: null, reason: 'draft-counted' },
        particulars: { profile: wanted, lastQuarter },
      },
      fresh,
      now(),
    )
    return asked.ok ? { ok: true, id } : asked
  })
}

type Drafted = Extract<ActRequest, { readonly kind: 'draft-release' }>

/** The request that came with a draft, for who may make its release or take it back. */
export function readDraftApproval(
  context: ApprovalContext,
  actor: Actor,
  draft: string,
): Promise<Approval | undefined> {
  return readLatestApproval(context, actor, { kind: 'release', subject: draft })
}

/** Approves the release of a draft, and has a worker make it of what the draft was counted from. */
export function approveRelease(
  context: ApprovalContext,
  actor: Actor,
  { draft, boundTo }: { readonly draft: string; readonly boundTo: string },
  fresh: FreshProof,
): ReturnType<typeof approveAct> {
  const at = { kind: 'release', act: draft, boundTo } as const
  return approveAct(context, actor, at, fresh, (act, approval) => {
    const { request } = act
    if (request.kind !== 'draft-release' || readDraft(act) === undefined) return undefined
    const { profile, lastQuarter } = request
    return { kind: 'make-release', profile, lastQuarter, draft, approval }
  })
}

/** The draft that an act came to; undefined when it came to none. */
export function readDraft({ request, stage, result }: Act): ReleaseDraft | undefined {
  if (request.kind !== 'draft-release' || stage !== 'done') return undefined
  // Written by a worker of ours, and shown to those who asked for it.
  return result as ReleaseDraft
}
