import type pg from 'pg'
import { ruleWords } from '#core/messages/linkage/linkage-words.ts'
import { writeCsv } from '#core/tabular/writing/csv-writer.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'
import type { AuditEntry } from '#server/identity/audit/append-audit.ts'
import type { Looks } from '#server/identity/audit/looks.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { RelinkReach } from './try-relink.ts'

/** A change that a report lists. */
export interface ReportedChange {
  readonly number: number
  readonly kind: 'join' | 'part'
  readonly people: readonly string[]
  readonly intoPeople: number
  readonly rules: readonly string[]
  readonly services: readonly string[]
}

/** How many join or part by one rule or in one service. */
export interface ChangeCount {
  /** A rule or a service; a rule of nothing where a contact is no evidence any more. */
  readonly of: string
  readonly joins: number
  readonly parts: number
}

/** What would change if everything were decided again. */
export interface RelinkReport {
  readonly act: string
  readonly madeAt: Date
  readonly linkageVersion: string
  /** Whether links are still what it was made of. */
  readonly isCurrent: boolean
  readonly policyBefore: string
  readonly policyAfter: string
  readonly records: number
  readonly joins: number
  readonly parts: number
  readonly byRule: readonly ChangeCount[]
  readonly byService: readonly ChangeCount[]
  /** The first of them; the file has all. */
  readonly changes: readonly ReportedChange[]
  /** Figures of people and reach: for those alone who may see exact figures. */
  readonly figures:
    | {
        readonly peopleBefore: number
        readonly peopleAfter: number
        readonly reach: readonly RelinkReach[]
      }
    | undefined
}

/** Changes that a page lists. */
const LISTED = 50

/** Reads a report for those who may have links decided again; the look is audited. */
export async function lookAtReport(
  looks: Looks,
  actor: Actor,
  act: string,
): Promise<{ readonly ok: true; readonly report: RelinkReport } | Refusal<'not-found'>> {
  return looks.take(actor, 'linkage.change', async (client) => {
    const found = await readReport(client, act)
    if (found === undefined) return refuse('not-found')
    const { report, changes, figures } = found
    const shown: RelinkReport = {
      ...report,
      changes: changes.slice(0, LISTED),
      figures: may(actor, 'exact.see') ? figures : undefined,
    }
    return { ok: true, shown: { report: shown }, entry: entryOf(act, 'page') }
  })
}

/** The same as CSV with every change; the look is audited. */
export async function lookAtReportCsv(
  looks: Looks,
  actor: Actor,
  act: string,
): Promise<{ readonly ok: true; readonly csv: string } | Refusal<'not-found'>> {
  return looks.take(actor, 'linkage.change', async (client) => {
    const found = await readReport(client, act)
    if (found === undefined) return refuse('not-found')
    const csv = reportCsv(found, may(actor, 'exact.see'))
    return { ok: true, shown: { csv }, entry: entryOf(act, 'file') }
  })
}

function entryOf(act: string, as: string): Omit<AuditEntry, 'actor'> {
  return { event: 'linkage.report-seen', subject: 'production', detail: { act, as } }
}

type FoundReport = {
  readonly report: Omit<RelinkReport, 'changes' | 'figures'>
  readonly changes: readonly ReportedChange[]
  readonly figures: NonNullable<RelinkReport['figures']>
}

async function readReport(client: pg.ClientBase, act: string): Promise<FoundReport | undefined> {
  if (!/^[0-9]{1,15}$/.test(act)) return undefined
  const actId = BigInt(act)
  return inPrisma(client, async ({ relinkReport, relinkReach, relinkChange, linkageState }) => {
    const kept = await relinkReport.findUnique({ where: { actId } })
    if (kept === null) return undefined
    const state = await linkageState.findUnique({ where: { dataset: 'production' } })
    const reach = await relinkReach.findMany({ where: { actId }, orderBy: { serviceCode: 'asc' } })
    const rows = await relinkChange.findMany({ where: { actId }, orderBy: { number: 'asc' } })
    const changes = rows.map(({ number, people, intoPeople, rules, services, ...row }) => ({
      ...{ number, people, intoPeople, rules, services },
      kind: row.kind as ReportedChange['kind'],
    }))
    const count = (kind: string): number => changes.filter((change) => change.kind === kind).length
    return {
      report: {
        ...{ act, madeAt: kept.madeAt, records: kept.records },
        ...{ policyBefore: kept.policyBefore, policyAfter: kept.policyAfter },
        linkageVersion: String(kept.linkageVersion),
        isCurrent: state?.version === kept.linkageVersion,
        ...{ joins: count('join'), parts: count('part') },
        byRule: countBy(changes, ({ rules }) => (rules.length === 0 ? [''] : rules)),
        byService: countBy(changes, ({ services }) => services),
      },
      changes,
      figures: {
        ...{ peopleBefore: kept.peopleBefore, peopleAfter: kept.peopleAfter },
        reach: reach.map(({ serviceCode: service, before, after }) => ({ service, before, after })),
      },
    }
  })
}

function countBy(
  changes: readonly ReportedChange[],
  keysOf: (change: ReportedChange) => readonly string[],
): ChangeCount[] {
  const counts = new Map<string, { of: string; joins: number; parts: number }>()
  for (const change of changes) {
    for (const of of keysOf(change)) {
      const count = counts.get(of) ?? { of, joins: 0, parts: 0 }
      count[change.kind === 'join' ? 'joins' : 'parts']++
      counts.set(of, count)
    }
  }
  return [...counts.values()].sort((a, b) => b.joins + b.parts - a.joins - a.parts)
}

/** Reach of the programme and of each service first, for who may see it; then every change, one a line. */
function reportCsv({ report, changes, figures }: FoundReport, mayExact: boolean): string {
  const { policyBefore, policyAfter } = report
  const policies = [policyBefore, policyAfter]
  return writeCsv(
    ['what', 'policy_before', 'policy_after', 'services', 'before', 'after', 'people', 'rules'],
    [
      ...(mayExact ? figures.reach : []).map(({ service, before, after }) => [
        ...['reach', ...policies, service === '' ? 'programme' : service, before, after, '', ''],
      ]),
      ...changes.map(({ kind, people, intoPeople, rules, services }) => [
        ...[kind, ...policies, services.join(' '), people.length, intoPeople],
        ...[people.join(' '), rules.map(ruleWords).join('; ')],
      ]),
    ],
  )
}
