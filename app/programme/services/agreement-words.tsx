import type { ReactNode } from 'react'
import type { Agreement } from '#server/programme/register/agreements.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { StatusTag } from '../../components/notices.tsx'
import { dayWords } from '../../components/moment.tsx'

/** The days an agreement covers. */
export function AgreementWords({
  agreement,
}: {
  readonly agreement: Agreement | undefined
}): ReactNode {
  if (agreement === undefined) return 'None: nothing can be sent'
  const { from, demonstration, endedOn } = agreement
  const to = endedOn ?? agreement.to
  const days =
    to === null
      ? `From ${dayWords(from)} until further notice`
      : `${dayWords(from)} to ${dayWords(to)}`
  const left = daysUntil(to)
  return (
    <>
      {demonstration ? `${days} (demonstration)` : days}
      {!demonstration && left !== undefined && left >= 0 && left <= 90 && (
        <>
          {' '}
          <StatusTag colour={left <= 7 ? 'red' : 'yellow'}>
            {left === 1 ? 'Ends in 1 day' : `Ends in ${String(left)} days`}
          </StatusTag>
        </>
      )}
      {!demonstration && left !== undefined && left < 0 && (
        <>
          {' '}
          <StatusTag colour="grey">Over</StatusTag>
        </>
      )}
    </>
  )
}

/** Days from today to a last day; undefined where there is none. */
function daysUntil(day: string | null): number | undefined {
  if (day === null) return undefined
  return Math.round((Date.parse(day) - Date.parse(dayInLondon(new Date()))) / 86_400_000)
}
