import type { ReactNode } from 'react'

/** A column of a table of figures. */
export interface NumberColumn {
  readonly name: string
  /** Whether its cells are words rather than figures. */
  readonly words?: boolean
}

interface TableRow {
  readonly key: string
  readonly cells: readonly ReactNode[]
}

/**
 * A table of figures: numbers stand one below the other. The first cell of a row is its heading; `total` is a last row that
 * sums nothing but counts each person once. On a phone a table of figures scrolls beside its first column, and in one with words
 * each row is a card.
 */
export function NumberTable({
  caption,
  columns,
  rows,
  total,
}: {
  readonly caption: string
  readonly columns: readonly NumberColumn[]
  readonly rows: readonly TableRow[]
  readonly total?: readonly ReactNode[]
}): ReactNode {
  const isCards = columns.some(({ words }) => words === true)
  const kind = `${isCards ? 'app-table' : 'app-numbers'}${columns.length > MANY ? ' app-dense' : ''}`
  const table = (
    <table className={`govuk-table ${kind}`} role="table">
      <caption className="govuk-table__caption govuk-table__caption--m">{caption}</caption>
      <thead className="govuk-table__head" role="rowgroup">
        <tr className="govuk-table__row" role="row">
          {columns.map(({ name, words }, index) => (
            <th
              key={name}
              scope="col"
              role="columnheader"
              className={`govuk-table__header${index === 0 || words === true ? '' : ' govuk-table__header--numeric'}`}
            >
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="govuk-table__body" role="rowgroup">
        {rows.map(({ key, cells }) => (
          <Row key={key} columns={columns} cells={cells} strong={false} />
        ))}
        {total !== undefined && <Row columns={columns} cells={total} strong />}
      </tbody>
    </table>
  )
  if (isCards) return table
  return (
    <div className="app-scroll" role="region" aria-label={caption} tabIndex={0}>
      {table}
    </div>
  )
}

/** With more columns than this letters are smaller. */
const MANY = 5

function Row({
  columns,
  cells: [first, ...others],
  strong,
}: {
  readonly columns: readonly NumberColumn[]
  readonly cells: readonly ReactNode[]
  readonly strong: boolean
}): ReactNode {
  return (
    <tr className={`govuk-table__row${strong ? ' app-table__total' : ''}`} role="row">
      <th scope="row" role="rowheader" className="govuk-table__header">
        {first}
      </th>
      {others.map((cell, index) => {
        const column = columns[index + 1]
        return (
          <td
            key={column?.name}
            role="cell"
            className={`govuk-table__cell${column?.words === true ? '' : ' govuk-table__cell--numeric'}`}
            data-column={column?.name}
          >
            {cell}
          </td>
        )
      })}
    </tr>
  )
}
