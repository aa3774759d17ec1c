import type { FileKind, FurtherKind } from '#core/standard/further-fields.ts'
import type { Code } from '#core/messages/words-of.ts'
import { isFeedKind, type FeedKind } from '#core/standard/feeds/feed-kinds.ts'
import { isQuarter, type Quarter } from '#core/standard/quarter.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { Queries } from '#server/platform/db/query-types.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { type Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import type { SubmissionState } from '#server/intake/submissions/states.ts'
import type { Stage } from '#core/messages/register/stage-words.ts'
import { listPlaces, type DuePlace } from '#server/programme/quarters/calendar.ts'
import { readNamesIn } from '#server/programme/register/register-names.ts'
import { listCovered } from '#server/programme/register/agreement-cover.ts'
import { begunQuarters } from '#server/programme/register/change-register.ts'
import { listOpen, takesFiles } from '#server/programme/register/quarters.ts'
import { stageOf } from '#server/programme/register/read-programme.ts'
import { kindOfSource } from '#server/programme/sources/read-sources.ts'
import { stepReached, type Step } from './steps.ts'

type HistoryStore = Pick<PortalStore, 'database' | 'programme'>

/** Where a service and quarter is, as its provider sees it. */
export type TaskStatus = 'not-started' | 'nobody' | Step

/** A service and quarter of the task list. */
export interface Task {
  readonly quarter: Quarter
  /** What its service was called in the quarter. */
  readonly serviceName: string
  readonly status: TaskStatus
  /** The submission to continue, or the one in the figures. */
  readonly reference: string | null
  readonly state: SubmissionState | null
  /** Whether findings stop the file that is being checked. */
  readonly hasFindings: boolean
  /** Whether it is in the figures and somebody asked for it to be withdrawn. */
  readonly isBeingWithdrawn: boolean
  /** Whether its service is being set up: what went all the way is in no figure. */
  readonly isStaging: boolean
  /** Whether another submission is in the figures while this one is on its way. */
  readonly isReplacing: boolean
  /** What stands in the way of what is to be done next; null where nothing does. */
  readonly stop: TaskStop | null
  /** Files of activities and of outcomes that are on their way and wait for somebody. */
  readonly others: readonly OtherFile[]
  /** By when its file is expected, where one is and none came, as yyyy-mm-dd; and whether that day is over. */
  readonly due: string | null
  readonly isLate: boolean
}

/** What stops a file of a service and quarter of the list. */
export type TaskStop = 'agreement-missing' | 'quarter-closed'

/** A file of activities or outcomes on its way, beside the one of people. */
export interface OtherFile {
  readonly kind: FurtherKind
  readonly reference: string
  readonly step: Step
}

/** A service with its quarters, the latest first. */
export interface ServiceTasks {
  readonly service: string
  readonly name: string
  readonly strand: string
  /** Whether it ever had an agreement. */
  readonly hasAgreement: boolean
  /** What its files hold, where it is a source of a look-up: it has one task, which is its feed. */
  readonly feed: FeedKind | null
  /** Of one that was closed, its last quarter and the service that goes on with its work. */
  readonly end: { readonly last: Quarter; readonly goesOnAs: string | null } | null
  readonly tasks: readonly Task[]
}

/** Quarters that are listed at first. */
const RECENT = 4

type SubmissionRow = Queries['journey/list-submissions']['row']

/**
 * The services of a provider and, for each, the programme's recent quarters that have begun, with
 * what to do next.
 */
export async function listTasks(
  store: HistoryStore,
  actor: Actor,
  now: Date,
  all = false,
): Promise<
  { readonly ok: true; readonly services: readonly ServiceTasks[] } | Refusal<'not-found'>
