import type { Quarter } from '#core/standard/quarter.ts'
import type { RecordFacts } from '#core/standard/record.ts'
import type { ReachCounting } from '#core/reach/reached.ts'
import { factsGiven, type Described } from './data-quality.ts'
import { usesOf } from './person-use.ts'
import { measureUse } from './use-measures.ts'

/**
 * What a file of people and service use says of its quarter by itself, by the definitions of docs/measures.md: each record is a
 * person, and nothing that another file knows of them is in it. It is what a provider is shown of its own service. What SQL
 * counts must equal this.
 */

/** A record with whether its person was reached in its quarter, by each way of counting (`isReached`). */
export interface FileRecord
  extends
    Described,
    Pick<RecordFacts, 'referralDate' | 'startDate' | 'endDate' | 'status' | 'contacts'> {
  readonly reachedBy: Readonly<Record<ReachCounting, boolean>>
}

/** Counts of records; a submission keeps them when its records are gone. */
export interface FileMeasures {
  readonly records: number
  /** Of the five facts that each record may hold, those that say something. */
  readonly facts: number
  /** Reached by contacts, and where active enrolment counts as well. */
  readonly reachedByContacts: number
  readonly reachedByEnrolment: number
  /** Who started in the quarter; of them, with both days, over four weeks, and the median of their days, null for none. */
  readonly started: number
  readonly waits: number
  readonly longWaits: number
  readonly medianWait: number | null
  readonly waiting: number
  readonly completed: number
  readonly leftEarly: number
  readonly declined: number
}

/** What the records of one file come to. */
export function measureFile(records: readonly FileRecord[], quarter: Quarter): FileMeasures {
  const period = { from: quarter, to: quarter }
  const uses = usesOf(
    records.map((record, beneficiary) => ({
      ...record,
      ...{
        beneficiary,
        service: '',
        quarter,
        referralSource: '',
        client: null,
        lastContactDate: '',
      },
      isReached: record.reachedBy.contacts,
    })),
    period,
  )
  const { reached, waits, waiting, completed, leftEarly, declined } = measureUse(uses, period)
  return {
    records: records.length,
    facts: records.reduce((sum, record) => sum + factsGiven(record), 0),
    reachedByContacts: reached,
    reachedByEnrolment: records.filter(({ reachedBy }) => reachedBy['active-enrolment']).length,
    started: waits.started,
    waits: waits.known,
    longWaits: waits.overFourWeeks,
    medianWait: waits.days?.median ?? null,
    waiting: waiting.people,
    ...{ completed, leftEarly, declined },
  }
}
