import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import type { FindingWordsByCode, GridColumn, GridFinding, GridRow } from '#core/grid/grid-rows.ts'
import { NoSuchRows } from './no-such-rows.tsx'
import { DataTable } from '../../../../components/data-table.tsx'

/** Rows with what is found in each, and a page for each of them. */
export function RowsToCorrect({
  reference,
  rows,
  words,
  columns,
  show,
  isChecked,
}: {
  readonly reference: string
  readonly rows: readonly GridRow[]
  readonly words: FindingWordsByCode
  readonly columns: readonly GridColumn[]
  readonly show: string | undefined
  readonly isChecked: boolean
}): ReactNode {
  if (rows.length === 0) return <NoSuchRows {...{ reference, show, isChecked }} />
  return (
    <DataTable
      caption="Rows"
      columns={['Row', 'What we found']}
      rows={rows.map(({ row, place, findings, originals }) => ({
        key: String(row),
        cells: [
          <a key="row" className="govuk-link" href={addresses.correctRow(reference, row)}>
            Correct row {place}
          </a>,
          <FindingList
            key="findings"
            {...{ findings, words, columns }}
            isCorrected={Object.keys(originals).length > 0}
          />,
        ],
      }))}
    />
  )
}

function FindingList({
  findings,
  words,
  columns,
  isCorrected,
}: {
  readonly findings: readonly GridFinding[]
  readonly words: FindingWordsByCode
  readonly columns: readonly GridColumn[]
  readonly isCorrected: boolean
}): ReactNode {
  if (findings.length === 0) return isCorrected ? 'Corrected: nothing is left to fix' : 'Nothing'
  return (
    <ul className="govuk-list">
      {findings.map(({ column, code }) => {
        const heading = columns.find(({ place }) => place === column)?.heading
        return (
          <li key={`${code} ${String(column)}`}>
            {heading !== undefined && <strong>{heading}: </strong>}
            {words[code]?.title}
          </li>
        )
      })}
    </ul>
  )
}
