import type pg from 'pg'
import { readUserNames } from '#server/identity/actors/user-names.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { run } from '#server/platform/db/run.ts'
import type { AuditDetail } from './append-audit.ts'
import type { Looks } from './looks.ts'

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

/** Where the log is read, and the portal's own connection, which knows the names of users. */
export interface AuditReading {
  readonly looks: Looks
  readonly pool: Database
}

/** Entries on a page. */
const PAGE = 20

/** Reads a page of the audit log, for administrators; reading it is an entry itself. */
export async function listAudit(
  { looks, pool }: AuditReading,
  actor: Actor,
  filter: AuditFilter,
): Promise<AuditPage | Refusal<'not-found'>> {
  const looked = await looks.take(actor, 'audit.see', async (client) => {
    const found = await readLines(client, filter)
    const events = (await run(client, 'audit/list-events', [])).map((row) => row.event)
    const lines = found.slice(0, PAGE)
    const before = found.length > PAGE ? (lines.at(-1)?.seq ?? null) : null
    return {
      ok: true,
      shown: { lines, before, events },
      entry: {
        event: 'audit.read',
        subject: '',
        detail: {
          entries: lines.length,
          ...(filter.event === '' ? {} : { of: filter.event }),
        },
      },
    }
  })
  if (!looked.ok) return looked
  const names = await readUserNames(
    pool,
    looked.lines.map(({ by }) => by),
  )
  const lines = looked.lines.map((line) => ({ ...line, by: names.get(line.by) ?? line.by }))
  return { ...looked, lines }
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