> {
  if (!(await holdsRight(store.database, actor, 'submission.send'))) return NOT_HELD
  const quarters = begunQuarters(store.programme, now).reverse()
  const shown = all ? quarters : quarters.slice(0, RECENT)
  const services = await readServices(store, actor)
  const codes = services.map(({ service }) => service)
  const submissions = await run(store.database, 'journey/list-submissions', [codes, shown])
  const nobody = await inPrisma(store.database, ({ nilReturn }) =>
    nilReturn.findMany({ where: { serviceCode: { in: codes }, quarter: { in: [...shown] } } }),
  )
  const places = await listPlaces(store.database, shown, now)
  const named = await readNamesIn(
    store.database,
    codes.flatMap((service) => shown.map((quarter) => ({ service, quarter }))),
  )
  const stops = await listStops(store, codes, shown, now)
  const expected = places.filter(({ timeliness }) => ['late', 'not-due'].includes(timeliness))
  return {
    ok: true,
    services: services.map(({ stage, ...service }) => ({
      ...service,
      tasks: (service.feed === null ? shown : shown.slice(0, 1))
        .filter((quarter) => quarter <= (service.end?.last ?? quarter))
        .map((quarter) => ({
          ...taskOf(
            quarter,
            // A feed takes the place of the one before, whenever that came.
            service.feed === null
              ? ofPlace(submissions, service.service, quarter).filter(
                  ({ kind }) => kind === 'people',
                )
              : submissions.filter(
                  (row) => row.service === service.service && row.kind === service.feed,
                ),
            nobody.some((nil) => nil.serviceCode === service.service && nil.quarter === quarter),
            stage !== 'production',
            stops(service.service, quarter),
          ),
          serviceName: named({ service: service.service, quarter }),
          others: othersOf(ofPlace(submissions, service.service, quarter)),
          ...dueOf(
            service.feed === null
              ? expected.find((one) => one.service === service.service && one.quarter === quarter)
              : undefined,
          ),
        })),
    })),
  }
}

/** What stops files of services in quarters of the programme. */
async function listStops(
  { database, programme }: HistoryStore,
  services: readonly string[],
  quarters: readonly Quarter[],
  now: Date,
): Promise<(service: string, quarter: Quarter) => TaskStop | null> {
  const taken = new Map<Quarter, { covered: ReadonlySet<string>; open: ReadonlySet<string> }>()
  for (const quarter of quarters) {
    taken.set(quarter, {
      covered: await listCovered(database, programme, { services, quarter }, now),
      open: await listOpen(database, { services, quarter }, now),
    })
  }
  return (service, quarter) => {
    const of = taken.get(quarter)
    if (of?.covered.has(service) !== true) return 'agreement-missing'
    return of.open.has(service) ? null : 'quarter-closed'
  }
}

function ofPlace(
  rows: readonly SubmissionRow[],
  service: string,
  quarter: Quarter,
): readonly SubmissionRow[] {
  return rows.filter((row) => row.service === service && row.quarter === quarter)
}

/** Of each further kind the latest file, where it waits for somebody. */
function othersOf(rows: readonly SubmissionRow[]): OtherFile[] {
  return (['activities', 'outcomes'] as const).flatMap((kind) => {
    const [latest] = rows.filter((row) => row.kind === kind)
    if (latest === undefined || !['received', 'mapped', 'checked'].includes(latest.state)) return []
    return [{ kind, reference: latest.reference, step: stepReached(latest) }]
  })
}

/** The services of a provider, by name. */
async function readServices(
  store: HistoryStore,
  { providerCode }: Actor,
): Promise<(Omit<ServiceTasks, 'tasks'> & { readonly stage: Stage })[]> {
  const services = await inPrisma(store.database, ({ service }) =>
    service.findMany({
      select: {
        code: true,
        name: true,
        closedAfter: true,
        successor: { select: { name: true } },
        stage: true,
        strand: { select: { name: true } },
        agreements: { select: { id: true }, take: 1 },
        source: { select: { kind: true } },
      },
      where: { providerCode: providerCode ?? '' },
      orderBy: { name: 'asc' },
    }),
  )
  return services.map(({ code, name, strand, agreements, closedAfter, successor, ...service }) => ({
    stage: stageOf(service),
    feed: isFeedKind(service.source?.kind ?? '') ? (service.source?.kind as FeedKind) : null,
    service: code,
    name,
    strand: strand.name,
    hasAgreement: agreements.length > 0,
    end:
      closedAfter === null
        ? null
        : // The column's check allows no other.
          { last: closedAfter as Quarter, goesOnAs: successor?.name ?? null },
  }))
}

function dueOf(place: DuePlace | undefined): Pick<Task, 'due' | 'isLate'> {
  return { due: place?.due ?? null, isLate: place?.timeliness === 'late' }
}

