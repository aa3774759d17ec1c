import type { ReactNode } from 'react'
import type { Agreement } from '#server/programme/register/agreements.ts'
import { dayWords } from '../../components/moment.tsx'

/** The days an agreement covers. */
export function AgreementWords({
  agreement,
}: {
  readonly agreement: Agreement | undefined
}): ReactNode {
  if (agreement === undefined) return 'None: nothing can be sent'
  const { from, to, demonstration } = agreement
  const days =
    to === null
      ? `From ${dayWords(from)} until further notice`
      : `${dayWords(from)} to ${dayWords(to)}`
  return demonstration ? `${days} (demonstration)` : days
}
