import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What each file that went wrong comes to when nobody has answered anything yet. */
export interface Outcome {
  /**
   * The code of what refuses it, or the codes of the findings that stop it, in the order of the
   * alphabet. Without one it goes in as it is.
   */
  readonly stops: readonly string[]
  /** What stops it in the portal, where its pages ask for something before the rows are checked. */
  readonly inPortal?: readonly string[]
  /** Shapes that are proposed, and have to be answered first. */
  readonly shapes?: readonly string[]
  /** Rows accepted, where they are checked. */
  readonly accepted?: number
}

const FOLDER = import.meta.dirname

/** Every file, by name: `list.tsv` says what is right for each. */
export const OUTCOMES: Readonly<Record<string, Outcome>> = {
  '01-instruction-row.csv': { stops: ['contacts-not-mapped', 'rows-instructions'], accepted: 4 },
  '02-repeated-header.csv': { stops: ['contacts-not-mapped'], accepted: 4 },
  '04-notes-above-table.xlsx': { stops: [], accepted: 3 },
  '05-births-half-swapped.xlsx': {
    stops: ['birth-order-doubtful', 'postcode-of-everybody'],
    accepted: 10,
  },
  '06-births-utc.csv': { stops: ['birth-before-midnight'], accepted: 4 },
  '08-mac-roman.csv': { stops: [], accepted: 4 },
  '09-one-stray-byte.csv': { stops: ['letters-lost'], accepted: 5 },
  '10-equals-refs-q1.csv': { stops: ['nobody-told-child'], accepted: 12 },
  '10-equals-refs-q2.csv': { stops: ['nobody-told-child'], accepted: 12 },
  '11-exponent-refs.csv': { stops: ['nobody-told-child', 'ref-exponent'], accepted: 0 },
  '13-case-sensitive-ids.csv': { stops: ['nobody-told-child', 'ref-differs-in-case'], accepted: 3 },
  '14-html-entities.csv': { stops: [], accepted: 4 },
  '15-swallowed-row.csv': { stops: ['quote-swallows-row'] },
  '16-extra-separator.csv': { stops: ['row-long'] },
  '17-two-people-in-a-name.csv': {
    stops: ['name-of-two-people', 'nobody-told-child'],
    accepted: 5,
  },
  '18-surname-in-capitals-first.csv': { stops: [], accepted: 3 },
  '19-gender-0-1.csv': {
    stops: ['codes-read-two-ways'],
    inPortal: ['words-unanswered'],
    accepted: 4,
  },
  '20-dates-as-headings.csv': { stops: ['contacts-not-mapped'], shapes: ['register'], accepted: 4 },
  '21-backslash-parts.xlsx': { stops: [], accepted: 2 },
  '22-short-rows.csv': { stops: [], accepted: 3 },
  '23-struck-out-row.xlsx': { stops: ['row-struck-out'], accepted: 3 },
  '24-second-child-columns.csv': {
    stops: ['further-person-ignored'],
    shapes: ['children-across'],
    accepted: 3,
  },
  '25-births-without-leading-zero.csv': {
    stops: ['birth-digits-short', 'birth-unreadable', 'birth-very-old'],
    accepted: 2,
  },
  '26-error-words.csv': {
    stops: ['adults-for-want-of-birth', 'column-errors', 'ref-missing'],
    accepted: 2,
  },
  '27-apostrophes-and-short-dates.csv': { stops: [], accepted: 3 },
  '28-placeholder-ref-q1.csv': { stops: ['ref-placeholder'], accepted: 1 },
  '28-placeholder-ref-q2.csv': { stops: ['ref-placeholder'], accepted: 1 },
  'ugly-A-monthly.xlsx': { stops: ['mapping-incomplete'], shapes: ['family-blocks', 'sheets'] },
  'ugly-B-register.xlsx': { stops: ['mapping-incomplete'], shapes: ['register'] },
  'ugly-B3-register.xlsx': {
    stops: [
      'children-without-births',
      'columns-not-matched',
      'contacts-not-mapped',
      'further-person-ignored',
      'rows-total',
    ],
    // The column of totals is preselected for the contacts.
    inPortal: ['children-without-births', 'further-person-ignored', 'rows-total'],
    shapes: ['register'],
    accepted: 18,
  },
  'ugly-C-children-across.csv': {
    stops: ['mapping-incomplete'],
    shapes: ['children-across', 'family-blocks'],
  },
  'ugly-C2.csv': { stops: ['mapping-incomplete'], shapes: ['children-across', 'family-blocks'] },
  'ugly-D-excelquirk.csv': {
    stops: ['columns-not-matched', 'contacts-not-mapped'],
    inPortal: ['contacts-not-mapped'],
    accepted: 40,
  },
}

/** The files of the folder that hold people, so that none is without an outcome. */
export function listFiles(): readonly string[] {
  return readdirSync(FOLDER).filter((name) => /\.(csv|xlsx)$/.test(name))
}

/** Where a file lies. */
export function pathOf(name: string): string {
  return join(FOLDER, name)
}

/** Codes once each, in the order of the alphabet. */
export function inOrder(codes: readonly string[]): string[] {
  return [...new Set(codes)].toSorted()
}
