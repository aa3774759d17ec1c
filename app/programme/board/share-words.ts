/** A share as a person reads it; all but all is never called all. */
export function shareWords(share: number): string {
  const tenths = Math.floor(share * 1_000) / 10
  return `${tenths.toLocaleString('en-GB')}%`
}
