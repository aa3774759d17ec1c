/**
 * The moment at which the clocks of the place show a day (`yyyy-mm-dd`) and a time (`09:30`). An hour
 * that comes twice in October is its first; one that is left out in March is undefined.
 */
export function momentInLondon(day: string, time: string): Date | undefined {
  const asUtc = Date.parse(`${day}T${time}:00Z`)
  // British Summer Time is an hour ahead.
  return [60, 0]
    .map((ahead) => new Date(asUtc - ahead * 60_000))
    .find((moment) => !Number.isNaN(asUtc) && shownInLondon(moment) === `${day} ${time}`)
}

const MOMENT = new Intl.DateTimeFormat('en-GB', {
  ...({ dateStyle: 'long', timeStyle: 'short' } as const),
  timeZone: 'Europe/London',
})

/** A moment in the place: `12 May 2025 at 09:30`. */
export function momentWords(at: Date): string {
  return MOMENT.format(at)
}

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  ...({ year: 'numeric', month: '2-digit', day: '2-digit' } as const),
  ...({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const),
  timeZone: 'Europe/London',
})

function shownInLondon(moment: Date): string {
  const parts = new Map(CLOCK.formatToParts(moment).map(({ type, value }) => [type, value]))
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? ''
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`
}
