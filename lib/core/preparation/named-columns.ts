import { codeKey } from '#core/standard/code-key.ts'
import { FileRefused } from '#core/tabular/table.ts'

/** Where a column stands whose heading was saved before, compared by letters and digits; or −1. */
export function columnNamed(header: readonly string[], heading: string): number {
  const exact = header.indexOf(heading)
  if (exact >= 0) return exact
  const key = codeKey(heading)
  if (key === '') return -1
  const alike = header.flatMap((name, column) => (codeKey(name) === key ? [column] : []))
  return alike.length === 1 ? (alike[0] ?? -1) : -1
}

/**
 * Where a column stands without which a preparation cannot be followed. Throws FileRefused:
 * `preparation-column-missing`.
 */
export function demandColumn(header: readonly string[], heading: string): number {
  const column = columnNamed(header, heading)
  if (column < 0) throw new FileRefused('preparation-column-missing', { heading })
  return column
}

/** A heading that is not among `taken`, as near as can be to the one that is wanted. */
export function freeHeading(wanted: string, taken: ReadonlySet<string>): string {
  let heading = wanted
  for (let number = 2; taken.has(heading); number++) heading = `${wanted} (${number})`
  return heading
}
