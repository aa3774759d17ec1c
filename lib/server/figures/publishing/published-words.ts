import { quarterWords } from '#core/standard/quarter.ts'
import type { Release } from '#server/figures/releases/list-releases.ts'
import type { SpanFigures } from '#server/figures/releases/release-views.ts'
import type { PublishedView, QuarterChange } from './published-releases.ts'

/** Words that pages and files of published releases share. */

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/London' })
const MOMENT = new Intl.DateTimeFormat('en-GB', {
  ...({ dateStyle: 'long', timeStyle: 'short' } as const),
  timeZone: 'Europe/London',
})

/** The day of a moment in the place: `12 May 2025`. */
export function dayWords(at: Date): string {
  return DAY.format(at)
}

/** A moment in the place: `12 May 2025 at 09:30`. */
export function momentWords(at: Date): string {
  return MOMENT.format(at)
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

/** Which release this one takes the place of, and what changed: a sentence each. */
export function revisionLines({ revision }: Pick<PublishedView, 'revision'>): string[] {
  if (revision === undefined) return ['This release takes the place of no other.']
  const { supersedes, newQuarters, newFiles, changes } = revision
  const quarters = newQuarters.map((quarter) => quarterWords(quarter)).join(', ')
  return [
    `This release takes the place of ${supersedes.reference}.`,
    ...(newQuarters.length === 0 ? [] : [`New in it: ${quarters}.`]),
    ...newFiles.map(
      ({ quarter, services }) =>
        `Files for ${quarterWords(quarter)} that had come since: ${services.join(', ')}.`,
    ),
    ...changes.map(changeWords),
    ...(changes.length === 0 ? ['No figure of the quarters that both hold is different.'] : []),
    'A published figure changes only where more people came or went than the number that is hidden. Corrections come from late and replaced files, withdrawn files, and people found to be one person or two.',
  ]
}

function changeWords({ quarter, changed, hidden, shown }: QuarterChange): string {
  const told = [
    [changed, 'changed'],
    [hidden, 'is now hidden', 'are now hidden'],
    [shown, 'is now shown', 'are now shown'],
  ] as const
  const words = told
    .filter(([count]) => count > 0)
    .map(
      ([count, one, many = one]) => `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`,
    )
  return `Figures of ${quarterWords(quarter)}: ${words.join(', ')}.`
}