/** What is on its way counts first, then what is in the figures, then what was tried last. */
function taskOf(
  quarter: Quarter,
  rows: readonly SubmissionRow[],
  isNobody: boolean,
  isStaging: boolean,
  stop: TaskStop | null,
): Omit<Task, 'serviceName' | 'due' | 'isLate' | 'others'> {
  const linked = rows.find(({ state }) => state === 'linked')
  const open = rows.find(({ state }) => !['linked', 'rejected', 'withdrawn'].includes(state))
  const row = open ?? linked ?? rows.find(({ state }) => state !== 'withdrawn') ?? rows[0]
  if (row === undefined || (isNobody && open === undefined && linked === undefined)) {
    return {
      quarter,
      status: isNobody ? 'nobody' : 'not-started',
      reference: null,
      state: null,
      hasFindings: false,
      isBeingWithdrawn: false,
      isStaging,
      isReplacing: false,
      stop: isNobody ? null : stop,
    }
  }
  const status = stepReached(row)
  return {
    quarter,
    status,
    reference: row.reference,
    state: row.state,
    hasFindings: row.state === 'checked' && !row.isAnswered,
    isBeingWithdrawn: row.state === 'linked' && row.isBeingWithdrawn,
    isStaging,
    isReplacing: open !== undefined && linked !== undefined,
    stop: isStoppedBy(stop, status, row.state) ? stop : null,
  }
}

/** A closed quarter stops what is still to be uploaded; without an agreement nothing goes on. */
function isStoppedBy(stop: TaskStop | null, status: Step, state: SubmissionState): boolean {
  if (status === 'upload' || state === 'withdrawn') return true
  return stop === 'agreement-missing' && state !== 'linked' && state !== 'rejected'
}

/** One submission of a service and quarter, as its history lists it. */
export interface HistoryEntry {
  readonly reference: string
  /** What its rows are about. */
  readonly kind: FileKind
  readonly state: SubmissionState
  readonly reason: Code | null
  readonly receivedAt: Date
  /** The name of who uploaded it; null when it came another way. */
  readonly by: string | null
  readonly rows: {
    readonly read: number
    readonly accepted: number
    readonly rejected: number
    readonly blank: number
    readonly leftOut: number
  } | null
  readonly records: number | null
  readonly isBeingWithdrawn: boolean
  readonly step: Step
}

/** Everything that was ever sent for a service and quarter, the latest first. */
export interface History {
  readonly ok: true
  readonly service: string
  readonly serviceName: string
  readonly stage: Stage
  readonly quarter: Quarter
  /** What its files hold, where it is a source of a look-up. */
  readonly feed: FeedKind | null
  readonly entries: readonly HistoryEntry[]
  /** When somebody said that nobody was reached, and who. */
  readonly nobody: { readonly at: Date; readonly by: string } | undefined
  /** Why nothing is sent or said of it any more; null while it is. */
  readonly closed: 'quarter-closed' | 'service-closed' | null
}

/** Reads the history of one of the actor's services and a quarter of the programme. */
export async function readHistory(
  store: HistoryStore,
  actor: Actor,
  place: { readonly service: string; readonly quarter: string },
  now: Date,
): Promise<History | Refusal<'not-found'>> {
  const { quarter } = place
  if (!(await holdsRight(store.database, actor, 'submission.send'))) return NOT_HELD
  if (!isQuarter(quarter) || !begunQuarters(store.programme, now).includes(quarter))
    return refuse('not-found')
  const service = await inPrisma(store.database, (prisma) =>
    prisma.service.findUnique({
      select: { stage: true, closedAfter: true },
      where: { code: place.service, providerCode: actor.providerCode ?? '' },
    }),
  )
  if (service === null) return refuse('not-found')
  const rows = await run(store.database, 'journey/read-history', [place.service, quarter])
  const nil = await inPrisma(store.database, ({ nilReturn }) =>
    nilReturn.findUnique({
      select: { declaredAt: true, user: { select: { name: true } } },
      where: { serviceCode_quarter: { serviceCode: place.service, quarter } },
    }),
  )
  const isPast = service.closedAfter !== null && quarter > service.closedAfter
  const isOpen = await takesFiles(store.database, { service: place.service, quarter }, now)
  const named = await readNamesIn(store.database, [place])
  return {
    ok: true,
    service: place.service,
    serviceName: named(place),
    stage: stageOf(service),
    quarter,
    feed: (await kindOfSource(store.database, place.service)) ?? null,
    entries: rows.map(asEntry),
    nobody: nil === null ? undefined : { at: nil.declaredAt, by: nil.user.name },
    closed: isPast ? 'service-closed' : isOpen ? null : 'quarter-closed',
  }
}

function asEntry(row: Queries['journey/read-history']['row']): HistoryEntry {
  const { reference, kind, state, receivedAt, by, records } = row
  return {
    ...{ reference, state, receivedAt, by, records },
    // Codes that we wrote ourselves, and JSON that the query makes.
    kind,
    reason: row.reason as HistoryEntry['reason'],
    rows: row.rows as HistoryEntry['rows'],
    isBeingWithdrawn: state === 'linked' && row.isBeingWithdrawn,
    step: stepReached(row),
  }
}
