import type { ReactNode } from 'react'

/** A file to choose; its name is its id. It is not kept while a form is put right. */
export function FileField({
  name,
  label,
  hint,
  accept,
}: {
  readonly name: string
  readonly label: string
  readonly hint?: string
  /** Endings and media types, as `.csv,text/csv`; any file where there are none. */
  readonly accept?: string
}): ReactNode {
  return (
    <div className="govuk-form-group">
      <label className="govuk-label" htmlFor={name}>
        {label}
      </label>
      {hint !== undefined && <div className="govuk-hint">{hint}</div>}
      <input className="govuk-file-upload" id={name} name={name} type="file" accept={accept} />
    </div>
  )
}
