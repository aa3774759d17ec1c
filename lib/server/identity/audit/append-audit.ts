import type { ClientBase } from 'pg'
import { runForRow } from '#server/platform/db/run.ts'
import { Fault } from '#server/platform/faults/fault.ts'

/**
 * What an entry tells beside who, what and to what: codes, counts, references; never a personal
 * value or a pseudonym.
 */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>

/** An entry to be appended. */
export interface AuditEntry {
  /** The reference of a user or of a part of the portal; never a name or an address. */
  readonly actor: string
  /** Past tense, `submission.accepted`. */
  readonly event: `${string}.${string}`
  /** The reference of what it was done to; empty for the portal as a whole. */
  readonly subject: string
  readonly detail?: AuditDetail
}

/**
 * Appends an entry to the audit log in the transaction of `client`, as its last statement:
 * everybody else who appends waits from here to the commit. Returns the entry's number. Throws
 * `audit-refused` for what does not belong in the log, and a fault of the database when it could
 * not be written; let either end the transaction.
 */
export async function appendAudit(client: ClientBase, entry: AuditEntry): Promise<number> {
  const detail = entry.detail ?? {}
  if ([entry.actor, entry.subject, ...Object.values(detail)].some(mayBePersonal)) {
    throw new Fault('audit-refused', { event: entry.event })
  }
  const { actor, event, subject } = entry
  const { seq } = await runForRow(client, 'audit/append', [
    actor,
    event,
    subject,
    JSON.stringify(detail),
  ])
  return Number(seq)
}

/**
 * A net under careless callers, not a proof: email addresses, NHS numbers and mobiles written as
 * digits, pseudonyms as uuid.
 */
function mayBePersonal(value: string | number | boolean | null): boolean {
  if (typeof value !== 'string') return false
  return (
    value.includes('@') ||
    /(^|[^0-9a-f])\+?[0-9]{10,12}($|[^0-9a-f])/.test(value) ||
    /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/.test(value)
  )
}
