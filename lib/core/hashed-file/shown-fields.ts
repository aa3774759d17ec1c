/**
 * Which fields of the standard a hashed file cannot have been made without: what an agreement's list
 * of fields is held against. A hashed file names no field, so a fact that can have come of several is
 * covered by any of them. Source: docs/standard.md, "Fields", and docs/pseudonymisation.md, "Kinds".
 */
import type { PeopleFieldName } from '#core/standard/fields.ts'
import type { FieldName } from '#core/standard/further-fields.ts'
import {
  RECORD_FACTS,
  type FactColumn,
  type FactForm,
  type RecordFacts,
} from '#core/standard/record.ts'
import type { ComponentName } from '#core/pseudonym/identifiers.ts'
import { PSEUDONYM_COLUMNS } from '#core/pseudonym/kinds.ts'

/** The fields that something can have been made of: all of one list. The first is the usual one. */
type Ways = readonly [
  readonly [PeopleFieldName, ...PeopleFieldName[]],
  ...(readonly PeopleFieldName[])[],
]

const FIRST_NAME: Ways = [['first_name'], ['carer_first_name']]
const LAST_NAME: Ways = [['last_name'], ['carer_last_name']]
const BIRTH: Ways = [['date_of_birth'], ['carer_date_of_birth']]
const GENDER: Ways = [['gender'], ['carer_gender']]

const OF_COMPONENT: Readonly<Record<ComponentName, Ways>> = {
  nhsNumber: [['nhs_number'], ['carer_nhs_number']],
  // The carer of a child's row has the row's carer contacts for its own.
  email: [['email'], ['carer_email']],
  mobile: [['mobile'], ['carer_mobile']],
  carerEmail: [['carer_email']],
  carerMobile: [['carer_mobile']],
  birthDate: BIRTH,
  birthSwapped: BIRTH,
  gender: GENDER,
  first: FIRST_NAME,
  firstThree: FIRST_NAME,
  firstCanonical: FIRST_NAME,
  firstSound: FIRST_NAME,
  last: LAST_NAME,
  lastCanonical: LAST_NAME,
  firstPart: LAST_NAME,
  lastPart: LAST_NAME,
  lastSound: LAST_NAME,
  postcode: [['postcode']],
  // A service that keeps no reference has one made of names and birth.
  clientRef: [['client_ref'], ['first_name', 'last_name', 'date_of_birth']],
}

/** Null is nothing that a field would have to give: the row, and the role that an age tells. */
const OF_FACT: Readonly<Record<FactColumn, Ways | null>> = {
  source_row: null,
  role: null,
  birth: BIRTH,
  gender: GENDER,
  ward: [['postcode']],
  imd_decile: [['postcode']],
  in_area: [['postcode']],
  ethnicity: [['ethnicity']],
  main_language: [['main_language']],
  send_or_disability: [['send_or_disability']],
  referral_date: [['referral_date']],
  start_date: [['start_date']],
  end_date: [['end_date']],
  referral_source: [['referral_source']],
  status: [['status']],
  contacts: [['contacts'], ['contact_date'], ['attended']],
  last_contact_date: [['last_contact_date'], ['contact_date']],
}

/**
 * What the lines of a hashed file show: columns of facts that say something, and how many of each
 * pseudonym were made.
 */
export interface ShownInFile {
  readonly facts: readonly string[]
  readonly columns: Readonly<Record<string, { readonly made: number }>>
  /** Of activities and outcomes, the fields of their own that it cannot have been made without. */
  readonly events?: readonly FieldName[]
}

/**
 * The fields that a file shows and `covered` does not have, each by its usual name, in the order of
 * the columns.
 */
export function fieldsNotCovered(
  { facts, columns, events = [] }: ShownInFile,
  covered: readonly string[],
): FieldName[] {
  const ways = [
    ...RECORD_FACTS.flatMap(({ column }) => (facts.includes(column) ? [OF_FACT[column]] : [])),
    ...PSEUDONYM_COLUMNS.flatMap(({ column, components }) =>
      (columns[column]?.made ?? 0) > 0 ? components.map((name) => OF_COMPONENT[name]) : [],
    ),
  ]
  const missing = ways.flatMap((way) =>
    way === null || way.some((fields) => fields.every((field) => covered.includes(field)))
      ? []
      : way[0],
  )
  return [...new Set([...missing, ...events.filter((field) => !covered.includes(field))])]
}

/** Which facts the records of a file say something about, as they are read. */
export class ShownFacts {
  readonly #unseen = RECORD_FACTS.filter(({ column }) => OF_FACT[column] !== null)
  readonly #seen: FactColumn[] = []

  add(record: RecordFacts): void {
    // Backwards, since what is seen is taken out; after some records little is left to look for.
    for (let at = this.#unseen.length - 1; at >= 0; at--) {
      const fact = this.#unseen[at]
      if (fact === undefined || isBlank(record[fact.field], fact.form)) continue
      this.#unseen.splice(at, 1)
      this.#seen.push(fact.column)
    }
  }

  get columns(): readonly FactColumn[] {
    return this.#seen
  }
}

/** Whether a value says nothing: blank, not known, or 0 where that is a blank. */
function isBlank(value: string | number | null, form: FactForm): boolean {
  return (
    value === '' ||
    value === null ||
    value === 'unknown' ||
    (form === 'number-from-1' && value === 0)
  )
}
