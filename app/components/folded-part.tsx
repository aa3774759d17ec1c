import type { ReactNode } from 'react'
import { Folded } from './folded.tsx'

/** A part of the page under its heading: what its tables hold is said, and they are there when it is opened, and on paper. */
export function FoldedPart({
  heading,
  holds,
  isOpen = false,
  isWholeOnWide = false,
  children,
}: {
  readonly heading: string
  readonly holds: string
  readonly isOpen?: boolean
  /** A phone alone folds it away. */
  readonly isWholeOnWide?: boolean
  readonly children: ReactNode
}): ReactNode {
  return (
    <section className={`app-printed-whole${isWholeOnWide ? ' app-wide-whole' : ''}`}>
      <h2 className="govuk-heading-m">{heading}</h2>
      <Folded text={holds} isOpen={isOpen} isWide>
        {children}
      </Folded>
    </section>
  )
}
