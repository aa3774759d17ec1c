import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { makeReference, REFERENCE_BYTES } from '#core/linkage/references.ts'
import { frameMessage } from '#core/pseudonym/netstring.ts'
import { provePerson } from '#server/identity/accounts/prove-person.ts'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import { isOfProvider, may, type Actor } from '#server/identity/actors/actor.ts'
import { inRole } from '#server/identity/actors/as-role.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { jsonValue } from '#server/platform/db/json-value.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import {
  APART_DAYS,
  APPROVAL_KINDS,
  isApprovalKind,
  WAITING_DAYS,
  type ApprovalKind,
  type ApprovalRule,
} from './approval-kinds.ts'

/**
 * The consent of two people: one asks, another approves or refuses, and the one who asked uses what
 * was approved, once and soon. Each step is audited; the thing is told by the request alone, so
 * that what is used is what was approved.
 */

/** What exactly is asked for, beside its subject: codes, numbers and days. */
export type Particulars = Readonly<Record<string, string | number | boolean | null>>

/** Something that needs a second person. */
export interface Wanted {
  readonly kind: ApprovalKind
  readonly subject: string
  /** The organisation whose people may see and approve it; null is the programme's alone. */
  readonly providerCode: string | null
  readonly particulars: Particulars
  readonly reason: string
}

/** Where a request is. */
export type ApprovalStage = 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'expired' | 'used'

/** A request as it stands. */
export interface Approval extends Wanted {
  readonly reference: string
  /** Digest of kind, subject and particulars, in hexadecimal. */
  readonly boundTo: string
  readonly askedBy: string
  readonly askedAt: Date
  readonly expiresAt: Date
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly stage: ApprovalStage
}

const DAY = 86_400_000
/** How many requests are listed. */
const LISTED = 50

/**
 * Asks for approval, in the transaction of `client`, which reaches what the actor reaches. What the
 * same person asked for before and can still be used is that.
 */
export async function askApproval(
  client: pg.ClientBase,
  actor: Actor,
  wanted: Wanted,
  now: Date,
): Promise<{ readonly ok: true; readonly approval: Approval } | Refusal<'not-found'>> {
  const rule: ApprovalRule = APPROVAL_KINDS[wanted.kind]
  if (!may(actor, rule.right) || !reaches(actor, wanted)) return refuse('not-found')
  if (!rule.reasons.includes(wanted.reason)) return refuse('not-found')
  const boundTo = digestOf(wanted)
  await run(client, 'approvals/lock-asking', [`${boundTo.toString('hex')} ${actor.userId}`])
  const before = await inPrisma(client, (prisma) =>
    prisma.approval.findFirst({
      where: { kind: wanted.kind, subject: wanted.subject, askedBy: actor.userId, boundTo },
      orderBy: { id: 'desc' },
    }),
  )
  const standing = before === null ? undefined : approvalOf(before, now)
  if (standing?.stage === 'waiting' || standing?.stage === 'approved') {
    return { ok: true, approval: standing }
  }
  const made = await inPrisma(client, (prisma) =>
    prisma.approval.create({
      data: {
        reference: approvalReference(),
        ...{ kind: wanted.kind, subject: wanted.subject, providerCode: wanted.providerCode },
        ...{ particulars: jsonValue(wanted.particulars), boundTo, reason: wanted.reason },
        ...{ askedBy: actor.userId, askedAt: now },
        expiresAt: new Date(now.getTime() + WAITING_DAYS * DAY),
      },
    }),
  )
  const approval = approvalOf(made, now)
  await audit(client, actor, approval, 'asked')
  return { ok: true, approval }
}

/** The latest requests that an actor reaches, the newest first; of one kind or subject if named. */
export async function listApprovals(
  database: Database,
  actor: Actor,
  now: Date,
  of: { readonly kind?: ApprovalKind; readonly subject?: string } = {},
): Promise<readonly Approval[]> {
  const rows = await inPrisma(forActor(database, actor), (prisma) =>
    prisma.approval.findMany({ where: of, orderBy: { id: 'desc' }, take: LISTED }),
  )
  return rows
    .filter(({ kind }) => isApprovalKind(kind) && may(actor, APPROVAL_KINDS[kind].right))
    .map((row) => approvalOf(row, now))
}

/** One request that an actor reaches. */
export async function readApproval(
  database: Database,
  actor: Actor,
  reference: string,
  now: Date,
): Promise<{ readonly ok: true; readonly approval: Approval } | Refusal<'not-found'>> {
  const row = await inPrisma(forActor(database, actor), (prisma) =>
    prisma.approval.findUnique({ where: { reference: tidy(reference) } }),
  )
  if (row === null || !isApprovalKind(row.kind)) return refuse('not-found')
  return may(actor, APPROVAL_KINDS[row.kind].right)
    ? { ok: true, approval: approvalOf(row, now) }
    : refuse('not-found')
}

