import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'

/** Asks for a row of a submission, by its number in the spreadsheet, to see whom it is counted as. */
export function FindRow({
  submission,
  row = '',
  error,
}: {
  readonly submission: string
  readonly row?: string
  readonly error?: string
}): ReactNode {
  return (
    <form action={addresses.explain} method="get" noValidate>
      <input type="hidden" name="submission" value={submission} />
      <div className={`govuk-form-group${error === undefined ? '' : ' govuk-form-group--error'}`}>
        <label className="govuk-label" htmlFor="row">
          Row of submission {submission}
        </label>
        <div id="row-hint" className="govuk-hint">
          As the spreadsheet numbers it. You will see the reference that the row is counted under.
        </div>
        {error !== undefined && (
          <p id="row-error" className="govuk-error-message">
            <span className="govuk-visually-hidden">Error:</span> {error}
          </p>
        )}
        <input
          className="govuk-input govuk-input--width-5"
          id="row"
          name="row"
          type="text"
          inputMode="numeric"
          autoComplete="off"
          defaultValue={row}
          aria-describedby={`row-hint${error === undefined ? '' : ' row-error'}`}
        />
      </div>
      <button type="submit" className="govuk-button govuk-button--secondary">
        Find this row
      </button>
    </form>
  )
}
