import type { ReactNode } from 'react'
import type { ReleasedTable } from '#core/disclosure/released-table.ts'
import { NumberTable } from '../../../components/number-table.tsx'

/** A table of a release as its text has it. */
export function ReleasedNumbers({ table }: { readonly table: ReleasedTable }): ReactNode {
  return (
    <NumberTable
      caption={table.caption}
      columns={table.columns.map((name) => ({ name }))}
      rows={table.rows.map(([first = '', ...figures]) => ({
        key: first,
        cells: [first, ...figures],
      }))}
    />
  )
}
