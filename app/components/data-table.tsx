import type { ReactNode } from 'react'

/** A table with a caption. Cells stand in the order of the columns; the first of a row is its heading. */
export function DataTable({
  caption,
  columns,
  rows,
}: {
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
}): ReactNode {
  return (
    <div className="app-table-scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className="govuk-table">
        <caption className="govuk-table__caption govuk-table__caption--m">{caption}</caption>
        <thead className="govuk-table__head">
          <tr className="govuk-table__row">
            {columns.map((column) => (
              <th key={column} scope="col" className="govuk-table__header">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="govuk-table__body">
          {rows.map(({ key, cells: [first, ...others] }) => (
            <tr key={key} className="govuk-table__row">
              <th scope="row" className="govuk-table__header">
                {first}
              </th>
              {others.map((cell, index) => (
                <td key={columns[index + 1]} className="govuk-table__cell">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
