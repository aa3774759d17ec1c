import type { Gender, Role, YesNo } from './roles.ts'

/**
 * What is kept of one person as one row of a submission describes them, beside the pseudonyms: no
 * identifier, no client reference, no free text. Dates are `yyyy-mm-dd`; an empty string is a
 * blank. Source: docs/standard.md, "What is stored".
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
  /**
   * Fields that a rule filled: bit n is the nth of PEOPLE_FIELD_NAMES; null when none was, or nobody
   * can tell.
   */
  readonly filled: number | null
}

/**
 * How a fact is written down: as words or a code, as a day, as a number, or as a number of which 0
 * is a blank.
 */
export type FactForm = 'words' | 'day' | 'number' | 'number-from-1'

/**
 * The facts of a record in the order of their columns, in a hashed file and in the store: every
 * list of them follows from this one. A hashed file's columns are closed: what the store alone
 * keeps is in STORED_FACTS.
 */
export const RECORD_FACTS = [
  { field: 'sourceRow', column: 'source_row', form: 'number' },
  { field: 'role', column: 'role', form: 'words' },
  { field: 'birth', column: 'birth', form: 'words' },
  { field: 'gender', column: 'gender', form: 'words' },
  { field: 'ward', column: 'ward', form: 'words' },
  { field: 'imdDecile', column: 'imd_decile', form: 'number-from-1' },
  { field: 'inArea', column: 'in_area', form: 'words' },
  { field: 'ethnicity', column: 'ethnicity', form: 'words' },
  { field: 'mainLanguage', column: 'main_language', form: 'words' },
  { field: 'sendOrDisability', column: 'send_or_disability', form: 'words' },
  { field: 'referralDate', column: 'referral_date', form: 'day' },
  { field: 'startDate', column: 'start_date', form: 'day' },
  { field: 'endDate', column: 'end_date', form: 'day' },
  { field: 'referralSource', column: 'referral_source', form: 'words' },
  { field: 'status', column: 'status', form: 'words' },
  { field: 'contacts', column: 'contacts', form: 'number' },
  { field: 'lastContactDate', column: 'last_contact_date', form: 'day' },
] as const satisfies readonly { field: keyof RecordFacts; column: string; form: FactForm }[]

/** The facts of a stored record in the order of their columns. */
export const STORED_FACTS = [
  ...RECORD_FACTS,
  { field: 'filled', column: 'filled', form: 'number' },
] as const satisfies readonly { field: keyof RecordFacts; column: string; form: FactForm }[]

export type StoredColumn = (typeof STORED_FACTS)[number]['column']

export type FactColumn = (typeof RECORD_FACTS)[number]['column']
