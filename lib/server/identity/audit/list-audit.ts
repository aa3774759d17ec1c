import type pg from 'pg'
import { readUserNames } from '#server/identity/actors/user-names.ts'
import { databaseFault } from '#server/platform/db/database-fault.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'
import { inRole } from '#server/identity/actors/as-role.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { appendAudit } from './append-audit.ts'
import { verifyAudit, type AuditVerdict } from './verify-audit.ts'

/** Which entries are listed; a blank is no filter. */
export interface AuditFilter {
  readonly event: string
  readonly subject: string
  /** Only entries with a smaller number: the page after the one that ended with it. Null for the newest. */
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
  readonly detail: Readonly<Record<string, string | number | boolean | null>>
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
  pool: pg.Pool,
  actor: Actor,
  { event, subject, before }: AuditFilter,
): Promise<AuditPage | Refusal<'not-found'>> {
  if (!may(actor, 'audit.see')) return refuse('not-found')
  try {
    return await withTransaction(pool, async (client) => {
      const { found, events } = await inRole(client, 'countonce_audit_reader', async () => ({
        found: await readLines(client, { event, subject, before }),
        events: await readEvents(client),
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
  } catch (error) {
    throw databaseFault(error)
  }
}

async function readLines(
  client: pg.ClientBase,
  { event, subject, before }: AuditFilter,
): Promise<AuditLine[]> {
  const { rows } = await client.query<AuditLine>(
    `select seq::float8 as seq, at, actor as by, event, subject, detail from audit_event
     where ($1 = '' or event = $1) and ($2 = '' or subject = $2) and ($3::bigint is null or seq < $3)
     order by audit_event.seq desc limit $4`,
    [event, subject, before, PAGE + 1],
  )
  return rows
}

/** The events there are, each found by one step in the index rather than by reading the log. */
async function readEvents(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ event: string }>(
    `with recursive known (event) as (
       (select event from audit_event order by event limit 1)
       union all
       select (select a.event from audit_event a where a.event > known.event order by a.event limit 1)
       from known where known.event is not null
     )
     select event from known where event is not null`,
  )
  return rows.map((row) => row.event)
}

/** Recomputes the chain of the audit log for an administrator; the verdict is an entry itself. */
export async function checkAuditChain(
  pool: pg.Pool,
  actor: Actor,
): Promise<{ readonly ok: true; readonly verdict: AuditVerdict } | Refusal<'not-found'>> {
  if (!may(actor, 'audit.see')) return refuse('not-found')
  const client = await pool.connect().catch((error: unknown) => {
    throw databaseFault(error)
  })
  let verdict: AuditVerdict
  let isClean = false
  try {
    await client.query('set role countonce_audit_reader')
    verdict = await verifyAudit(client)
    await client.query('set role none')
    isClean = true
  } finally {
    // A connection that kept the role is closed, never handed on.
    client.release(!isClean)
  }
  await withTransaction(pool, (own) =>
    appendAudit(own, {
      actor: actor.userId,
      event: 'audit.verified',
      subject: '',
      detail: verdict.ok
        ? { whole: true, entries: verdict.entries }
        : { whole: false, entry: verdict.seq, flaw: verdict.flaw },
    }),
  )
  return { ok: true, verdict }
}
