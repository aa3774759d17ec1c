import { readUserNames } from '#server/identity/actors/user-names.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { APPROVAL_KINDS, isApprovalKind, type ApprovalKind } from './approval-kinds.ts'
import { approvalOf } from './approval.ts'

/** A request that can still be approved or used, as an operator sees it. */
export interface StandingRequest {
  readonly reference: string
  readonly kind: ApprovalKind
  readonly subject: string
  /** A name. */
  readonly askedBy: string
  readonly askedAt: Date
  readonly stage: 'waiting' | 'approved'
  readonly until: Date
}

const DAY = 86_400_000

/** Lists everything that waits, whoever asked, for the operator of the server. */
export async function listEveryApproval(
  database: Database,
  now: Date,
): Promise<readonly StandingRequest[]> {
  const rows = await inPrisma(database, (prisma) =>
    prisma.approval.findMany({ where: { usedAt: null }, orderBy: { id: 'desc' } }),
  )
  const standing = rows
    .filter(({ kind }) => isApprovalKind(kind))
    .map((row) => approvalOf(row, now))
  const names = await readUserNames(
    database,
    standing.map(({ askedBy }) => askedBy),
  )
  return standing.flatMap(({ stage, reference, kind, subject, askedBy, askedAt, ...rest }) => {
    if (stage !== 'waiting' && stage !== 'approved') return []
    const { decidedAt, expiresAt } = rest
    const until =
      decidedAt === null
        ? expiresAt
        : new Date(decidedAt.getTime() + APPROVAL_KINDS[kind].usableDays * DAY)
    const by = names.get(askedBy) ?? askedBy
    return [{ ...{ reference, kind, subject, askedAt, stage, until }, askedBy: by }]
  })
}
