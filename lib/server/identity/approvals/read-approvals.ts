import { may, type Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { approvalOf, tidyReference, type Approval } from './approval.ts'
import { APPROVAL_KINDS, askingRight, isApprovalKind, type ApprovalKind } from './approval-kinds.ts'

/** Requests for a second person as they stand, to whoever may ask for such or approve it. */

/** How many requests are listed. */
const LISTED = 50

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
    .filter(({ kind }) => isApprovalKind(kind) && mayFollow(actor, kind))
    .map((row) => approvalOf(row, now))
}

/** Whoever may ask for a kind follows what became of it, and so does whoever may approve it. */
function mayFollow(actor: Actor, kind: ApprovalKind): boolean {
  return may(actor, askingRight(kind)) || may(actor, APPROVAL_KINDS[kind].right)
}

/** One request that an actor reaches. */
export async function readApproval(
  database: Database,
  actor: Actor,
  reference: string,
  now: Date,
): Promise<{ readonly ok: true; readonly approval: Approval } | Refusal<'not-found'>> {
  const row = await inPrisma(forActor(database, actor), (prisma) =>
    prisma.approval.findUnique({ where: { reference: tidyReference(reference) } }),
  )
  if (row === null || !isApprovalKind(row.kind)) return refuse('not-found')
  return (await holdsRight(database, actor, APPROVAL_KINDS[row.kind].right))
    ? { ok: true, approval: approvalOf(row, now) }
    : NOT_HELD
}
