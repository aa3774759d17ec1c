import type { Attribute, Span } from '#core/disclosure/lattice.ts'
import { HIDDEN, type Printed } from '#core/disclosure/printed.ts'

/** What a span is called before the quarter that it ends with. */
export const SPAN_NAMES: Readonly<Record<Span, string>> = {
  quarter: 'Quarter',
  year: 'Year to date, to the end of',
  start: 'Since the start, to the end of',
}

/** What people are broken down by. */
export const ATTRIBUTE_NAMES: Readonly<Record<Attribute, string>> = {
  'age-band': 'Age',
  gender: 'Gender',
  ethnicity: 'Ethnicity',
}

/** A printed figure as people read it. */
export function printedWords(printed: Printed): string {
  return printed === HIDDEN ? HIDDEN : printed.toLocaleString('en-GB')
}

/** A share in per cent; a blank where none may be told. */
export function shareWords(share: number | null): string {
  return share === null ? '–' : `${share}%`
}
