import { quarterWords } from '#core/standard/quarter.ts'
import type { Release } from '#server/figures/releases/list-releases.ts'
import type { SpanFigures } from '#server/figures/releases/release-views.ts'

/** Words that pages and files of published releases share. */

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/London' })

/** The day of a moment in the place: `12 May 2025`. */
export function dayWords(at: Date): string {
  return DAY.format(at)
}

/** The time that figures are of: a quarter, the year to date or everything, to the end of a month. */
export function spanWords({ span, quarter }: Pick<SpanFigures, 'span' | 'quarter'>): string {
  const words = quarterWords(quarter)
  const until = words.slice(words.indexOf(' to ') + ' to '.length)
  if (span === 'start') return `Since the start, to the end of ${until}`
  return span === 'year' ? `In the financial year, to the end of ${until}` : `In ${words}`
}

/** The quarters of a release in words. */
export function periodOf({ firstQuarter, lastQuarter }: Release): string {
  return firstQuarter === lastQuarter
    ? quarterWords(lastQuarter)
    : `${quarterWords(firstQuarter)} – ${quarterWords(lastQuarter)}`
}
