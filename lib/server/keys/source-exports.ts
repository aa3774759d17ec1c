import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { makeReference, REFERENCE_BYTES } from '#core/linkage/references.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'
import type { SourceKey } from './key-ring.ts'

/**
 * The source key leaves the portal with two people only: an administrator asks, another agrees, and
 * the one who asked exports it, once and soon. Each step is audited with the key's check value.
 */

/** A request to export a source key, as it stands. */
export interface SourceExport {
  readonly reference: string
  readonly epoch: number
  readonly keyCheck: string
  readonly askedBy: string
  readonly askedAt: Date
  readonly approvedBy: string | null
  readonly approvedAt: Date | null
  readonly exportedAt: Date | null
}

/** Where a request is. */
export type ExportStage = 'waiting' | 'approved' | 'exported' | 'expired'

/** Days that a request waits for a second person, and hours that an approval is good for. */
export const WAITING_DAYS = 7
export const APPROVED_HOURS = 24

const HOUR = 3_600_000
/** How many requests are listed. */
const LISTED = 20

/** What Prisma is asked for a SourceExport. */
const FIELDS = {
  reference: true,
  epoch: true,
  keyCheck: true,
  askedBy: true,
  askedAt: true,
  approvedBy: true,
  approvedAt: true,
  exportedAt: true,
} as const

/** Where a request is at a moment. */
export function exportStage(request: SourceExport, now: Date): ExportStage {
  if (request.exportedAt !== null) return 'exported'
  const { approvedAt, askedAt } = request
  const until =
    approvedAt === null
      ? askedAt.getTime() + WAITING_DAYS * 24 * HOUR
      : approvedAt.getTime() + APPROVED_HOURS * HOUR
  if (now.getTime() > until) return 'expired'
  return approvedAt === null ? 'waiting' : 'approved'
}

/**
 * Asks for a source key to be exported; what the same person asked before and can still be used is
 * that.
 */
export async function askSourceExport(
  database: Database,
  actor: Actor,
  key: SourceKey,
  now: Date,
): Promise<
  | { readonly ok: true; readonly request: SourceExport; readonly stage: ExportStage }
  | Refusal<'not-found'>
> {
  if (!may(actor, 'key.export')) return refuse('not-found')
  return withTransaction(database, async (client) => {
    const before = await inPrisma(client, (prisma) =>
      prisma.sourceExport.findFirst({
        where: { askedBy: actor.userId, epoch: key.epoch, keyCheck: key.check },
        select: FIELDS,
        orderBy: { id: 'desc' },
      }),
    )
    const stage = before === null ? 'expired' : exportStage(before, now)
    if (before !== null && (stage === 'waiting' || stage === 'approved')) {
      return { ok: true as const, request: before, stage }
    }
    const request = await inPrisma(client, (prisma) =>
      prisma.sourceExport.create({
        data: {
          reference: exportReference(),
          epoch: key.epoch,
          keyCheck: key.check,
          askedBy: actor.userId,
          askedAt: now,
        },
        select: FIELDS,
      }),
    )
    await appendAudit(client, {
      actor: actor.userId,
      event: 'key.export-requested',
      subject: request.reference,
      detail: { epoch: key.epoch, sourceKey: key.check },
    })
    return { ok: true as const, request, stage: 'waiting' as const }
  })
}

/** The requests that wait for a second person or for their export, the newest first. */
export async function listSourceExports(
  database: Database,
  actor: Actor,
  now: Date,
): Promise<
  | { readonly ok: true; readonly requests: readonly (SourceExport & { stage: ExportStage })[] }
  | Refusal<'not-found'>
> {
  if (!may(actor, 'key.export')) return refuse('not-found')
  const requests = await inPrisma(database, (prisma) =>
    prisma.sourceExport.findMany({ select: FIELDS, orderBy: { id: 'desc' }, take: LISTED }),
  )
  return { ok: true, requests: requests.map((row) => ({ ...row, stage: exportStage(row, now) })) }
}

/** Agrees to a request of another administrator. */
export async function approveSourceExport(
  database: Database,
  actor: Actor,
  reference: string,
  now: Date,
): Promise<
  | { readonly ok: true; readonly request: SourceExport }
  | Refusal<'not-found' | 'second-person' | 'export-over'>
> {
  if (!may(actor, 'key.export')) return refuse('not-found')
  return withTransaction(database, async (client) => {
    const request = await holdExport(client, reference)
    if (request === null) return refuse('not-found' as const)
    if (request.askedBy === actor.userId) return refuse('second-person' as const)
    if (exportStage(request, now) !== 'waiting') return refuse('export-over' as const)
    await inPrisma(client, (prisma) =>
      prisma.sourceExport.update({
        where: { reference: request.reference },
        data: { approvedBy: actor.userId, approvedAt: now },
      }),
    )
    await appendAudit(client, {
      actor: actor.userId,
      event: 'key.export-approved',
      subject: request.reference,
      detail: { epoch: request.epoch, sourceKey: request.keyCheck },
    })
    return { ok: true as const, request }
  })
}

/**
 * Uses an approval up: `write` puts the files where they belong, and is undone by whoever calls
 * when this throws. Of two at once one writes; the other finds that it is over.
 */
export async function useSourceExport(
  database: Database,
  actor: Actor,
  reference: string,
  now: Date,
  write: (request: SourceExport) => Promise<void>,
): Promise<{ readonly ok: true } | Refusal<'not-found' | 'export-over' | 'second-person'>> {
  if (!may(actor, 'key.export')) return refuse('not-found')
  return withTransaction(database, async (client) => {
    const request = await holdExport(client, reference)
    if (request?.askedBy !== actor.userId) return refuse('not-found' as const)
    const stage = exportStage(request, now)
    if (stage === 'waiting') return refuse('second-person' as const)
    if (stage !== 'approved') return refuse('export-over' as const)
    await inPrisma(client, (prisma) =>
      prisma.sourceExport.update({
        where: { reference: request.reference },
        data: { exportedAt: now },
      }),
    )
    await write(request)
    await appendAudit(client, {
      actor: actor.userId,
      event: 'key.exported',
      subject: request.reference,
      detail: {
        epoch: request.epoch,
        sourceKey: request.keyCheck,
        approvedBy: request.approvedBy,
      },
    })
    return { ok: true as const }
  })
}

/**
 * A request that nobody else takes a step of until the transaction ends; null when there is none.
 */
async function holdExport(client: pg.ClientBase, typed: string): Promise<SourceExport | null> {
  const reference = typed.trim().toUpperCase()
  await run(client, 'keys/lock-source-export', [reference])
  return inPrisma(client, (prisma) =>
    prisma.sourceExport.findUnique({ where: { reference }, select: FIELDS }),
  )
}

/** Like a beneficiary's, with KE in front. */
function exportReference(): string {
  return makeReference(new Uint8Array(randomBytes(REFERENCE_BYTES))).replace(/^CO-/, 'KE-')
}
