import { codeKey } from '#core/standard/code-key.ts'
import { knownHeading } from '#core/standard/header-reading.ts'
import { readSessionHeading } from '#core/preparation/shapes/session-headings.ts'

/** Of the headings of two sheets, this share is common where they hold the same table. */
const ALIKE = 0.75

/** Whether two rows of headings are those of one table, in any order. */
export function haveAlikeHeadings(one: readonly string[], other: readonly string[]): boolean {
  const own = keysOf(one)
  const keys = keysOf(other)
  const common = [...keys].filter((key) => own.has(key)).length
  return common >= 2 && common >= ALIKE * (own.size + keys.size - common)
}

/** Headings as they are compared, by what they are known to say; those of sessions differ from month to month. */
function keysOf(header: readonly string[]): ReadonlySet<string> {
  return new Set(
    header
      .filter((heading) => readSessionHeading(heading) === undefined)
      .map((heading) => knownHeading(heading) ?? codeKey(heading))
      .filter((key) => key !== ''),
  )
}
