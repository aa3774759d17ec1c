import type { ReactNode } from 'react'
import { Folded } from '../../components/folded.tsx'

/** A part of the page under its heading: what its tables hold is said, and they are there when it is opened, and on paper. */
export function UsePart({
  heading,
  holds,
  isOpen = false,
  children,
}: {
  readonly heading: string
  readonly holds: string
  readonly isOpen?: boolean
  readonly children: ReactNode
}): ReactNode {
  return (
    <section className="app-printed-whole">
      <h2 className="govuk-heading-m">{heading}</h2>
      <Folded text={holds} isOpen={isOpen} isWide>
        {children}
      </Folded>
    </section>
  )
}
