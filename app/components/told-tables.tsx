import type { ReactNode } from 'react'
import type { Told, ToldTable as Table } from '#core/measures/told-table.ts'
import { toldWords } from '#core/messages/releases/measure-words.ts'
import { NumberTable } from './number-table.tsx'

/** Tables of figures, each with what it is of below it; one without rows is left out. */
export function ToldTables({ tables }: { readonly tables: readonly Table[] }): ReactNode {
  return tables
    .filter(({ rows }) => rows.length > 0)
    .map((table) => <ToldTable key={table.name} table={table} />)
}

/** A table of figures, with what it is of below it. */
export function ToldTable({
  table: { caption, note, columns, rows, total },
}: {
  readonly table: Table
}): ReactNode {
  const written = (cells: readonly Told[]): string[] =>
    columns.map(({ is, otherwise }, at) => {
      const told = cells[at] ?? null
      return told === null && otherwise !== undefined ? otherwise : toldWords(is, told)
    })
  return (
    <>
      <NumberTable
        caption={caption}
        columns={columns.map(({ name, is }, at) =>
          at > 0 && is === 'words' ? { name, words: true } : { name },
        )}
        rows={rows.map(({ key, cells }) => ({ key, cells: written(cells) }))}
        {...(total === undefined ? {} : { total: written(total) })}
      />
      {note !== undefined && <p className="govuk-body govuk-!-width-two-thirds">{note}</p>}
    </>
  )
}
