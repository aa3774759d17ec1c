import { writeCsv } from '#core/tabular/writing/csv-writer.ts'
import {
  LOOK_UP_ALARMS,
  LOOK_UP_PURPOSES,
  LOOK_UP_REPORTS,
  VERDICTS,
  type LookUpAlarm,
  type LookUpPurpose,
  type LookUpReportKind,
  type Verdict,
} from '#core/messages/look-up/look-up-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { digestCase, openCase } from '#server/look-up/asking/case-reference.ts'

/** Where look-ups are watched over: the portal's database, the key that opens case references, and the clock. */
export interface WatchContext {
  readonly pool: Database
  readonly portalKey: Uint8Array
  readonly now: () => Date
}

/** Which look-ups are listed; a blank is no filter. Days are yyyy-mm-dd, both included. */
export interface LookUpFilter {
  readonly by: string
  readonly purpose: string
  readonly caseReference: string
  readonly from: string
  readonly to: string
  /** `all`, `alarms`, `sampled`, `opened`, `reported` or `nobody`. */
  readonly only: string
  readonly page: number
  /** These alone, where a person's are listed. */
  readonly references?: readonly string[]
}

/** A look-up as who watches sees it: nobody who was looked up is in it. */
export interface WatchedLookUp {
  readonly reference: string
  readonly by: string
  readonly organisation: string
  readonly askedAt: Date
  readonly purpose: LookUpPurpose
  readonly caseReference: string
  /** The reference of the look-up with which its act began; null for the first. */
  readonly act: string | null
  readonly people: number
  readonly sources: number
  readonly available: number
  readonly opened: readonly {
    readonly source: string
    readonly person: number
    readonly at: Date
  }[]
  readonly alarms: readonly LookUpAlarm[]
  readonly reports: readonly { readonly kind: LookUpReportKind; readonly source: string | null }[]
  readonly sampledAt: Date | null
  readonly verdict: Verdict | null
  readonly checkedBy: string | null
}

/** One page of look-ups, newest first. */
export interface WatchedPage {
  readonly ok: true
  readonly lookUps: readonly WatchedLookUp[]
  readonly count: number
  readonly pages: number
  readonly practitioners: readonly { readonly id: string; readonly name: string }[]
}

const PAGE = 25
const MOST_IN_A_FILE = 10_000

/** Lists look-ups for who watches over them; reading is an entry itself. */
export async function listLookUps(
  context: WatchContext,
  actor: Actor,
  filter: LookUpFilter,
): Promise<WatchedPage | Refusal<'not-found'>> {
  const read = await readPage(context, actor, filter, {
    skip: (filter.page - 1) * PAGE,
    take: PAGE,
  })
  if (!read.ok) return read
  return { ...read, pages: Math.max(1, Math.ceil(read.count / PAGE)) }
}

/** One look-up, for who watches; undefined where there is none of that reference. */
export async function readWatched(
  context: WatchContext,
  actor: Actor,
  reference: string,
): Promise<WatchedLookUp | undefined> {
  const all = { by: '', purpose: '', caseReference: '', from: '', to: '', only: 'all', page: 1 }
  const read = await readPage(
    context,
    actor,
    { ...all, references: [reference.toUpperCase()] },
    { skip: 0, take: 1 },
  )
  return read.ok ? read.lookUps[0] : undefined
}

/** The same look-ups as CSV, the newest ten thousand; writing it is an entry. */
export async function writeLookUps(
  context: WatchContext,
  actor: Actor,
  filter: LookUpFilter,
): Promise<string | undefined> {
  const read = await readPage(context, actor, filter, { skip: 0, take: MOST_IN_A_FILE }, 'exported')
  if (!read.ok) return undefined
  return writeCsv(
    [
      ...['reference', 'begun_with', 'asked_at', 'practitioner', 'organisation', 'purpose'],
      ...['case_reference', 'people_shown', 'sources_asked', 'sources_with_records'],
      ...['sources_opened', 'alarms', 'reported', 'sampled', 'verdict', 'checked_by'],
    ],
    read.lookUps.map((each) => [
      ...[each.reference, each.act ?? '', each.askedAt.toISOString(), each.by, each.organisation],
      ...[LOOK_UP_PURPOSES[each.purpose], each.caseReference, each.people, each.sources],
      ...[each.available, each.opened.map(({ source }) => source).join('; ')],
      each.alarms.map((alarm) => LOOK_UP_ALARMS[alarm]).join('; '),
      each.reports.map(({ kind }) => LOOK_UP_REPORTS[kind]).join('; '),
      ...[
        each.sampledAt === null ? 'no' : 'yes',
        each.verdict === null ? '' : VERDICTS[each.verdict],
      ],
      each.checkedBy ?? '',
    ]),
  )
}