/** What a second person sends: the request, what they were shown of it, and a fresh code. */
export interface SecondPerson {
  readonly reference: string
  /** As shown: another digest says that something else was looked at. */
  readonly boundTo: string
  /** Of their authenticator, at this moment. */
  readonly code: string
  /** The network address, as the portal's own server saw it. */
  readonly address: string
}

export type DecisionRefusal = Refusal<
  | 'not-found'
  | 'own-request'
  | 'second-person-new'
  | 'second-person-close'
  | 'approval-over'
  | 'approval-other'
>

/**
 * Approves a request of somebody else. The second person was there before it was asked, neither of
 * the two made the other's account or let its owner in again in the last 30 days, and a fresh code
 * of their authenticator proves them. Of two at once one decides; the other finds that it is over.
 */
export async function approve(
  context: Pick<AccountContext, 'pool' | 'portalKey' | 'now'>,
  actor: Actor,
  second: SecondPerson,
): Promise<
  | { readonly ok: true; readonly approval: Approval }
  | DecisionRefusal
  | Refusal<'code-refused' | 'code-used' | 'too-many-tries'>
> {
  // Looked at before the code, which is used up by being right.
  const able = await withTransaction(forActor(context.pool, actor), (client) =>
    holdToDecide(client, actor, second, context.now()),
  )
  if (!able.ok) return able
  const proved = await provePerson(context, {
    user: actor.userId,
    code: second.code,
    address: second.address,
  })
  if (!proved.ok) return proved
  return decide(context, actor, second, 'approved')
}

/** Refuses a request of somebody else: it is over. Whoever may approve it may refuse it. */
export function refuseApproval(
  context: Pick<AccountContext, 'pool' | 'now'>,
  actor: Actor,
  second: Pick<SecondPerson, 'reference' | 'boundTo'>,
): Promise<{ readonly ok: true; readonly approval: Approval } | DecisionRefusal> {
  return decide(context, actor, second, 'refused')
}

async function decide(
  { pool, now }: Pick<AccountContext, 'pool' | 'now'>,
  actor: Actor,
  second: Pick<SecondPerson, 'reference' | 'boundTo'>,
  outcome: 'approved' | 'refused',
): Promise<{ readonly ok: true; readonly approval: Approval } | DecisionRefusal> {
  return withTransaction(forActor(pool, actor), async (client) => {
    const held = await holdToDecide(client, actor, second, now())
    if (!held.ok) return held
    return { ok: true, approval: await settle(client, actor, held.approval, outcome, now()) }
  })
}

/** Takes a request back; whoever asked may, until it is used. */
export function withdrawApproval(
  { pool, now }: Pick<AccountContext, 'pool' | 'now'>,
  actor: Actor,
  reference: string,
): Promise<
  { readonly ok: true; readonly approval: Approval } | Refusal<'not-found' | 'approval-over'>
> {
  return withTransaction(forActor(pool, actor), async (client) => {
    const approval = await hold(client, reference, now())
    if (approval?.askedBy !== actor.userId) return refuse('not-found')
    if (approval.stage !== 'waiting') return refuse('approval-over')
    return { ok: true, approval: await settle(client, actor, approval, 'withdrawn', now()) }
  })
}

/**
 * Uses an approval up, in the transaction of `client` that does what was approved: by whoever asked
 * for it, within the days of its kind. Answers exactly what was approved.
 */
export async function useApproval(
  client: pg.ClientBase,
  actor: Actor,
  { reference, kind }: { readonly reference: string; readonly kind: string },
  now: Date,
): Promise<
  | { readonly ok: true; readonly approval: Approval }
  | Refusal<'not-found' | 'approval-waits' | 'approval-over'>
> {
  const approval = await hold(client, reference, now)
  if (approval?.askedBy !== actor.userId || approval.kind !== kind) return refuse('not-found')
  if (!may(actor, APPROVAL_KINDS[approval.kind].right)) return refuse('not-found')
  if (approval.stage === 'waiting') return refuse('approval-waits')
  if (approval.stage !== 'approved') return refuse('approval-over')
  await inPrisma(client, (prisma) =>
    prisma.approval.update({
      where: { reference: approval.reference },
      data: { usedAt: now },
      select: { id: true },
    }),
  )
  await audit(client, actor, approval, 'used')
  return { ok: true, approval: { ...approval, stage: 'used' } }
}

