import type { WithdrawingReason } from '#core/messages/releases/publication-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { isFresh, type FreshProof } from '#server/identity/actors/fresh-proof.ts'
import type { Approval } from '#server/identity/approvals/approval.ts'
import {
  approve,
  askApproval,
  useAtOnce,
  type ApprovalContext,
  type DecisionRefusal,
  type ShownRequest,
} from '#server/identity/approvals/approvals.ts'
import { listApprovals, readApproval } from '#server/identity/approvals/read-approvals.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { readRelease, type Release } from '#server/figures/releases/list-releases.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { Fault, refuse, type Refusal } from '#server/platform/faults/fault.ts'

/**
 * What anybody may read without signing in: one administrator asks that a release be published, from
 * a moment on, a second approves, and the approval publishes it. One alone withdraws it.
 */

/** Where releases and requests are, and the clock they go by. */
export interface PublishingContext extends ApprovalContext {
  /** Signed in as who reads releases. */
  readonly releases: Database
}

/** How long ahead a moment may be chosen, in days. */
const FURTHEST_DAYS = 366
const DAY = 86_400_000

/** What withdrawing a published release is proved for. */
export const withdrawingAct = (reference: string): `make withdrawn ${string}` =>
  `make withdrawn ${reference}`

/** Why a release cannot be published. */
export type UnpublishableCode =
  | 'release-not-public'
  | 'release-in-doubt'
  | 'release-not-signed'
  | 'release-published'

/** A release as those see it who may publish it. */
export interface PublishingView {
  readonly ok: true
  readonly release: Release
  /** Quantities that neither the attack told nor other tables showed to be safe. */
  readonly inDoubt: number
  /** Why it cannot be published; undefined where it can. */
  readonly stop: UnpublishableCode | undefined
  /** The latest request to publish it. */
  readonly asked: Approval | undefined
}

/** Reads whether a release is published, may be, or was asked to be. */
export async function readPublishing(
  context: PublishingContext,
  actor: Actor,
  reference: string,
): Promise<PublishingView | Refusal<'not-found'>> {
  const { pool, releases, now } = context
  if (!(await holdsRight(pool, actor, 'release.make'))) return NOT_HELD
  const release = await readRelease(releases, { reference })
  if (release === undefined) return refuse('not-found')
  const inDoubt = await countDoubts(pool, release)
  const wanted = { kind: 'release-publication', subject: reference } as const
  const [asked] = await listApprovals(pool, actor, now(), wanted)
  return { ok: true, release, inDoubt, stop: stopOf(release, inDoubt), asked }
}

async function countDoubts(database: Database, { id }: Release): Promise<number> {
  const repair = await inPrisma(database, ({ releaseRepair }) =>
    releaseRepair.findUnique({ where: { releaseId: BigInt(id) }, select: { inDoubt: true } }),
  )
  // Without a record nothing is known to be safe.
  return repair?.inDoubt ?? Infinity
}

function stopOf(release: Release, inDoubt: number): UnpublishableCode | undefined {
  if (release.publication !== undefined) return 'release-published'
  if (release.profile !== 'public') return 'release-not-public'
  if (inDoubt > 0) return 'release-in-doubt'
  return release.signed === undefined ? 'release-not-signed' : undefined
}

/** Asks a second person that a release be published, from a moment on or as soon as they approve. */
export async function askPublication(
  context: PublishingContext,
  actor: Actor,
  { reference, visibleFrom }: { readonly reference: string; readonly visibleFrom: Date | null },
  fresh: FreshProof,
): Promise<
  | { readonly ok: true; readonly approval: Approval }
  | Refusal<'not-found' | 'code-needed' | 'embargo-past' | UnpublishableCode>
> {
  const read = await readPublishing(context, actor, reference)
  if (!read.ok) return read
  if (read.stop !== undefined) return refuse(read.stop)
  const now = context.now()
  const moment = visibleFrom ?? now
  if (moment < now || moment.getTime() > now.getTime() + FURTHEST_DAYS * DAY) {
    return refuse('embargo-past')
  }
  return withTransaction(forActor(context.pool, actor), (client) =>
    askApproval(
      client,
      actor,
      {
        ...{ kind: 'release-publication', subject: reference, providerCode: null },
        reason: 'to-publish',
        particulars: { digest: read.release.digest, visibleFrom: moment.toISOString() },
      },
      fresh,
      now,
    ),
  )
}

/** Approves as a second person that a release be published, which it then is. */
export async function approvePublication(
  context: PublishingContext,
  actor: Actor,
  shown: ShownRequest,
  fresh: FreshProof,
): Promise<{ readonly ok: true; readonly reference: string } | DecisionRefusal> {
  const { pool, now } = context
  const read = await readApproval(pool, actor, shown.reference, now())
  if (!read.ok) return read
  if (read.approval.kind !== 'release-publication') return refuse('not-found')
  const approved = await approve(context, actor, shown, fresh, async (client, approval) => {
    const { kind, subject, reference, particulars } = approval
    const by = { kind, subject, reference, approvedBy: actor.userId }
    const used = await useAtOnce(client, by, now())
    if (!used.ok) throw new Fault('unexpected', { approval: used.code })
    const { digest, visibleFrom } = particulars
    await inPrisma(client, ({ releasePublication }) =>
      releasePublication.create({
        data: {
          reference: subject,
          digest: new Uint8Array(Buffer.from(String(digest), 'hex')),
          approval: reference,
          visibleFrom: new Date(String(visibleFrom)),
          publishedAt: now(),
        },
        select: { reference: true },
      }),
    )
    await appendAudit(client, {
      actor: actor.userId,
      event: 'release.published',
      subject,
      detail: { from: String(visibleFrom), approval: reference },
    })
  })
  return approved.ok ? { ok: true, reference: approved.approval.subject } : approved
}

/** Withdraws a published release at once, with a fresh second factor: its page then has no figures. */
export async function withdrawPublication(
  { pool, now }: PublishingContext,
  actor: Actor,
  { reference, reason }: { readonly reference: string; readonly reason: WithdrawingReason },
  fresh: FreshProof,
): Promise<{ readonly ok: true } | Refusal<'not-found' | 'code-needed'>> {
  if (!(await holdsRight(pool, actor, 'release.make'))) return NOT_HELD
  if (!isFresh(fresh, actor.userId, withdrawingAct(reference), now())) return refuse('code-needed')
  return withTransaction(forActor(pool, actor), async (client) => {
    const { count } = await inPrisma(client, ({ releasePublication }) =>
      releasePublication.updateMany({
        where: { reference, withdrawnAt: null },
        data: { withdrawnAt: now(), withdrawnFor: reason },
      }),
    )
    if (count === 0) return refuse('not-found')
    await appendAudit(client, {
      actor: actor.userId,
      event: 'release.withdrawn',
      subject: reference,
      detail: { reason },
    })
    return { ok: true }
  })
}
