import type { FileMeasures } from '#core/measures/file-measures.ts'
import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { Quarter } from '#core/standard/quarter.ts'

/**
 * What a submission amounts to, as its service's later quarters are compared with: counts, never a
 * value. They stay when the file and its records are gone.
 */
export interface QuarterFigures {
  /** Rows of people or of contacts, those that were left out as well. */
  readonly rows: number
  /** Records; everything below is counted of them. */
  readonly people: number
  readonly children: number
  readonly adults: number
  /** Added up; null where no record says any. */
  readonly contacts: number | null
  readonly nhsNumber: number
  readonly birth: number
  /** Told by a pseudonym that is made with one, or by the ward of one. */
  readonly postcode: number
  /** Their own, or of a child the carer’s; so is `mobile`. */
  readonly email: number
  readonly mobile: number
  /** Any of the two; not of files that were counted before this was. */
  readonly contactable?: number
  readonly reference: number
  /** What the file says of its quarter by itself; not of files that were counted before this was. */
  readonly own?: FileMeasures
}

/** An earlier quarter of the same service. */
export interface EarlierQuarter {
  readonly quarter: Quarter
  readonly figures: QuarterFigures
  /** What somebody confirmed of it. */
  readonly confirmed: readonly { readonly code: string; readonly field: string }[]
}

/** A count that is compared, and what is found where it jumps. */
export interface ComparedCount {
  readonly figure: CountFigure
  readonly code: FindingCode
  readonly field: string
  /** Counts whose jump is told by the jump of this one: where both go the same way, or in any case. */
  readonly tells: Readonly<Partial<Record<CountFigure, 'same-way' | 'either-way'>>>
}

type CountFigure = 'people' | 'children' | 'adults' | 'contacts' | 'rows'

/** In the order in which they are asked: one that another tells is not asked as well. */
export const COMPARED_COUNTS: readonly ComparedCount[] = [
  {
    ...{ figure: 'people', code: 'people-jump', field: '' },
    tells: { children: 'same-way', adults: 'same-way', contacts: 'same-way', rows: 'same-way' },
  },
  // Who is no child any more is an adult.
  { figure: 'children', code: 'children-jump', field: 'role', tells: { adults: 'either-way' } },
  { figure: 'adults', code: 'adults-jump', field: 'role', tells: {} },
  { figure: 'contacts', code: 'contacts-jump', field: 'contacts', tells: { rows: 'same-way' } },
  { figure: 'rows', code: 'rows-jump', field: '', tells: {} },
]

/** A share of the people that is compared, and what is found where it falls. */
export interface ComparedShare {
  readonly figure: 'nhsNumber' | 'birth' | 'postcode' | 'email' | 'mobile' | 'reference'
  readonly code: FindingCode
  readonly field: string
}

export const COMPARED_SHARES: readonly ComparedShare[] = [
  { figure: 'nhsNumber', code: 'nhs-share-falls', field: 'nhs_number' },
  { figure: 'birth', code: 'birth-share-falls', field: 'date_of_birth' },
  { figure: 'postcode', code: 'postcode-share-falls', field: 'postcode' },
  { figure: 'email', code: 'email-share-falls', field: 'email' },
  { figure: 'mobile', code: 'mobile-share-falls', field: 'mobile' },
  { figure: 'reference', code: 'ref-share-falls', field: 'client_ref' },
]

/** How many quarters a habit is told from. */
export const QUARTERS_COMPARED = 8
