/**
 * Age bands of the breakdown: by the month of birth under 16, by the year of birth from 16 on, at
 * the end of the quarter of the first contact in the year. The last is of those whose birth is not
 * known.
 */

/** The first age of each band, ascending. */
export const AGE_BAND_STARTS: readonly number[] = [0, 1, 2, 3, 4, 5, 11, 16, 20, 25, 35, 45]

/** The value where something is not known. */
export const NOT_KNOWN = 'unknown'

/** The codes of the bands: `0`, `5-10`, `45-`, and `unknown` at the end. */
export function ageBands(starts: readonly number[] = AGE_BAND_STARTS): string[] {
  const bands = starts.map((start, index) => {
    const next = starts[index + 1]
    if (next === undefined) return `${start}-`
    return next === start + 1 ? String(start) : `${start}-${next - 1}`
  })
  return [...bands, NOT_KNOWN]
}

/** The words for a band: `under 1`, `5 to 10`, `45 and over`, `not known`. */
export function ageBandWords(band: string): string {
  if (band === NOT_KNOWN) return 'not known'
  if (band === '0') return 'under 1'
  const [first = '', last] = band.split('-')
  if (last === undefined) return first
  return last === '' ? `${first} and over` : `${first} to ${last}`
}
