import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { PeopleFieldName } from '#core/standard/fields.ts'
import type { Severity } from '#core/standard/finding.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { GivenRole } from '#core/standard/roles.ts'
import type { NormalisedIdentifiers } from '#core/pseudonym/identifiers.ts'
import type { NameSign } from './name-signs.ts'
import type { ReferenceSign } from './reference-signs.ts'
import type { ServiceDate } from './service-date.ts'

/**
 * One person of one row, mapped and normalised: what a check looks at. It is filled again for every
 * person.
 */
export interface PersonRow {
  row: number
  /** The carer of a row that holds both: its service use is the child's. */
  isCarer: boolean
  givenRole: GivenRole
  /** By `SLOT`. */
  cells: readonly string[]
  /** Bit n is set when slot n held a word its code list does not know. */
  unlisted: number
  /** Bit n is set when a rule filled slot n. */
  filled: number
  identifiers: NormalisedIdentifiers
  /** What the cells of the reference and of the names show beside what was made of them. */
  referenceSign: ReferenceSign
  nameSign: NameSign
  carerNameSign: NameSign
  referral: ServiceDate
  start: ServiceDate
  end: ServiceDate
  lastContact: ServiceDate
  contact: ServiceDate
  /** Contacts attended; null when the cell is blank or unreadable. */
  contacts: number | null
  /** First and last day of the quarter. */
  quarterFirst: string
  quarterLast: string
}

/** Cells of one row, by field; what is left out is blank. */
export type ExampleRow = Readonly<Partial<Record<PeopleFieldName, string>>>

/** A rule about one row: data, so that the list of rules is the documentation of them. */
export interface Check {
  readonly code: FindingCode
  readonly field: PeopleFieldName
  readonly severity: Severity
  /** The first quarter the rule holds for. */
  readonly from: Quarter
  readonly source: string
  /** Whether the row has the finding. */
  readonly check: (person: PersonRow) => boolean
  /** Rows of a file for 2024-Q1 (April to June 2024). */
  readonly examples: { readonly pass: readonly ExampleRow[]; readonly fail: readonly ExampleRow[] }
}
