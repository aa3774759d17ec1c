import { createHash } from 'node:crypto'
import { frameMessage } from '#core/pseudonym/netstring.ts'
import { APPROVAL_KINDS, type ApprovalKind } from './approval-kinds.ts'

/** What a request for the consent of two people is, and where it stands. */

const DAY = 86_400_000

/** What exactly is asked for, beside its subject: codes, numbers, days, a colleague's name. */
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
  /** A code of REFUSAL_REASONS, where it was refused. */
  readonly refusedFor: string | null
  readonly stage: ApprovalStage
}

/** What the proof of somebody who asks is for. */
export const askingAct = (kind: ApprovalKind): `ask ${ApprovalKind}` => `ask ${kind}`
/** What the proof of somebody who approves is for. */
export const approvingAct = (reference: string): `approve ${string}` => `approve ${reference}`
/** What the proof of somebody who uses an approval is for. */
export const usingAct = (reference: string): `use ${string}` => `use ${reference}`

interface ApprovalRow extends Omit<Approval, 'kind' | 'particulars' | 'boundTo' | 'stage'> {
  readonly kind: string
  readonly particulars: unknown
  readonly boundTo: Uint8Array
  readonly outcome: string | null
  readonly usedAt: Date | null
}

/** A row of the database as a request at a moment. */
export function approvalOf(row: ApprovalRow, now: Date): Approval {
  const { reference, subject, providerCode, reason, askedBy, askedAt, expiresAt } = row
  return {
    ...{ reference, subject, providerCode, reason, askedBy, askedAt, expiresAt },
    // What we wrote ourselves.
    kind: row.kind as ApprovalKind,
    particulars: row.particulars as Particulars,
    boundTo: Buffer.from(row.boundTo).toString('hex'),
    ...{ decidedBy: row.decidedBy, decidedAt: row.decidedAt, refusedFor: row.refusedFor },
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

/** What an approval is bound to: kind, subject and particulars, whatever their order. */
export function digestOf({
  kind,
  subject,
  particulars,
}: Pick<Wanted, 'kind' | 'subject' | 'particulars'>): Buffer<ArrayBuffer> {
  const sorted = Object.entries(particulars).sort(([a], [b]) => (a < b ? -1 : 1))
  const framed = frameMessage(['approval', kind, subject, JSON.stringify(sorted)])
  return Buffer.from(createHash('sha256').update(framed).digest())
}

/** A reference of a request as it is kept, however it was typed. */
export function tidyReference(typed: string): string {
  return typed.trim().toUpperCase()
}
