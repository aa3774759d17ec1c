import type { ReactNode } from 'react'
import { GROUPINGS, type Grouping } from '#core/reach/measure.ts'
import { GROUPING_NAMES } from '../group-words.ts'

/** What figures are to be grouped by: any of them, each a box of the filter. */
export function GroupingBoxes({ chosen }: { readonly chosen: readonly Grouping[] }): ReactNode {
  return (
    <div className="govuk-form-group">
      <fieldset className="govuk-fieldset">
        <legend className="govuk-fieldset__legend">Count separately for each</legend>
        <div className="govuk-checkboxes govuk-checkboxes--small app-boxes">
          {GROUPINGS.map((name) => (
            <div key={name} className="govuk-checkboxes__item">
              <input
                className="govuk-checkboxes__input"
                id={`by-${name}`}
                name={`by-${name}`}
                type="checkbox"
                value="yes"
                defaultChecked={chosen.includes(name)}
              />
              <label className="govuk-label govuk-checkboxes__label" htmlFor={`by-${name}`}>
                {GROUPING_NAMES[name]}
              </label>
            </div>
          ))}
        </div>
      </fieldset>
    </div>
  )
}
