import type { ReactNode } from 'react'

/**
 * A table with a caption. Cells stand in the order of the columns; the first of a row is its
 * heading. On a phone each row is a card, every cell with its column's name before it: the roles
 * keep it a table for who does not see it.
 */
export function DataTable({
  caption,
  isCaptionHidden = false,
  isTight = false,
  columns,
  rows,
  lastIsForms = false,
  onWide = [],
}: {
  readonly caption: string
  /** Where a heading says it already. */
  readonly isCaptionHidden?: boolean
  /** Of many rows with a few short cells: on a phone a row's cells run on, and take no line each. */
  readonly isTight?: boolean
  readonly columns: readonly string[]
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
  /** Its last column is for doing something, and on no paper. */
  readonly lastIsForms?: boolean
  /** Columns that a phone leaves to the page of the row. */
  readonly onWide?: readonly string[]
}): ReactNode {
  const placesOf = (column = ''): string =>
    (lastIsForms && column === columns.at(-1) ? ' app-no-print' : '') +
    (onWide.includes(column) ? ' app-wide-only' : '')
  return (
    <table className={`govuk-table app-table${isTight ? ' app-table--tight' : ''}`} role="table">
      <caption
        className={
          isCaptionHidden ? 'govuk-visually-hidden' : 'govuk-table__caption govuk-table__caption--m'
        }
      >
        {caption}
      </caption>
      <thead className="govuk-table__head" role="rowgroup">
        <tr className="govuk-table__row" role="row">
          {columns.map((column) => (
            <th
              key={column}
              scope="col"
              role="columnheader"
              className={`govuk-table__header${placesOf(column)}`}
            >
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="govuk-table__body" role="rowgroup">
        {rows.map(({ key, cells: [first, ...others] }) => (
          <tr key={key} className="govuk-table__row" role="row">
            <th scope="row" role="rowheader" className="govuk-table__header">
              {first}
            </th>
            {others.map((cell, index) => (
              <td
                key={columns[index + 1]}
                role="cell"
                className={`govuk-table__cell${placesOf(columns[index + 1])}`}
                data-column={columns[index + 1]}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
