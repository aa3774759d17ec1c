import type { RecordFacts } from '#core/standard/record.ts'
import { type Quarter, quarterDays } from '#core/standard/quarter.ts'

/**
 * How a service's reach is counted: by attended contacts, or by active enrolment where it has none
 * to give.
 */
export type ReachCounting = 'contacts' | 'active-enrolment'

/** What of a record says whether the person was reached. */
export type ServiceUse = Pick<RecordFacts, 'status' | 'contacts' | 'startDate' | 'endDate'>

/** Statuses of people who were never reached, whatever else the row says. */
export const NEVER_REACHED: readonly string[] = ['waiting', 'declined']

/**
 * Whether the person was reached in the quarter of the record: at least one attended contact or,
 * where the service is counted so, an enrolment that was active on some day of the quarter. An
 * enrolment that ended counts only with an end date that shows it; a blank status counts as active,
 * since the row itself is of this quarter.
 */
export function isReached(use: ServiceUse, quarter: Quarter, counting: ReachCounting): boolean {
  if (NEVER_REACHED.includes(use.status)) return false
  if (use.contacts !== null && use.contacts >= 1) return true
  return counting === 'active-enrolment' && isEnrolled(use, quarter)
}

function isEnrolled({ status, startDate, endDate }: ServiceUse, quarter: Quarter): boolean {
  const { first, last } = quarterDays(quarter)
  if (startDate !== '' && startDate > last) return false
  if (endDate !== '') return endDate >= first
  return status === 'active' || status === ''
}
