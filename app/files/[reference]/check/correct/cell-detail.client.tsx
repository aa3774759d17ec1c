'use client'

import type { ReactNode } from 'react'
import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { Words } from '#core/messages/words.ts'
import type { GridColumn, GridRow } from '#core/grid/grid-rows.ts'
import { headingBefore } from '#core/grid/row-note.ts'

/** The id of what is said of the cell that one is at: what describes it to a screen reader. */
export const CELL_NOTES = 'cell-notes'

/**
 * What there is to know of the cell that one is at: what is found in it and how to put it right, and what
 * the file says. Without a column one is at what is found in the row.
 */
export function CellDetail({
  row,
  column,
  columns,
  words,
}: {
  readonly row: GridRow | undefined
  readonly column: GridColumn | undefined
  readonly columns: readonly GridColumn[]
  readonly words: ReadonlyMap<FindingCode, Words>
}): ReactNode {
  if (row === undefined) return null
  const { place, findings, originals } = row
  const here =
    column === undefined
      ? findings
      : findings.filter(({ column: at }) => at === column.place || at < 0)
  const original = column === undefined ? undefined : originals[column.place]
  return (
    <section className="app-correct__detail" aria-label="The cell you are at">
      <p className="govuk-body-s govuk-!-margin-bottom-1">
        <strong>
          Row {place}, {column?.heading ?? 'what we found'}
        </strong>
        {original !== undefined &&
          (original === '' ? ' · empty in your file' : ` · in your file: ${original}`)}
      </p>
      <div id={CELL_NOTES}>
        {here.map(({ code, column: at }) => (
          <p key={`${code} ${String(at)}`} className="govuk-body-s govuk-!-margin-bottom-1">
            <strong className="app-correct__found">
              {column === undefined && headingBefore(columns, at)}
              {words.get(code)?.title}.
            </strong>{' '}
            {words.get(code)?.fix}
          </p>
        ))}
        {here.length === 0 && (
          <p className="govuk-body-s govuk-!-margin-bottom-1">
            {findings.length === 0
              ? 'There is nothing to fix in this row.'
              : 'Nothing is wrong with this cell; others in this row are marked.'}
          </p>
        )}
      </div>
    </section>
  )
}
