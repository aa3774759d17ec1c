import type { ReactNode } from 'react'

/** The body of a page, two thirds wide: as long as a line is read with ease. */
export function TwoThirds({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <div className="govuk-grid-row">
      <div className="govuk-grid-column-two-thirds">{children}</div>
    </div>
  )
}
