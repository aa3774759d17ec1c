import { dayWords } from '../components/moment.tsx'

/** The days that the data of a source cover, which are yyyy-mm-dd, in words. */
export function coverageWords({
  from,
  to,
}: {
  readonly from: string
  readonly to: string | null
}): string {
  return `from ${dayWords(from)}${to === null ? '' : ` to ${dayWords(to)}`}`
}
