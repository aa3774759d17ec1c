import type { ReactNode } from 'react'

/** Says that some ward has no population, and who imports one. */
export function PopulationNotice({ year }: { readonly year: number | undefined }): ReactNode {
  return (
    <p className="govuk-body">
      Nobody has imported how many people live in{' '}
      {year === undefined ? 'the wards' : 'some of the wards'}: an operator does, with{' '}
      <code>countonce populations import</code>.
    </p>
  )
}
