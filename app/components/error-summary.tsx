import type { ReactNode } from 'react'

/** What went wrong before this page was asked for, above its heading. */
export function ErrorSummary({
  title,
  fix,
  field,
}: {
  readonly title: string
  readonly fix: ReactNode
  /** Id of the input it belongs to. */
  readonly field?: string
}): ReactNode {
  return (
    <div className="govuk-error-summary" role="alert" tabIndex={-1}>
      <h2 className="govuk-error-summary__title">There is a problem</h2>
      <div className="govuk-error-summary__body">
        <ul className="govuk-list govuk-error-summary__list">
          <li>
            {field === undefined ? <strong>{title}</strong> : <a href={`#${field}`}>{title}</a>}
            <div className="govuk-body govuk-!-margin-top-1">{fix}</div>
          </li>
        </ul>
      </div>
    </div>
  )
}
