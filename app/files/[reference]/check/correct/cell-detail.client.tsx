'use client'

import type { ReactNode } from 'react'
import type { FindingCode } from '#core/messages/findings.ts'
import type { Words } from '#core/messages/words.ts'
import type { GridColumn, GridRow } from '#core/grid/grid-rows.ts'

/** What there is to know of the cell that one is at: what is found, and what the file says. */
export function CellDetail({
  row,
  column,
  words,
}: {
  readonly row: GridRow | undefined
  readonly column: GridColumn | undefined
  readonly words: ReadonlyMap<FindingCode, Words>
}): ReactNode {
  if (row === undefined || column === undefined) return null
  const { place, findings, originals } = row
  const here = findings.filter(({ column: at }) => at === column.place || at < 0)
  const others = findings.length - here.length
  const original = originals[column.place]
  return (
    <section className="app-correct__detail" aria-label="The cell you are at">
      <p className="govuk-body-s govuk-!-margin-bottom-1">
        <strong>
          Row {place}, {column.heading}
        </strong>
        {original !== undefined &&
          (original === '' ? ' · empty in your file' : ` · in your file: ${original}`)}
      </p>
      {here.map(({ code }) => (
        <p key={code} className="govuk-body-s govuk-!-margin-bottom-1">
          <strong className="app-correct__found">{words.get(code)?.title}.</strong>{' '}
          {words.get(code)?.fix}
        </p>
      ))}
      {here.length === 0 && (
        <p className="govuk-body-s govuk-!-margin-bottom-1">
          {others === 0
            ? 'There is nothing to fix in this row.'
            : 'Nothing is wrong with this cell; others in this row are marked.'}
        </p>
      )}
    </section>
  )
}
