import type { RowMapper } from '#core/mapping/row-mapper.ts'
import type { CheckContext } from '#core/checks/rows/person-reader.ts'
import type { Report } from '#core/checks/rows/row-checker.ts'
import { ServiceDateReader } from '#core/checks/rows/service-date.ts'
import { ActivityEvents } from './activity-events.ts'
import { ContactEvents } from './contact-events.ts'
import { FeedEvents } from './feed-events.ts'
import type { RowEvents } from './row-events.ts'
import { ScoreEvents } from './score-events.ts'

/** What rows are of where several may be of one person; undefined where a row is a person. */
export function eventsOf(
  mapper: RowMapper,
  { quarter, date1904, areas, outcomes, day }: CheckContext,
  report: Report,
): RowEvents | undefined {
  const everyRowCounts = !mapper.has('attended')
  const dates = new ServiceDateReader(quarter, date1904)
  const { kind } = mapper
  if (kind === 'people')
    return mapper.shape === 'contacts' ? new ContactEvents(everyRowCounts) : undefined
  if (kind === 'activities')
    return new ActivityEvents({ quarter, dates, areas, everyRowCounts }, report)
  if (kind === 'outcomes') {
    if (outcomes === undefined) throw new TypeError('outcomes are checked against a framework')
    return new ScoreEvents(mapper, { ...outcomes, quarter, dates }, report)
  }
  if (day === undefined) throw new TypeError('a feed is checked on a day')
  return new FeedEvents({ kind, day, dates }, report)
}
