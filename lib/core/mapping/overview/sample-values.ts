import { isNoRow } from '#core/tabular/no-row.ts'
import type { Table } from '#core/tabular/table.ts'
import { SAMPLED, VALUES_SHOWN } from './overview.ts'

/** Longest value that is shown. */
const LONGEST = 100

/**
 * Of each column the values that an overview shows a few of, as they are: for the person whose file
 * it is. No more rows are read than they come from.
 */
export async function readSampleValues(table: Table): Promise<readonly (readonly string[])[]> {
  const samples = table.header.map(() => new Set<string>())
  let sampled = 0
  for await (const { rows } of table.batches()) {
    for (const row of rows) {
      if (isNoRow(row) || row.every((cell) => cell.trim() === '')) continue
      sampled += 1
      for (const [column, values] of samples.entries()) {
        const value = (row[column] ?? '').trim()
        if (value !== '' && values.size < VALUES_SHOWN) values.add(value)
      }
      if (sampled >= SAMPLED) return asShown(samples)
    }
  }
  return asShown(samples)
}

function asShown(samples: readonly ReadonlySet<string>[]): readonly (readonly string[])[] {
  return samples.map((values) =>
    [...values].map((value) => (value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value)),
  )
}
