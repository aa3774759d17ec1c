import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { makeReference, REFERENCE_BYTES } from '#core/linkage/references.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { databaseFault } from '#server/platform/db/database-fault.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'
import type { SourceKey } from './key-ring.ts'

/**
 * The source key leaves the portal with two people only: an administrator asks, another agrees, and the one who asked exports
 * it, once and soon. Each step is audited with the key's check value.
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

const SELECT = `
  select reference, epoch, key_check as "keyCheck", asked_by as "askedBy", asked_at as "askedAt",
    approved_by as "approvedBy", approved_at as "approvedAt", exported_at as "exportedAt"
  from source_export`

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

/** Asks for a source key to be exported; what the same person asked before and can still be used is that. */
export async function askSourceExport(
  pool: pg.Pool,
  actor: Actor,
  key: SourceKey,
  now: Date,
): Promise<
  | { readonly ok: true; readonly request: SourceExport; readonly stage: ExportStage }
  | Refusal<'not-found'>
> {
  if (!may(actor, 'key.export')) return refuse('not-found')
  return withTransaction(pool, async (client) => {
    const { rows } = await client.query<SourceExport>(
      `${SELECT} where asked_by = $1 and epoch = $2 and key_check = $3 order by id desc limit 1`,
      [actor.userId, key.epoch, key.check],
    )
    const [before] = rows
    const stage = before === undefined ? 'expired' : exportStage(before, now)
    if (before !== undefined && (stage === 'waiting' || stage === 'approved')) {
      return { ok: true as const, request: before, stage }
    }
    const reference = exportReference()
    await client.query(
      'insert into source_export (reference, epoch, key_check, asked_by, asked_at) values ($1, $2, $3, $4, $5)',
      [reference, key.epoch, key.check, actor.userId, now],
    )
    await appendAudit(client, {
      actor: actor.userId,
      event: 'key.export-requested',
      subject: reference,
      detail: { epoch: key.epoch, sourceKey: key.check },
    })
    const request = await findExport(client, reference)
    if (request === undefined) return refuse('not-found' as const)
    return { ok: true as const, request, stage: 'waiting' as const }
  })
}

/** The requests that wait for a second person or for their export, the newest first. */
export async function listSourceExports(
  pool: pg.Pool,
  actor: Actor,
  now: Date,
): Promise<
  | { readonly ok: true; readonly requests: readonly (SourceExport & { stage: ExportStage })[] }
  | Refusal<'not-found'>
> {
  if (!may(actor, 'key.export')) return refuse('not-found')
  const { rows } = await pool
    .query<SourceExport>(`${SELECT} order by id desc limit 20`)
    .catch((error: unknown) => {
      throw databaseFault(error)
    })
  return { ok: true, requests: rows.map((row) => ({ ...row, stage: exportStage(row, now) })) }
}

/** Agrees to a request of another administrator. */
export async function approveSourceExport(
  pool: pg.Pool,
  actor: Actor,
  reference: string,
  now: Date,
): Promise<
  | { readonly ok: true; readonly request: SourceExport }
  | Refusal<'not-found' | 'second-person' | 'export-over'>
> {
  if (!may(actor, 'key.export')) return refuse('not-found')
  return withTransaction(pool, async (client) => {
    const request = await findExport(client, reference, true)
    if (request === undefined) return refuse('not-found' as const)
    if (request.askedBy === actor.userId) return refuse('second-person' as const)
    if (exportStage(request, now) !== 'waiting') return refuse('export-over' as const)
    await client.query(
      'update source_export set approved_by = $2, approved_at = $3 where reference = $1',
      [request.reference, actor.userId, now],
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
 * Uses an approval up: `write` puts the files where they belong, and is undone by whoever calls when this throws. Of two at once
 * one writes; the other finds that it is over.
 */
export async function useSourceExport(
  pool: pg.Pool,
  actor: Actor,
  reference: string,
  now: Date,
  write: (request: SourceExport) => Promise<void>,
): Promise<{ readonly ok: true } | Refusal<'not-found' | 'export-over' | 'second-person'>> {
  if (!may(actor, 'key.export')) return refuse('not-found')
  return withTransaction(pool, async (client) => {
    const request = await findExport(client, reference, true)
    if (request?.askedBy !== actor.userId) return refuse('not-found' as const)
    const stage = exportStage(request, now)
    if (stage === 'waiting') return refuse('second-person' as const)
    if (stage !== 'approved') return refuse('export-over' as const)
    await client.query('update source_export set exported_at = $2 where reference = $1', [
      request.reference,
      now,
    ])
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

async function findExport(
  client: pg.ClientBase,
  reference: string,
  lock = false,
): Promise<SourceExport | undefined> {
  const { rows } = await client.query<SourceExport>(
    `${SELECT} where reference = $1 ${lock ? 'for update' : ''}`,
    [reference.trim().toUpperCase()],
  )
  return rows[0]
}

/** Like a beneficiary's, with KE in front. */
function exportReference(): string {
  return makeReference(new Uint8Array(randomBytes(REFERENCE_BYTES))).replace(/^CO-/, 'KE-')
}
