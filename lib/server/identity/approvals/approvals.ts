import type pg from 'pg'
import { isOfProvider, may, type Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { isFresh, type FreshProof } from '#server/identity/actors/fresh-proof.ts'
import { enterRefusal } from '#server/identity/audit/holds-right.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { jsonValue } from '#server/platform/db/json-value.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { newReference } from '#server/platform/machine/new-reference.ts'
import {
  approvalOf,
  approvingAct,
  askingAct,
  digestOf,
  tidyReference,
  usingAct,
  type Approval,
  type Wanted,
} from './approval.ts'
import {
  APPROVAL_KINDS,
  askingRight,
  isApprovalKind,
  WAITING_DAYS,
  type ApprovalKind,
  type ApprovalRule,
  type RefusalReason,
} from './approval-kinds.ts'
import { checkSecondPerson, mayAskNow, type SecondPersonRefusal } from './second-person.ts'

/**
 * The consent of two people: one asks, another approves or refuses, and what was approved is used
 * once and soon, by the one who asked or by a worker. Each step takes a fresh second factor and is
 * audited; the thing is told by the request alone, so that what is used is what was approved.
 */

/** Where requests are kept, and the clock they go by. */
export interface ApprovalContext {
  readonly pool: Database
  readonly now: () => Date
}

const DAY = 86_400_000
/**
 * Asks for approval, in the transaction of `client`, which reaches what the actor reaches. What the
 * same person asked for before and can still be used is that.
 */
export async function askApproval(
  client: pg.ClientBase,
  actor: Actor,
  wanted: Wanted,
  fresh: FreshProof,
  now: Date,
): Promise<
  { readonly ok: true; readonly approval: Approval } | Refusal<'not-found' | 'code-needed'>
> {
  const rule: ApprovalRule = APPROVAL_KINDS[wanted.kind]
  if (!may(actor, askingRight(wanted.kind)) || !reaches(actor, wanted)) return refuse('not-found')
  if (!rule.reasons.includes(wanted.reason)) return refuse('not-found')
  if (!(await mayAskNow(client, actor.userId, wanted))) return refuse('not-found')
  if (!isFresh(fresh, actor.userId, askingAct(wanted.kind), now)) return refuse('code-needed')
  const boundTo = digestOf(wanted)
  await run(client, 'approvals/lock-asking', [`${boundTo.toString('hex')} ${actor.userId}`])
  const standing = await findStanding(client, actor, wanted, now)
  if (standing !== undefined) return { ok: true, approval: standing }
  const made = await inPrisma(client, (prisma) =>
    prisma.approval.create({
      data: {
        reference: newReference('approval'),
        ...{ kind: wanted.kind, subject: wanted.subject, providerCode: wanted.providerCode },
        ...{ particulars: jsonValue(wanted.particulars), boundTo, reason: wanted.reason },
        ...{ askedBy: actor.userId, askedAt: now },
        expiresAt: new Date(now.getTime() + WAITING_DAYS * DAY),
      },
    }),
  )
  const approval = approvalOf(made, now)
  await audit(client, actor.userId, approval, 'asked')
  return { ok: true, approval }
}

/** What an actor asked for before and can still be approved or used; undefined when there is none. */
async function findStanding(
  on: pg.ClientBase,
  actor: Actor,
  wanted: Pick<Wanted, 'kind' | 'subject' | 'particulars'>,
  now: Date,
): Promise<Approval | undefined> {
  const before = await inPrisma(on, (prisma) =>
    prisma.approval.findFirst({
      where: {
        ...{ kind: wanted.kind, subject: wanted.subject },
        ...{ askedBy: actor.userId, boundTo: digestOf(wanted) },
      },
      orderBy: { id: 'desc' },
    }),
  )
  const standing = before === null ? undefined : approvalOf(before, now)
  return standing?.stage === 'waiting' || standing?.stage === 'approved' ? standing : undefined
}

/** A request, and what a second person was shown of it: another digest says it was something else. */
export interface ShownRequest {
  readonly reference: string
  readonly boundTo: string
}

export type DecisionRefusal =
  | SecondPersonRefusal
  | Refusal<'not-found' | 'approval-over' | 'approval-other' | 'code-needed'>

type Decided = { readonly ok: true; readonly approval: Approval } | DecisionRefusal

/** Whether an actor may decide a request now: looked at before a code, which is used up. */
export function mayDecide(
  { pool, now }: ApprovalContext,
  actor: Actor,
  shown: ShownRequest,
): Promise<Decided> {
  return withTransaction(forActor(pool, actor), (client) => holdToDecide(client, actor, shown, now))
}

/**
 * Approves a request of somebody else, as a second person with a fresh second factor. Of two at
 * once one decides; the other finds that it is over. `then` does, in the same transaction, what the
 * approval itself does, or begins what a worker does. `first` takes locks that others hold while they
 * take such a request back.
 */
export async function approve(
  { pool, now }: ApprovalContext,
  actor: Actor,
  shown: ShownRequest,
  fresh: FreshProof,
  then?: (client: pg.PoolClient, approval: Approval) => Promise<void>,
  first?: (client: pg.PoolClient) => Promise<unknown>,
): Promise<Decided> {
  const decided = await withTransaction(forActor(pool, actor), async (client): Promise<Decided> => {
    await first?.(client)
    const held = await holdToDecide(client, actor, shown, now)
    if (!held.ok) return held
    const { approval } = held
    if (APPROVAL_KINDS[approval.kind].doneBy !== 'asker' && then === undefined) {
      return refuse('not-found')
    }
    if (!isFresh(fresh, actor.userId, approvingAct(approval.reference), now())) {
      return refuse('code-needed')
    }
    const settled = await settle(client, actor.userId, approval, { outcome: 'approved' }, now())
    await then?.(client, settled)
    return { ok: true, approval: settled }
  })
  return enterRefusal(pool, actor, decided, 'approve')
}

/** Refuses a request of somebody else: it is over. Whoever may approve it may refuse it. */
export async function refuseApproval(
  { pool, now }: ApprovalContext,
  actor: Actor,
  shown: ShownRequest,
  reason: RefusalReason,
): Promise<Decided> {
  const decided = await withTransaction(forActor(pool, actor), async (client): Promise<Decided> => {
    const held = await holdToDecide(client, actor, shown, now)
    if (!held.ok) return held
    const outcome = { outcome: 'refused', refusedFor: reason } as const
    return { ok: true, approval: await settle(client, actor.userId, held.approval, outcome, now()) }
  })
  return enterRefusal(pool, actor, decided, 'refuse')
}

/** Takes a request back; whoever asked may, until it is decided. */
export async function withdrawApproval(
  { pool, now }: ApprovalContext,
  actor: Actor,
  reference: string,
): Promise<Withdrawn> {
  const withdrawn = await withTransaction(
    forActor(pool, actor),
    async (client): Promise<Withdrawn> => {
      const approval = await hold(client, reference, now)
      if (approval?.askedBy !== actor.userId) return refuse('not-found')
      if (approval.stage !== 'waiting') return refuse('approval-over')
      const outcome = { outcome: 'withdrawn' } as const
      return { ok: true, approval: await settle(client, actor.userId, approval, outcome, now()) }
    },
  )
  return enterRefusal(pool, actor, withdrawn, 'withdraw')
}

type Withdrawn =
  | { readonly ok: true; readonly approval: Approval }
  | Refusal<'not-found' | 'approval-over'>

/** Takes back, for whoever asked, what can no longer come about; nothing where it is decided. */
export async function dropApproval(
  client: pg.ClientBase,
  { kind, subject }: Pick<Wanted, 'kind' | 'subject'>,
  now: Date,
): Promise<void> {
  // Two people may each have asked for the same.
  const rows = await inPrisma(client, (prisma) =>
    prisma.approval.findMany({
      where: { kind, subject, decidedAt: null },
      orderBy: { id: 'asc' },
      select: { reference: true },
    }),
  )
  for (const { reference } of rows) {
    const approval = await hold(client, reference, () => now)
    if (approval?.stage !== 'waiting') continue
    await settle(client, approval.askedBy, approval, { outcome: 'withdrawn' }, now)
  }
}

export type UseRefusal =
  | SecondPersonRefusal
  | Refusal<'not-found' | 'approval-waits' | 'approval-over' | 'code-needed'>

type Used = { readonly ok: true; readonly approval: Approval } | UseRefusal

/**
 * Uses an approval up, in the transaction of `client` that does what was approved: by whoever asked
 * for it, with a fresh second factor, within the days of its kind, and while both people are still
 * who may. Answers exactly what was approved.
 */
export async function useApproval(
  client: pg.ClientBase,
  actor: Actor,
  { reference, kinds }: { readonly reference: string; readonly kinds: readonly ApprovalKind[] },
  fresh: FreshProof,
  now: Date,
): Promise<Used> {
  const approval = await hold(client, reference, () => now)
  if (approval?.askedBy !== actor.userId || !kinds.includes(approval.kind)) {
    return refuse('not-found')
  }
  const rule: ApprovalRule = APPROVAL_KINDS[approval.kind]
  if (!may(actor, askingRight(approval.kind)) || rule.doneBy !== 'asker') return refuse('not-found')
  if (approval.stage === 'waiting') return refuse('approval-waits')
  if (
    approval.stage === 'approved' &&
    !isFresh(fresh, actor.userId, usingAct(approval.reference), now)
  ) {
    return refuse('code-needed')
  }
  return useUp(client, approval, now)
}

/**
 * Uses up what a second person does by approving it, or has a worker do: approved by that person, of
 * that kind and subject.
 */
export async function useAtOnce(
  client: pg.ClientBase,
  wanted: Pick<Wanted, 'kind' | 'subject'> & {
    readonly reference: string
    readonly approvedBy: string
  },
  now: Date,
): Promise<Used> {
  const approval = await hold(client, wanted.reference, () => now)
  if (approval?.decidedBy !== wanted.approvedBy) return refuse('not-found')
  if (approval.kind !== wanted.kind || approval.subject !== wanted.subject) {
    return refuse('not-found')
  }
  if (APPROVAL_KINDS[approval.kind].doneBy === 'asker') return refuse('not-found')
  return useUp(client, approval, now)
}

async function useUp(client: pg.ClientBase, approval: Approval, now: Date): Promise<Used> {
  if (approval.stage !== 'approved' || approval.decidedBy === null) return refuse('approval-over')
  const people = await checkSecondPerson(client, approval, approval.decidedBy, now)
  if (!people.ok) return people
  await inPrisma(client, (prisma) =>
    prisma.approval.update({
      where: { reference: approval.reference },
      data: { usedAt: now },
      select: { id: true },
    }),
  )
  await audit(client, approval.askedBy, approval, 'used')
  return { ok: true, approval: { ...approval, stage: 'used' } }
}

/** A request under its lock, if this actor may be its second person. */
async function holdToDecide(
  client: pg.ClientBase,
  actor: Actor,
  { reference, boundTo }: ShownRequest,
  now: () => Date,
): Promise<Decided> {
  const approval = await hold(client, reference, now)
  if (approval === undefined || !may(actor, APPROVAL_KINDS[approval.kind].right)) {
    return refuse('not-found')
  }
  if (approval.askedBy === actor.userId) return refuse('own-request')
  if (approval.stage !== 'waiting') return refuse('approval-over')
  if (approval.boundTo !== boundTo) return refuse('approval-other')
  const second = await checkSecondPerson(client, approval, actor.userId, now())
  return second.ok ? { ok: true, approval } : second
}

/**
 * A request that nobody else takes a step of until the transaction ends, as it stands once it is held: it
 * may have run out while somebody waited for it.
 */
async function hold(
  client: pg.ClientBase,
  typed: string,
  now: () => Date,
): Promise<Approval | undefined> {
  const reference = tidyReference(typed)
  await run(client, 'approvals/lock', [reference])
  const row = await inPrisma(client, (prisma) =>
    prisma.approval.findUnique({ where: { reference } }),
  )
  return row === null || !isApprovalKind(row.kind) ? undefined : approvalOf(row, now())
}

async function settle(
  client: pg.ClientBase,
  by: string,
  approval: Approval,
  as:
    | { readonly outcome: 'approved' | 'withdrawn' }
    | { readonly outcome: 'refused'; readonly refusedFor: RefusalReason },
  now: Date,
): Promise<Approval> {
  const settled = await inPrisma(client, (prisma) =>
    prisma.approval.update({
      where: { reference: approval.reference },
      data: { ...as, decidedBy: by, decidedAt: now },
    }),
  )
  await audit(client, by, approval, as.outcome)
  return approvalOf(settled, now)
}

async function audit(
  client: pg.ClientBase,
  by: string,
  { reference, kind, subject, reason }: Approval,
  step: 'asked' | 'approved' | 'refused' | 'withdrawn' | 'used',
): Promise<void> {
  await appendAudit(client, {
    actor: by,
    event: `approval.${step}`,
    subject: reference,
    detail: { kind, of: subject, reason },
  })
}

/** A provider's people ask for their own organisation alone. */
function reaches(actor: Actor, { providerCode }: Wanted): boolean {
  return !isOfProvider(actor) || providerCode === actor.providerCode
}
