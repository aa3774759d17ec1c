/** How what must be fixed can be fixed: cell by cell in the browser, or in the file itself. */
export type FixingWay = 'here' | 'in-file'

/** Rows that a person corrects by hand in a quarter of an hour. */
const BY_HAND = 60
/** Rows of one or two kinds of finding, which find and replace puts right. */
const BY_REPLACING = 2_000

/** The better way for so many rows with findings of so many kinds. */
export function betterWay({
  rows,
  kinds,
}: {
  readonly rows: number
  readonly kinds: number
}): FixingWay {
  return rows <= BY_HAND || (kinds <= 2 && rows <= BY_REPLACING) ? 'here' : 'in-file'
}