async function readPage(
  { pool, portalKey }: WatchContext,
  actor: Actor,
  filter: LookUpFilter,
  slice: { readonly skip: number; readonly take: number },
  did: 'read' | 'exported' = 'read',
): Promise<Omit<WatchedPage, 'pages'> | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'look-up.watch'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    const where = whereOf(portalKey, filter)
    const read = await inPrisma(client, async ({ lookUp, user }) => ({
      count: await lookUp.count({ where }),
      rows: await lookUp.findMany({
        where,
        include: {
          asker: { select: { name: true, provider: { select: { name: true } } } },
          checker: { select: { name: true } },
          act: { select: { reference: true } },
          seen: {
            where: { openedAt: { not: null } },
            include: { service: { select: { name: true } } },
            orderBy: { openedAt: 'asc' },
          },
          reports: { include: { service: { select: { name: true } } }, orderBy: { id: 'asc' } },
        },
        orderBy: { id: 'desc' },
        ...slice,
      }),
      practitioners: await user.findMany({
        where: { role: 'practitioner' },
        select: { id: true, name: true },
        orderBy: { name: 'asc' },
      }),
    }))
    await appendAudit(client, {
      ...{ actor: actor.userId, event: `look-ups.${did}`, subject: '' },
      detail: { entries: read.rows.length },
    })
    return {
      ...{ ok: true as const, count: read.count, practitioners: read.practitioners },
      lookUps: read.rows.map((row): WatchedLookUp => ({
        ...{ reference: row.reference, by: row.asker.name, askedAt: row.askedAt },
        organisation: row.asker.provider?.name ?? '',
        // Of which a worker wrote no other.
        purpose: row.purpose as LookUpPurpose,
        caseReference: openCase(portalKey, row.reference, row.caseSealed),
        act: row.act?.reference ?? null,
        ...{ people: row.people, sources: row.sources, available: row.available },
        opened: row.seen.map(({ service, person, openedAt }) => ({
          ...{ source: service.name, person, at: openedAt ?? row.askedAt },
        })),
        alarms: row.alarms as LookUpAlarm[],
        reports: row.reports.map(({ kind, service }) => ({
          ...{ kind: kind as LookUpReportKind, source: service?.name ?? null },
        })),
        ...{ sampledAt: row.sampledAt, verdict: row.verdict as Verdict | null },
        checkedBy: row.checker?.name ?? null,
      })),
    }
  })
}

const DAY = 86_400_000

function whereOf(portalKey: Uint8Array, filter: LookUpFilter) {
  const { by, purpose, caseReference, from, to, only, references } = filter
  return {
    ...(by === '' ? {} : { askedBy: by }),
    ...(purpose === '' ? {} : { purpose }),
    ...(caseReference === '' ? {} : { caseDigest: digestCase(portalKey, caseReference) }),
    ...(references === undefined ? {} : { reference: { in: [...references] } }),
    askedAt: {
      ...(from === '' ? {} : { gte: new Date(from) }),
      ...(to === '' ? {} : { lt: new Date(new Date(to).getTime() + DAY) }),
    },
    ...(only === 'alarms' ? { NOT: { alarms: { isEmpty: true } } } : {}),
    ...(only === 'sampled' ? { sampledAt: { not: null } } : {}),
    ...(only === 'opened' ? { seen: { some: { openedAt: { not: null } } } } : {}),
    ...(only === 'reported' ? { reports: { some: {} } } : {}),
    ...(only === 'nobody' ? { people: 0 } : {}),
  }
}
