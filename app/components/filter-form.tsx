import type { ReactNode } from 'react'
import { element, escapeText } from '#core/charts/markup.ts'

/** A list in a filter: what it is named in the address, and what it may be. */
export interface FilterField {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly choices: readonly { readonly value: string; readonly text: string }[]
}

/**
 * A form that only chooses what a page shows: its address holds the choice, so that it can be kept
 * and sent.
 */
export function FilterForm({
  action,
  fields,
  submit,
  children,
}: {
  readonly action: string
  readonly fields: readonly FilterField[]
  readonly submit: string
  readonly children?: ReactNode
}): ReactNode {
  return (
    <form action={action} method="get" className="app-filter">
      <div className="app-filter__fields">
        {fields.map(({ name, label, value, choices }) => (
          <div key={name} className="govuk-form-group">
            <label className="govuk-label" htmlFor={name}>
              {label}
            </label>
            <select
              className="govuk-select"
              id={name}
              name={name}
              dangerouslySetInnerHTML={{ __html: writeOptions(choices, value) }}
            />
          </div>
        ))}
      </div>
      {children}
      <button type="submit" className="govuk-button">
        {submit}
      </button>
    </form>
  )
}

/** As text: there may be a hundred, and elements cost the server far more. */
function writeOptions(choices: FilterField['choices'], chosen: string): string {
  return choices
    .map(({ value, text }) =>
      element('option', value === chosen ? { value, selected: '' } : { value }, escapeText(text)),
    )
    .join('')
}
