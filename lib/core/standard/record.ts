import type { Gender, Role, YesNo } from './roles.ts'

/**
 * What is kept of one person as one row of a submission describes them, beside the pseudonyms: no identifier,
 * no client reference, no free text. Dates are `yyyy-mm-dd`; an empty string is a blank.
 * Source: docs/dataset.md, "What is stored".
 */
export interface RecordFacts {
  /** 1 is the row below the header; every row counts. Two records of one row are a family tie. */
  readonly sourceRow: number
  readonly role: Role
  /** `yyyy-mm` when under 16 on the reference day, else `yyyy`; or blank. */
  readonly birth: string
  readonly gender: Gender
  /** A ward code of the programme, or blank. */
  readonly ward: string
  /** 1 to 10, or 0 when not known. */
  readonly imdDecile: number
  readonly inArea: YesNo
  /** NHS ethnic category A–S, Z not stated; or blank. */
  readonly ethnicity: string
  /** ISO 639 code, or blank. */
  readonly mainLanguage: string
  readonly sendOrDisability: YesNo
  readonly referralDate: string
  readonly startDate: string
  readonly endDate: string
  readonly referralSource: string
  readonly status: string
  /** Contacts attended in the quarter; null when the file does not say. */
  readonly contacts: number | null
  readonly lastContactDate: string
}
