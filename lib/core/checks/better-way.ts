/** How what must be fixed can be fixed: cell by cell in the browser, or in the file itself. */
export type FixingWay = 'here' | 'in-file'

/** What is to be fixed in a file, in counts. */
export interface RowsToFix {
  /** Rows of the file that hold something. */
  readonly read: number
  /** Rows that must be fixed. */
  readonly rows: number
  /** Rows of each kind of finding in one column. */
  readonly kinds: readonly number[]
}

/** The better way, and why it is. */
export interface BetterWay {
  readonly way: FixingWay
  readonly why: string
}

/** Rows that a person corrects by hand in a quarter of an hour. */
const BY_HAND = 60
/** Rows of one or two kinds of finding, which find and replace puts right. */
const BY_REPLACING = 2_000
/** One fault in four of five rows is the whole column’s, unless there are few to correct. */
const WHOLE_COLUMN = 0.8
const FEW_ROWS = 10

/** From the first that holds to the last, which always does. */
const WAYS: readonly (BetterWay & { readonly holds: (found: RowsToFix) => boolean })[] = [
  {
    way: 'in-file',
    why: 'nearly every row has the same fault, so it is quicker to put the column right in the file, or to export it again.',
    holds: ({ read, kinds }) =>
      read > FEW_ROWS && kinds.some((rows) => rows >= read * WHOLE_COLUMN),
  },
  {
    way: 'here',
    why: 'there are few rows to correct.',
    holds: ({ rows }) => rows <= BY_HAND,
  },
  {
    way: 'here',
    why: 'there are one or two kinds of fault, which find and replace can put right in many rows.',
    holds: ({ rows, kinds }) => kinds.length <= 2 && rows <= BY_REPLACING,
  },
  {
    way: 'in-file',
    why: 'there are many rows to correct.',
    holds: () => true,
  },
]

/** The better way for what is to be fixed. */
export function betterWay(found: RowsToFix): BetterWay {
  const { way, why } = WAYS.find(({ holds }) => holds(found)) ?? { way: 'here', why: '' }
  return { way, why }
}
