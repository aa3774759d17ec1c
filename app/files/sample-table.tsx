import type { ReactNode } from 'react'

/** The first rows of a file; identifiers are masked already. */
export function SampleTable({
  header,
  rows,
  caption = 'The first rows, with identifiers masked',
  heading,
}: {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly caption?: string
  /** Of a part of the page, in few words. */
  readonly heading?: string
}): ReactNode {
  return (
    <>
      {/* Beside the table, which is wider than a phone: a caption would scroll away with it. */}
      {heading === undefined ? (
        <h2 className="govuk-heading-m">{caption}</h2>
      ) : (
        <h3 className="govuk-heading-s">{heading}</h3>
      )}
      <div className="app-sample-scroll" role="region" aria-label={caption} tabIndex={0}>
        <table className="govuk-table govuk-table--small-text-until-tablet app-sample">
          <caption className="govuk-visually-hidden">{caption}</caption>
          <thead className="govuk-table__head">
            <tr className="govuk-table__row">
              {header.map((heading) => (
                <th key={heading} scope="col" className="govuk-table__header">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="govuk-table__body">
            {rows.map((row, at) => (
              <tr key={at} className="govuk-table__row">
                {header.map((heading, column) => (
                  <td key={heading} className="govuk-table__cell">
                    {row[column]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
