import type { ReactNode } from 'react'

/** A part of a page that few need at once: its name is shown, and the rest when it is opened. */
export function Folded({
  text,
  isOpen = false,
  isWide = false,
  children,
}: {
  readonly text: string
  /** What somebody just asked for is not folded away again. */
  readonly isOpen?: boolean
  /** A table takes the whole width. */
  readonly isWide?: boolean
  readonly children: ReactNode
}): ReactNode {
  return (
    <details className="govuk-details" open={isOpen}>
      <summary className="govuk-details__summary">
        <span className="govuk-details__summary-text">{text}</span>
      </summary>
      {isWide ? children : <div className="govuk-details__text">{children}</div>}
    </details>
  )
}
