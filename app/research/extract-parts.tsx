import type { ReactNode } from 'react'
import { quarterWords } from '#core/standard/quarter.ts'
import { hasExpired, type ResearchExtract } from '#server/figures/extracts/research-extracts.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { StatusTag } from '../components/notices.tsx'

/** The quarters of an extract in words. */
export function quartersText({
  firstQuarter,
  lastQuarter,
}: Pick<ResearchExtract, 'firstQuarter' | 'lastQuarter'>): string {
  return firstQuarter === lastQuarter
    ? quarterWords(firstQuarter)
    : `${quarterWords(firstQuarter)} to ${quarterWords(lastQuarter)}`
}

/** Where an extract is on its way from the asking to its destruction. */
export function ExtractTag({
  extract,
  now,
}: {
  readonly extract: ResearchExtract
  readonly now: Date
}): ReactNode {
  const { made, destroyed } = extract
  if (destroyed !== undefined) return <StatusTag colour="grey">Destroyed</StatusTag>
  const isLate = hasExpired(extract, dayInLondon(now))
  if (made === undefined) {
    return <StatusTag colour={isLate ? 'grey' : 'yellow'}>Not made</StatusTag>
  }
  return isLate ? (
    <StatusTag colour="red">Certificate is late</StatusTag>
  ) : (
    <StatusTag colour="green">Given out</StatusTag>
  )
}
