import type { Code } from '#core/messages/words-of.ts'
import { isQuarter, quarterOf, quartersBetween, type Quarter } from '#core/standard/quarter.ts'
import { databaseFault } from '#server/platform/db/database-fault.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import type { SubmissionState } from '#server/intake/submissions/states.ts'
import { stepReached, type Step } from './steps.ts'

/** Where a service and quarter is, as its provider sees it. */
export type TaskStatus = 'not-started' | Step

/** A service and quarter of the task list. */
export interface Task {
  readonly quarter: Quarter
  readonly status: TaskStatus
  /** The submission to continue, or the one in the figures. */
  readonly reference: string | null
  readonly state: SubmissionState | null
  /** Whether findings stop the file that is being checked. */
  readonly hasFindings: boolean
  /** Whether it is in the figures and somebody asked for it to be withdrawn. */
  readonly isBeingWithdrawn: boolean
  /** Whether another submission is in the figures while this one is on its way. */
  readonly isReplacing: boolean
}

/** A service with its quarters, the latest first. */
export interface ServiceTasks {
  readonly service: string
  readonly name: string
  readonly strand: string
  /** Whether an agreement covers any of the quarters shown. */
  readonly hasAgreement: boolean
  readonly tasks: readonly Task[]
}

/** Quarters that are listed at first. */
const RECENT = 4

interface SubmissionRow {
  readonly service: string
  readonly quarter: Quarter
  readonly reference: string
  readonly state: SubmissionState
  readonly isHeld: boolean
  readonly isRead: boolean
  readonly isMatched: boolean
  readonly hasValues: boolean
  readonly isAnswered: boolean
  readonly isBeingWithdrawn: boolean
}

/** The services of a provider and, for each, the programme's recent quarters that have begun, with what to do next. */
export async function listTasks(
  store: ProgrammeStore,
  actor: Actor,
  now: Date,
  all = false,
): Promise<
  { readonly ok: true; readonly services: readonly ServiceTasks[] } | Refusal<'not-found'>
> {
  if (actor.role !== 'provider' || !may(actor, 'submission.send')) return refuse('not-found')
  const quarters = programmeQuarters(store, now)
  const shown = all ? quarters : quarters.slice(0, RECENT)
  try {
    const services = await store.pool.query<{
      service: string
      name: string
      strand: string
      hasAgreement: boolean
    }>(
      `select service.code as service, service.name, strand.name as strand,
              exists (select from agreement where agreement.service_code = service.code) as "hasAgreement"
         from service join strand on strand.code = service.strand_code
        where service.provider_code = $1 order by service.name`,
      [actor.providerCode],
    )
    const submissions = await store.pool.query<SubmissionRow>(
      `select s.service_code as service, s.quarter, s.reference, s.state, s.file_id is not null as "isHeld",
              j.read_at is not null as "isRead", j.matched_at is not null as "isMatched",
              j.valued_at is not null as "hasValues",
              is_answered(s.id) as "isAnswered", is_being_withdrawn(s.reference) as "isBeingWithdrawn"
         from submission s left join journey j on j.submission_id = s.id
        where s.dataset = 'production' and s.service_code = any ($1::text[]) and s.quarter = any ($2::text[])
        order by s.id desc`,
      [services.rows.map(({ service }) => service), shown],
    )
    return {
      ok: true,
      services: services.rows.map((service) => ({
        ...service,
        tasks: shown.map((quarter) =>
          taskOf(
            quarter,
            submissions.rows.filter(
              (row) => row.service === service.service && row.quarter === quarter,
            ),
          ),
        ),
      })),
    }
  } catch (error) {
    throw databaseFault(error)
  }
}

/** Quarters of the programme that have begun, the latest first. */
export function programmeQuarters(store: Pick<ProgrammeStore, 'programme'>, now: Date): Quarter[] {
  const today = now.toISOString().slice(0, 10)
  const last = today < store.programme.to ? today : store.programme.to
  return quartersBetween(quarterOf(store.programme.from), quarterOf(last)).reverse()
}

/** What is on its way counts first, then what is in the figures, then what was tried last. */
function taskOf(quarter: Quarter, rows: readonly SubmissionRow[]): Task {
  const linked = rows.find(({ state }) => state === 'linked')
  const open = rows.find(({ state }) => !['linked', 'rejected', 'withdrawn'].includes(state))
  const row = open ?? linked ?? rows.find(({ state }) => state !== 'withdrawn') ?? rows[0]
  if (row === undefined) {
    return {
      quarter,
      status: 'not-started',
      reference: null,
      state: null,
      hasFindings: false,
      isBeingWithdrawn: false,
      isReplacing: false,
    }
  }
  return {
    quarter,
    status: stepReached(row),
    reference: row.reference,
    state: row.state,
    hasFindings: row.state === 'checked' && !row.isAnswered,
    isBeingWithdrawn: row.state === 'linked' && row.isBeingWithdrawn,
    isReplacing: open !== undefined && linked !== undefined,
  }
}

/** One submission of a service and quarter, as its history lists it. */
export interface HistoryEntry {
  readonly reference: string
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
  readonly quarter: Quarter
  readonly entries: readonly HistoryEntry[]
}

/** Reads the history of one of the actor's services and a quarter of the programme. */
export async function readHistory(
  store: ProgrammeStore,
  actor: Actor,
  place: { readonly service: string; readonly quarter: string },
  now: Date,
): Promise<History | Refusal<'not-found'>> {
  const { quarter } = place
  if (actor.role !== 'provider' || !may(actor, 'submission.send')) return refuse('not-found')
  if (!isQuarter(quarter) || !programmeQuarters(store, now).includes(quarter))
    return refuse('not-found')
  try {
    const service = await store.pool.query<{ name: string }>(
      'select name from service where code = $1 and provider_code = $2',
      [place.service, actor.providerCode],
    )
    if (service.rows[0] === undefined) return refuse('not-found')
    const { rows } = await store.pool.query<
      Omit<HistoryEntry, 'step'> &
        Omit<SubmissionRow, 'service' | 'quarter' | 'reference' | 'state'>
    >(
      `select s.reference, s.state, s.reason, s.received_at as "receivedAt", portal_user.name as by, s.records,
              case when s.rows_read is not null then json_build_object(
                'read', s.rows_read, 'accepted', s.rows_accepted, 'rejected', s.rows_rejected, 'blank', s.rows_blank
              ) end as rows,
              s.file_id is not null as "isHeld", j.read_at is not null as "isRead",
              j.matched_at is not null as "isMatched", j.valued_at is not null as "hasValues", is_answered(s.id) as "isAnswered",
              is_being_withdrawn(s.reference) as "isBeingWithdrawn"
         from submission s
         left join journey j on j.submission_id = s.id
         left join portal_user on portal_user.id = s.received_by
        where s.dataset = 'production' and s.service_code = $1 and s.quarter = $2
        order by s.id desc`,
      [place.service, quarter],
    )
    return {
      ok: true,
      service: place.service,
      serviceName: service.rows[0].name,
      quarter,
      entries: rows.map(
        ({
          reference,
          state,
          reason,
          receivedAt,
          by,
          rows: counts,
          records,
          isBeingWithdrawn,
          ...at
        }) => ({
          reference,
          state,
          reason,
          receivedAt,
          by,
          rows: counts,
          records,
          isBeingWithdrawn: state === 'linked' && isBeingWithdrawn,
          step: stepReached({ state, ...at }),
        }),
      ),
    }
  } catch (error) {
    throw databaseFault(error)
  }
}
