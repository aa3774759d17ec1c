import type pg from 'pg'
import { SCORECARD_INDICATORS, type IndicatorCode } from '#core/measures/scorecard.ts'
import { readTargetRows, seenTargets, TARGET_COLUMNS, type Target } from '#core/measures/targets.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { CsvSplitter } from '#core/tabular/csv/csv-splitter.ts'
import { FileRefused } from '#core/tabular/table.ts'
import { BYTE_ORDER_MARK, writeCsv } from '#core/tabular/writing/csv-writer.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { ApprovalContext } from '#server/identity/approvals/approvals.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Database } from '#server/platform/db/database.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'

/** What services aim at in a quarter: set by administrators, each change dated and audited, the earlier ones kept. */

/** Targets of a quarter by service and indicator. */
export type QuarterTargets = ReadonlyMap<string, ReadonlyMap<IndicatorCode, number>>

/** Reads the targets of a quarter. */
async function readTargets(
  on: Database | pg.ClientBase,
  quarter: Quarter,
): Promise<QuarterTargets> {
  const targets = await listTargets(on, quarter)
  return new Map(
    [...Map.groupBy(targets, ({ service }) => service)].map(([service, own]) => [
      service,
      new Map(own.map(({ indicator, value }) => [indicator, value])),
    ]),
  )
}

async function listTargets(
  on: Database | pg.ClientBase,
  quarter: Quarter | null,
): Promise<(Target & { readonly value: number })[]> {
  const rows = await run(on, 'targets/read-targets', [quarter])
  return rows.flatMap((row) => {
    const indicator = SCORECARD_INDICATORS.find(({ code }) => code === row.indicator)?.code
    // An indicator of another version is not ours to show.
    const { service, value } = row
    return indicator === undefined ? [] : [{ service, quarter: row.quarter, indicator, value }]
  })
}

/** What one service aims at in a quarter. */
export type ServiceTargets = ReadonlyMap<IndicatorCode, number>

/** Reads what a service aims at in a quarter, for whoever `on` is bound to: its own people, and the programme's. */
export async function readServiceTargets(
  on: Database | pg.ClientBase,
  service: string,
  quarter: Quarter,
): Promise<ServiceTargets> {
  return (await readTargets(on, quarter)).get(service) ?? new Map()
}

/** Reads the targets of a quarter, for those who see figures or the register. */
export async function lookAtTargets(
  { pool }: ApprovalContext,
  actor: Actor,
  right: 'register.see' | 'exact.see' | 'reach.see',
  quarter: Quarter,
): Promise<{ readonly ok: true; readonly targets: QuarterTargets } | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, right))) return NOT_HELD
  return { ok: true, targets: await readTargets(forActor(pool, actor), quarter) }
}

/** Sets targets of one service and quarter, if they are still what `seen` says that whoever sets them was shown. */
export async function setServiceTargets(
  context: ApprovalContext,
  actor: Actor,
  {
    service,
    quarter,
    seen,
    values,
  }: Pick<Target, 'service' | 'quarter'> & {
    readonly seen: string
    readonly values: readonly Pick<Target, 'indicator' | 'value'>[]
  },
): Promise<
  { readonly ok: true; readonly changes: number } | Refusal<'not-found' | 'targets-changed'>
> {
  const wanted = values.map((one) => ({ service, quarter, ...one }))
  return setTargets(context, actor, wanted, async (client) => {
    const standing = await readTargets(client, quarter)
    return seenTargets(standing.get(service)) === seen
  })
}

/**
 * Sets targets; those that are so already are left. Answers how many were changed. `isStill` says, once nobody else can
 * change any, whether they are what was shown.
 */
export async function setTargets(
  { pool, now }: ApprovalContext,
  actor: Actor,
  wanted: readonly Target[],
  isStill: (client: pg.ClientBase) => Promise<boolean> = () => Promise.resolve(true),
): Promise<
  { readonly ok: true; readonly changes: number } | Refusal<'not-found' | 'targets-changed'>
> {
  if (!(await holdsRight(pool, actor, 'register.change'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    await run(client, 'targets/lock-targets', [])
    if (!(await isStill(client))) return refuse('targets-changed')
    const { services } = await readRegisterNames(client)
    if (wanted.some(({ service }) => !services.has(service))) return refuse('not-found')
    const keyOf = ({ service, quarter, indicator }: Omit<Target, 'value'>): string =>
      JSON.stringify([service, quarter, indicator])
    const standing = new Map(
      (await listTargets(client, null)).map((target) => [keyOf(target), target.value]),
    )
    const changed = wanted.filter((one) => (standing.get(keyOf(one)) ?? null) !== one.value)
    if (changed.length === 0) return { ok: true, changes: 0 }
    await run(client, 'targets/insert-targets', [
      changed.map(({ service }) => service),
      changed.map(({ quarter }) => quarter),
      changed.map(({ indicator }) => indicator),
      changed.map(({ value }) => value),
      actor.userId,
      now(),
    ])
    const quarters = [...new Set(changed.map(({ quarter }) => quarter))].sort()
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'targets.set', subject: quarters.join(' ') },
      detail: {
        changes: changed.length,
        services: new Set(changed.map(({ service }) => service)).size,
        takenBack: changed.filter(({ value }) => value === null).length,
      },
    })
    return { ok: true, changes: changed.length }
  })
}

/** A file of targets that cannot be taken in, with what is wrong a line each. */
export interface TargetsUnreadable {
  readonly ok: false
  readonly code: 'targets-unreadable'
  readonly problems: readonly string[]
}

/** Takes a file of targets in, all of it or nothing. */
export async function importTargets(
  context: ApprovalContext,
  actor: Actor,
  text: string,
): Promise<
  | { readonly ok: true; readonly changes: number }
  | TargetsUnreadable
  | Refusal<'not-found' | 'targets-changed'>
> {
  const { pool } = context
  if (!(await holdsRight(pool, actor, 'register.change'))) return NOT_HELD
  const { services } = await readRegisterNames(forActor(pool, actor))
  const rows = splitRows(text)
  const read =
    rows === undefined
      ? ({ ok: false, problems: ['It is not a CSV file'] } as const)
      : readTargetRows(rows, new Set(services.keys()))
  if (!read.ok) return { ok: false, code: 'targets-unreadable', problems: read.problems }
  return setTargets(context, actor, read.targets)
}

function splitRows(text: string): string[][] | undefined {
  const splitter = new CsvSplitter(',')
  const plain = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
  try {
    return [...splitter.push(plain), ...splitter.finish()]
  } catch (error) {
    if (error instanceof FileRefused) return undefined
    throw error
  }
}

/** Writes every target as a file, which the page of imports reads. */
export async function exportTargets(
  { pool }: ApprovalContext,
  actor: Actor,
): Promise<{ readonly ok: true; readonly csv: string } | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'register.see'))) return NOT_HELD
  const targets = await listTargets(forActor(pool, actor), null)
  const rows = targets.map(({ service, quarter, indicator, value }) => [
    ...[service, quarter, indicator, value],
  ])
  return { ok: true, csv: writeCsv(TARGET_COLUMNS, rows) }
}
