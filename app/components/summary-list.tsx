import type { ReactNode } from 'react'

/** A line of a summary: what, its value, and where to change it. */
export interface SummaryLine {
  readonly name: string
  /** How the name is shown, where it is marked as another language's. */
  readonly shownName?: ReactNode
  readonly value: ReactNode
  readonly change?: { readonly href: string; readonly text: string }
}

/** Names and values one below the other. */
export function SummaryList({ lines }: { readonly lines: readonly SummaryLine[] }): ReactNode {
  const changes = lines.some(({ change }) => change !== undefined)
  return (
    <dl className="govuk-summary-list">
      {lines.map(({ name, shownName = name, value, change }) => (
        <div
          key={name}
          className={`govuk-summary-list__row${changes && change === undefined ? ' govuk-summary-list__row--no-actions' : ''}`}
        >
          <dt className="govuk-summary-list__key">{shownName}</dt>
          <dd className="govuk-summary-list__value">{value}</dd>
          {change !== undefined && (
            <dd className="govuk-summary-list__actions">
              <a className="govuk-link" href={change.href}>
                {change.text}
                <span className="govuk-visually-hidden"> {name.toLowerCase()}</span>
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