/** A request under its lock, if this actor may be its second person. */
async function holdToDecide(
  client: pg.ClientBase,
  actor: Actor,
  { reference, boundTo }: Pick<SecondPerson, 'reference' | 'boundTo'>,
  now: Date,
): Promise<{ readonly ok: true; readonly approval: Approval } | DecisionRefusal> {
  const approval = await hold(client, reference, now)
  if (approval === undefined || !may(actor, APPROVAL_KINDS[approval.kind].right)) {
    return refuse('not-found')
  }
  if (approval.askedBy === actor.userId) return refuse('own-request')
  if (approval.stage !== 'waiting') return refuse('approval-over')
  if (approval.boundTo !== boundTo) return refuse('approval-other')
  const person = await inPrisma(client, (prisma) =>
    prisma.user.findUnique({ where: { id: actor.userId }, select: { createdAt: true } }),
  )
  if (person === null || person.createdAt >= approval.askedAt) return refuse('second-person-new')
  const since = new Date(now.getTime() - APART_DAYS * DAY)
  const { made } = await inRole(client, 'countonce_audit_reader', () =>
    runForRow(client, 'approvals/has-made-account', [approval.askedBy, actor.userId, since]),
  )
  return made ? refuse('second-person-close') : { ok: true, approval }
}

/** A request that nobody else takes a step of until the transaction ends. */
async function hold(
  client: pg.ClientBase,
  typed: string,
  now: Date,
): Promise<Approval | undefined> {
  const reference = tidy(typed)
  await run(client, 'approvals/lock', [reference])
  const row = await inPrisma(client, (prisma) =>
    prisma.approval.findUnique({ where: { reference } }),
  )
  return row === null || !isApprovalKind(row.kind) ? undefined : approvalOf(row, now)
}

async function settle(
  client: pg.ClientBase,
  actor: Actor,
  approval: Approval,
  outcome: 'approved' | 'refused' | 'withdrawn',
  now: Date,
): Promise<Approval> {
  const settled = await inPrisma(client, (prisma) =>
    prisma.approval.update({
      where: { reference: approval.reference },
      data: { outcome, decidedBy: actor.userId, decidedAt: now },
    }),
  )
  await audit(client, actor, approval, outcome)
  return approvalOf(settled, now)
}

async function audit(
  client: pg.ClientBase,
  actor: Actor,
  { reference, kind, subject, reason }: Approval,
  step: 'asked' | 'approved' | 'refused' | 'withdrawn' | 'used',
): Promise<void> {
  await appendAudit(client, {
    actor: actor.userId,
    event: `approval.${step}`,
    subject: reference,
    detail: { kind, of: subject, reason },
  })
}

interface ApprovalRow extends Omit<Approval, 'kind' | 'particulars' | 'boundTo' | 'stage'> {
  readonly kind: string
  readonly particulars: unknown
  readonly boundTo: Uint8Array
  readonly outcome: string | null
  readonly usedAt: Date | null
}

function approvalOf(row: ApprovalRow, now: Date): Approval {
  const { reference, subject, providerCode, reason, askedBy, askedAt, expiresAt } = row
  return {
    ...{ reference, subject, providerCode, reason, askedBy, askedAt, expiresAt },
    // What we wrote ourselves.
    kind: row.kind as ApprovalKind,
    particulars: row.particulars as Particulars,
    boundTo: Buffer.from(row.boundTo).toString('hex'),
    ...{ decidedBy: row.decidedBy, decidedAt: row.decidedAt },
    stage: stageOf(row, now),
  }
}

function stageOf(row: ApprovalRow, now: Date): ApprovalStage {
  if (row.usedAt !== null) return 'used'
  if (row.outcome === 'refused' || row.outcome === 'withdrawn') return row.outcome
  if (row.decidedAt === null) return now > row.expiresAt ? 'expired' : 'waiting'
  const { usableDays } = APPROVAL_KINDS[row.kind as ApprovalKind]
  return now.getTime() > row.decidedAt.getTime() + usableDays * DAY ? 'expired' : 'approved'
}

/** A provider's people ask for their own organisation alone. */
function reaches(actor: Actor, { providerCode }: Wanted): boolean {
  return !isOfProvider(actor) || providerCode === actor.providerCode
}

function digestOf({ kind, subject, particulars }: Wanted): Buffer<ArrayBuffer> {
  const sorted = Object.entries(particulars).sort(([a], [b]) => (a < b ? -1 : 1))
  const framed = frameMessage(['approval', kind, subject, JSON.stringify(sorted)])
  return Buffer.from(createHash('sha256').update(framed).digest())
}

function tidy(typed: string): string {
  return typed.trim().toUpperCase()
}

/** Like a beneficiary's, with AP in front. */
function approvalReference(): string {
  return makeReference(new Uint8Array(randomBytes(REFERENCE_BYTES))).replace(/^CO-/, 'AP-')
}
