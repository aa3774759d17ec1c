/**
 * Whether a heading says nothing of its column: the name that a column without a heading is given
 * here ("Column D"), or by a tool ("Unnamed: 3", "Column1", "F4", "(No column name)").
 */
export function saysNothing(heading: string): boolean {
  return MADE_UP.test(heading.trim())
}

const MADE_UP =
  /^(?:column ?(?:[a-z]{1,3}|[0-9]{1,3})(?: \([0-9]+\))?|unnamed:? ?[0-9]{1,3}(?:_level_[0-9])?|f[0-9]{1,3}|field ?[0-9]{1,3}|_c[0-9]{1,3}|\(no column name\)|col ?[0-9]{1,3})$/i
