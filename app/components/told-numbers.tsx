import type { ReactNode } from 'react'
import type { ToldTable } from '#core/disclosure/told-table.ts'
import { NumberTable } from './number-table.tsx'

/** A table of a release as its text has it. */
export function ToldNumbers({ table }: { readonly table: ToldTable }): ReactNode {
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
