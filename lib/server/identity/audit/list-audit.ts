import type pg from 'pg'
import { readUserNames } from '#server/identity/actors/user-names.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'
import { inRole } from '#server/identity/actors/as-role.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { appendAudit, type AuditDetail } from './append-audit.ts'

/** Which entries are listed; a blank is no filter. */
export interface AuditFilter {
  readonly event: string
  readonly subject: string
  /**
   * Only entries with a smaller number: the page after the one that ended with it. Null for the
   * newest.
   */
  readonly before: number | null
}

/** An entry of the audit log as administrators read it. */
export interface AuditLine {
  readonly seq: number
  readonly at: Date
  /** A user's name, or the part of the portal. */
  readonly by: string
  readonly event: string
  readonly subject: string
  readonly detail: AuditDetail
}

/** One page of the audit log, newest first. */
export interface AuditPage {
  readonly ok: true
  readonly lines: readonly AuditLine[]
  /** Where the next page begins; null on the last. */
  readonly before: number | null
  /** Every event there is, to filter by. */
  readonly events: readonly string[]
}

/** Entries on a page. */
const PAGE = 50

/** Reads a page of the audit log, for administrators; reading it is an entry itself. */
export async function listAudit(
  database: Database,
  actor: Actor,
  { event, subject, before }: AuditFilter,
): Promise<AuditPage | Refusal<'not-found'>> {
  if (!may(actor, 'audit.see')) return refuse('not-found')
  return withTransaction(database, async (client) => {
    const { found, events } = await inRole(client, 'countonce_audit_reader', async () => ({
      found: await readLines(client, { event, subject, before }),
      events: (await run(client, 'audit/list-events', [])).map((row) => row.event),
    }))
    const names = await readUserNames(
      client,
      found.map(({ by }) => by),
    )
    const lines = found
      .slice(0, PAGE)
      .map((line) => ({ ...line, by: names.get(line.by) ?? line.by }))
    await appendAudit(client, {
      actor: actor.userId,
      event: 'audit.read',
      subject: '',
      detail: { entries: lines.length, ...(event === '' ? {} : { of: event }) },
    })
    const last = found.length > PAGE ? (lines.at(-1)?.seq ?? null) : null
    return { ok: true, lines, before: last, events }
  })
}

async function readLines(
  client: pg.ClientBase,
  { event, subject, before }: AuditFilter,
): Promise<AuditLine[]> {
  const entries = await inPrisma(client, (prisma) =>
    prisma.auditEvent.findMany({
      where: {
        ...(event === '' ? {} : { event }),
        ...(subject === '' ? {} : { subject }),
        ...(before === null ? {} : { seq: { lt: before } }),
      },
      select: { seq: true, at: true, actor: true, event: true, subject: true, detail: true },
      orderBy: { seq: 'desc' },
      take: PAGE + 1,
    }),
  )
  return entries.map(({ seq, actor, detail, ...entry }) => ({
    ...entry,
    seq: Number(seq),
    by: actor,
    // Written by appendAudit alone.
    detail: detail as AuditDetail,
  }))
}
