import { quarterDays, type Quarter } from '#core/dataset/quarter.ts'

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' })
const MONTH_AND_YEAR = new Intl.DateTimeFormat('en-GB', {
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** A quarter as people say it: April to June 2024. */
export function quarterWords(quarter: Quarter): string {
  const { first, last } = quarterDays(quarter)
  return `${MONTH.format(new Date(first))} to ${MONTH_AND_YEAR.format(new Date(last))}`
}
