import type { ServiceFile } from './service-files.ts'
import type { Written } from './written-client.ts'

/**
 * Mistakes that a visitor of the demonstration finds explained and fixes: one of each kind that stops a row.
 */

/** The same file with three rows that must be fixed: no reference, a birth that is no day, and a reference used for two children. */
export function withMistakes(file: ServiceFile): ServiceFile {
  const mistakes: ((row: Written, all: readonly Written[]) => Written)[] = [
    (row) => ({ ...row, client_ref: '' }),
    (row) => ({ ...row, date_of_birth: '2021-02-30' }),
    (row, all) => ({ ...row, client_ref: all[0]?.client_ref ?? '' }),
  ]
  const people = file.rows.filter((row) => row !== null)
  const step = Math.max(1, Math.floor(people.length / (mistakes.length + 1)))
  const changed = new Map(
    mistakes.flatMap((mistake, index) => {
      const row = people[(index + 1) * step]
      return row === undefined ? [] : [[row, mistake(row, people)] as const]
    }),
  )
  return {
    ...file,
    rows: file.rows.map((row) => (row === null ? null : (changed.get(row) ?? row))),
  }
}
