import type pg from 'pg'
import {
  cutOff,
  DAILY_KINDS,
  waitsForRequests,
  type DailyKind,
  type RetentionCounts,
} from '#core/retention/schedule.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { runForRow } from '#server/platform/db/run.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { DUE, listDueSubmissions } from './due.ts'

/** What stops a kind: a hold that an officer set, or what a person asked and nobody answered yet. */
export type Stopped = 'held' | 'asked'

/** What a run came to. */
export interface RetentionRun {
  readonly due: RetentionCounts
  readonly removed: RetentionCounts
  readonly stopped: Readonly<Partial<Record<DailyKind, Stopped>>>
}

/** What was counted is not removed before so long, in milliseconds: somebody may yet stop it. */
const NOTICE = 20 * 60 * 60 * 1000

/** Who the daily job is in the audit trail. */
const DAILY = 'retention'

/** Counts what has had its time at `now`, and changes nothing. */
export async function countDue(database: Database, now: Date): Promise<RetentionRun> {
  const due: Partial<Record<DailyKind, number>> = {}
  const stopped: Partial<Record<DailyKind, Stopped>> = {}
  await withTransaction(database, async (client) => {
    for (const kind of DAILY_KINDS) {
      const before = cutOff(kind, now)
      due[kind] =
        kind === 'records'
          ? (await listDueSubmissions(client, { before, now })).length
          : await DUE[kind].count(client, before)
      const stop = await stopOf(client, kind)
      if (stop !== undefined) stopped[kind] = stop
    }
  })
  return { due, removed: {}, stopped }
}

/**
 * Removes what had had its time at `asOf`: a transaction for each kind, with its audit entry as the last statement, and of
 * records one for each submission. A kind that something stops is passed over, and what is stopped meanwhile stays.
 */
export async function removeDue(
  store: ProgrammeStore,
  { asOf, actor }: { readonly asOf: Date; readonly actor: string },
): Promise<RetentionRun> {
  const removed: Partial<Record<DailyKind, number>> = {}
  const stopped: Partial<Record<DailyKind, Stopped>> = {}
  for (const kind of DAILY_KINDS) {
    const before = cutOff(kind, asOf)
    const withdrawn =
      kind === 'records' ? await withdrawDue(store, { before, now: asOf, actor }) : { count: 0 }
    await withTransaction(store.database, async (client) => {
      const stop = await stopOf(client, kind)
      if (stop !== undefined) stopped[kind] = stop
      if (stop !== undefined && withdrawn.count === 0) return
      const count = kind === 'records' ? withdrawn.count : await DUE[kind].remove(client, before)
      removed[kind] = count
      if (count === 0) return
      await appendAudit(client, {
        ...{ actor, event: 'retention.removed', subject: kind },
        detail: { count, before: before.toISOString().slice(0, 10) },
      })
    })
  }
  return { due: {}, removed, stopped }
}

/**
 * The day's work: removes what an earlier day's run counted as due, then counts what is due now and writes both down. So what
 * goes was told of a day before.
 */
export async function runDaily(store: ProgrammeStore, now: Date): Promise<RetentionRun> {
  const told = await inPrisma(store.database, ({ retentionRun }) =>
    retentionRun.findFirst({
      where: { at: { lte: new Date(now.getTime() - NOTICE) } },
      orderBy: { at: 'desc' },
      select: { at: true },
    }),
  )
  const gone =
    told === null ? {} : (await removeDue(store, { asOf: told.at, actor: DAILY })).removed
  const counted = await countDue(store.database, now)
  await inPrisma(store.database, ({ retentionRun }) =>
    retentionRun.create({
      select: { id: true },
      data: { at: now, due: counted.due, removed: gone },
    }),
  )
  return { ...counted, removed: gone }
}

async function withdrawDue(
  store: ProgrammeStore,
  { actor, ...times }: { readonly before: Date; readonly now: Date; readonly actor: string },
): Promise<{ readonly count: number }> {
  const due = await withTransaction(store.database, (client) => listDueSubmissions(client, times))
  let count = 0
  for (const reference of due) {
    const stop = await withTransaction(store.database, (client) => stopOf(client, 'records'))
    if (stop !== undefined) break
    // Somebody may have withdrawn it meanwhile.
    if ((await withdrawSubmission(store, reference, actor, 'time-over')).ok) count++
  }
  return { count }
}

async function stopOf(client: pg.ClientBase, kind: DailyKind): Promise<Stopped | undefined> {
  const { held, asked } = await runForRow(client, 'retention/hold-still', [
    kind,
    waitsForRequests(kind),
  ])
  if (held) return 'held'
  return asked ? 'asked' : undefined
}
