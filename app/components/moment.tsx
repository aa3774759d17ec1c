import type { ReactNode } from 'react'

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const MOMENT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Europe/London',
})

/** A day given as `yyyy-mm-dd`, in words. */
export function dayWords(day: string): string {
  return DAY.format(new Date(day))
}

/** When something was, in the time of the place; machines read it in UTC. */
export function Moment({ at }: { readonly at: Date }): ReactNode {
  return <time dateTime={at.toISOString()}>{MOMENT.format(at)}</time>
}
