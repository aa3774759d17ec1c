import { codeKey } from '#core/standard/code-key.ts'
import { knownHeading } from '#core/standard/header-reading.ts'

/** The headings of sheets that are read as one table. */

/** A column of the joint table, and what the sheets call it. */
interface JointColumn {
  /** As the first sheet that has it writes it. */
  readonly heading: string
  readonly keys: Set<string>
}

/** A heading that a sheet has in the place of another sheet's. */
export interface OtherHeading {
  readonly heading: string
  readonly readAs: string
}

/**
 * The headings of all sheets, each once, in the order in which they come, those of `last` behind
 * the others. Headings are one column if their letters and digits are the same, or if both are
 * known to say the same and no sheet has both: “Sessions” in a month that has no “No of sessions”.
 */
export function jointHeader(
  headers: readonly (readonly string[])[],
  last: readonly string[],
): readonly string[] {
  return jointColumns(headers, last).map(({ heading }) => heading)
}

/** For each column of the joint header of sheets, where it stands in one of them; or −1. */
export function sourcesOf(
  headers: readonly (readonly string[])[],
  header: readonly string[],
  last: readonly string[],
): readonly number[] {
  const keys = header.map(keyOf)
  return jointColumns(headers, last).map((column) => {
    const exact = header.indexOf(column.heading)
    return exact >= 0 ? exact : keys.findIndex((key) => column.keys.has(key))
  })
}

/** The headings that are read as another sheet's, although they are written in other words. */
export function otherHeadings(headers: readonly (readonly string[])[]): readonly OtherHeading[] {
  const columns = jointColumns(headers, [])
  const all = new Map(headers.flat().map((heading) => [keyOf(heading), heading]))
  return columns.flatMap(({ heading: readAs, keys }) =>
    [...keys].slice(1).map((key) => ({ heading: all.get(key) ?? key, readAs })),
  )
}

function jointColumns(
  headers: readonly (readonly string[])[],
  last: readonly string[],
): readonly JointColumn[] {
  const sheets = headers.map((header) => new Set(header.map(keyOf)))
  const columns: JointColumn[] = []
  for (const heading of headers.flat()) {
    const key = keyOf(heading)
    if (columns.some(({ keys }) => keys.has(key))) continue
    const same = columns.filter((column) => saySame(column, heading, sheets))
    if (same.length === 1) same[0]?.keys.add(key)
    else columns.push({ heading, keys: new Set([key]) })
  }
  const isLast = ({ heading }: JointColumn): boolean => last.includes(heading)
  return [...columns.filter((column) => !isLast(column)), ...columns.filter(isLast)]
}

function saySame(
  column: JointColumn,
  heading: string,
  sheets: readonly ReadonlySet<string>[],
): boolean {
  const known = knownHeading(heading)
  if (known === undefined || known !== knownHeading(column.heading)) return false
  const key = keyOf(heading)
  return sheets.every((keys) => !keys.has(key) || [...column.keys].every((its) => !keys.has(its)))
}

function keyOf(heading: string): string {
  return codeKey(heading) || heading
}
