import { holdsIdentifier } from '#core/mapping/overview/identifier-like.ts'

/** The words of a quarterly report: plain text in sections, which people write beside the released figures. */

/** The sections, in the order in which the report has them. */
export const REPORT_SECTIONS = {
  summary: {
    title: 'In short',
    hint: 'Two or three sentences for somebody who reads nothing else.',
  },
  happened: {
    title: 'What happened in the quarter',
    hint: 'What services did, what began and what ended.',
  },
  changed: {
    title: 'What changed, and why',
    hint: 'Against earlier quarters. Say what you know, and what you do not.',
  },
  caution: {
    title: 'What to know of the figures',
    hint: 'Services without a file, late or corrected files, other ways of counting.',
  },
  next: {
    title: 'What comes next',
    hint: 'What the programme will do about it.',
  },
} as const satisfies Record<string, { readonly title: string; readonly hint: string }>

/** A section of the report. */
export type ReportSection = keyof typeof REPORT_SECTIONS

export const REPORT_SECTION_NAMES = Object.keys(REPORT_SECTIONS) as readonly ReportSection[]

/** What each section says; blank for nothing. */
export type ReportWords = Readonly<Record<ReportSection, string>>

/** A report that says nothing yet. */
export const NO_REPORT_WORDS: ReportWords = {
  ...{ summary: '', happened: '', changed: '', caution: '', next: '' },
}

/** Characters that a section may have: some two pages. */
export const LONGEST_SECTION = 6_000

/** Financial years have six digits and are nobody's; what stands in a longer row of digits is no year. */
const YEARS = /(?<![-./0-9])20([0-9]{2})\s?[-–/]\s?(?:20)?([0-9]{2})(?![-./]?[0-9])/g
const BIRTH = /\b(?:d\.?o\.?b\b|date of birth|birth ?date|born on)/i
const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'
const WRITTEN_DAYS = [
  new RegExp(
    `\\b[0-3]?[0-9](?:st|nd|rd|th)?(?: of)? (?:${MONTHS})[a-z]*\\.?,? ([12][0-9]{3})\\b`,
    'gi',
  ),
  new RegExp(`\\b(?:${MONTHS})[a-z]*\\.? [0-3]?[0-9](?:st|nd|rd|th)?,? ([12][0-9]{3})\\b`, 'gi'),
]

/**
 * Whether a text reads as if it held something of a person: an email address, a postcode, a telephone or
 * NHS number, a date of birth. A day in words is one where its year is before `firstYear`, in which the
 * programme's figures begin. Names are not found: who writes leaves them out.
 */
export function holdsPersonal(text: string, firstYear: number): boolean {
  const withoutYears = text.replace(YEARS, (years, from: string, to: string) =>
    Number(to) > Number(from) ? ' ' : years,
  )
  if (holdsIdentifier(withoutYears) || BIRTH.test(text)) return true
  return WRITTEN_DAYS.some((days) =>
    [...text.matchAll(days)].some(([, year]) => Number(year) < firstYear),
  )
}

/** Why a section is not kept. */
export interface ReportProblem {
  readonly section: ReportSection
  readonly code: 'report-personal' | 'report-long'
}

/** The sections that hold something of a person, or are too long. */
export function reportProblems(words: ReportWords, firstYear: number): ReportProblem[] {
  return REPORT_SECTION_NAMES.flatMap((section): ReportProblem[] => {
    const text = words[section]
    if (text.length > LONGEST_SECTION) return [{ section, code: 'report-long' }]
    return holdsPersonal(text, firstYear) ? [{ section, code: 'report-personal' }] : []
  })
}

/** The paragraphs of a section: parts with a blank line between, lines joined. */
export function paragraphsOf(text: string): string[] {
  const paragraphs: string[][] = [[]]
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') paragraphs.push([])
    else paragraphs.at(-1)?.push(line)
  }
  return paragraphs.filter((lines) => lines.length > 0).map((lines) => lines.join(' '))
}
