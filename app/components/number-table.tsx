import type { ReactNode } from 'react'
import { element, escapeText, type Attributes } from '#core/charts/markup.ts'

/** A column of a table of figures. */
export interface NumberColumn {
  readonly name: string
  /** Whether its cells are words rather than figures. */
  readonly words?: boolean
  /** Where its heading leads to put the rows in its order, and in which they are by it now. */
  readonly sort?: {
    readonly href: string
    readonly is: 'ascending' | 'descending' | undefined
  }
}

interface TableRow {
  readonly key: string
  readonly cells: readonly ReactNode[]
}

/**
 * A table of figures: numbers stand one below the other. The first cell of a row is its heading;
 * `total` is a last row that sums nothing but counts each person once. On a phone a table of
 * figures scrolls beside its first column, and in one with words each row is a card.
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
          {columns.map(({ name, words, sort }, index) => (
            <th
              key={name}
              scope="col"
              role="columnheader"
              aria-sort={sort?.is}
              className={`govuk-table__header${index === 0 || words === true ? '' : ' govuk-table__header--numeric'}`}
            >
              {sort === undefined ? name : <SortLink name={name} sort={sort} />}
            </th>
          ))}
        </tr>
      </thead>
      <Body columns={columns} rows={rows} total={total} isCards={isCards} />
    </table>
  )
  if (isCards) return table
  return (
    <div className="app-scroll" role="region" aria-label={caption} tabIndex={0}>
      {table}
    </div>
  )
}

/** A heading that puts the rows in another order; which they are in is told by a mark and by `aria-sort`. */
function SortLink({
  name,
  sort: { href, is },
}: {
  readonly name: string
  readonly sort: NonNullable<NumberColumn['sort']>
}): ReactNode {
  return (
    <a className="govuk-link govuk-link--no-visited-state app-sort" href={href}>
      {name}
      {is !== undefined && <span aria-hidden="true"> {is === 'descending' ? '▼' : '▲'}</span>}
    </a>
  )
}

/** With more columns than this letters are smaller. */
const MANY = 5

/**
 * Rows of text alone are written as text: built of elements, a page of figures would take the
 * server three times as long.
 */
function Body({
  columns,
  rows,
  total,
  isCards,
}: {
  readonly columns: readonly NumberColumn[]
  readonly rows: readonly TableRow[]
  readonly total: readonly ReactNode[] | undefined
  readonly isCards: boolean
}): ReactNode {
  const texts = [...rows.map(({ cells }) => cells), ...(total === undefined ? [] : [total])]
  if (texts.every(areTexts)) {
    const written = texts.map((cells, index) =>
      writeRow(columns, cells, index === rows.length, isCards),
    )
    return (
      <tbody
        className="govuk-table__body"
        role="rowgroup"
        dangerouslySetInnerHTML={{ __html: written.join('') }}
      />
    )
  }
  return (
    <tbody className="govuk-table__body" role="rowgroup">
      {rows.map(({ key, cells }) => (
        <Row key={key} columns={columns} cells={cells} strong={false} />
      ))}
      {total !== undefined && <Row columns={columns} cells={total} strong />}
    </tbody>
  )
}

function areTexts(cells: readonly ReactNode[]): cells is readonly string[] {
  return cells.every((cell) => typeof cell === 'string')
}

/** What `Row` gives, as text; what only cards need is left out of a table that stays one. */
function writeRow(
  columns: readonly NumberColumn[],
  [first = '', ...others]: readonly string[],
  strong: boolean,
  isCards: boolean,
): string {
  const role = (name: string): Attributes => (isCards ? { role: name } : {})
  return element(
    'tr',
    { class: rowClass(strong), ...role('row') },
    element(
      'th',
      { scope: 'row', class: 'govuk-table__header', ...role('rowheader') },
      escapeText(first),
    ),
    ...others.map((cell, index) => {
      const column = columns[index + 1]
      const named = isCards ? { 'data-column': column?.name ?? '' } : {}
      return element(
        'td',
        { class: cellClass(column), ...role('cell'), ...named },
        escapeText(cell),
      )
    }),
  )
}

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
    <tr className={rowClass(strong)} role="row">
      <th scope="row" role="rowheader" className="govuk-table__header">
        {first}
      </th>
      {others.map((cell, index) => {
        const column = columns[index + 1]
        return (
          <td
            key={column?.name}
            role="cell"
            className={cellClass(column)}
            data-column={column?.name}
          >
            {cell}
          </td>
        )
      })}
    </tr>
  )
}

function rowClass(strong: boolean): string {
  return `govuk-table__row${strong ? ' app-table__total' : ''}`
}

function cellClass(column: NumberColumn | undefined): string {
  return `govuk-table__cell${column?.words === true ? '' : ' govuk-table__cell--numeric'}`
}
