import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { isAboutFile } from '#core/messages/findings/findings.ts'
import type { CheckView } from '#server/intake/journey/read-check.ts'
import { SummaryList } from '../../../components/summary-list.tsx'

/**
 * A few values of the columns that findings about the whole file name, on demand: who uploaded it
 * need not open the file to see what is meant.
 */
export function ColumnValues({
  view: { journey, groups },
  samples,
}: {
  readonly view: CheckView
  /** Of each column of the file, once they were asked for. */
  readonly samples: readonly (readonly string[])[] | undefined
}): ReactNode {
  const named = groups.flatMap(({ column, findings }) =>
    journey.header.includes(column) &&
    findings.some(({ code, severity }) => severity !== 'note' && isAboutFile(code))
      ? [column]
      : [],
  )
  if (named.length === 0) return null
  if (samples === undefined)
    return (
      <p className="govuk-body">
        Some of what was found is about a whole column.{' '}
        <a className="govuk-link" href={addresses.checkShown(journey.reference)} rel="nofollow">
          Show values of {named.length === 1 ? 'this column' : 'these columns'}
        </a>
        . Only you can see them, and it is recorded that you looked.
      </p>
    )
  return (
    <>
      <p className="govuk-body">
        A few values of each column that is named below, as they are in your file. They are hidden
        again when you leave this page.
      </p>
      <SummaryList
        lines={named.map((column) => ({
          name: column,
          value: (samples[journey.header.indexOf(column)] ?? []).join('  ·  '),
        }))}
      />
    </>
  )
}
