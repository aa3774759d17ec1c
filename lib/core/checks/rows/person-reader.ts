import type { Framework } from '#core/framework/framework.ts'
import type { AreaLookup } from '#core/standard/area.ts'
import {
  PEOPLE_FIELD_NAMES,
  SLOT,
  peopleField,
  type PeopleFieldName,
} from '#core/standard/fields.ts'
import { quarterDays, referenceDay, type Quarter } from '#core/standard/quarter.ts'
import type { RecordFacts } from '#core/standard/record.ts'
import type { GivenRole, YesNo } from '#core/standard/roles.ts'
import type { MappedRow, RowMapper } from '#core/mapping/row-mapper.ts'
import type { RowShape } from '#core/mapping/mapping.ts'
import { carerReference } from '#core/pseudonym/normalising/client-reference.ts'
import { withCarerReference, withDerivedReference } from '#core/pseudonym/derived-reference.ts'
import { foldValue } from '#core/pseudonym/normalising/fold.ts'
import { IdentifierReader, type IdentifierCells } from '#core/pseudonym/identifiers.ts'
import { familyReference } from '#core/preparation/shapes/child-reference.ts'
import { areExchanged, isHardlyLast } from '#core/mapping/name-order.ts'
import { foundOnce } from '#core/pseudonym/normalising/found-once.ts'
import type { UnaskedColumn } from '#core/mapping/unasked-columns.ts'
import type { Shape } from '#core/preparation/preparation.ts'
import type { PersonRow } from './check.ts'
import { isInBoth, isMadeUp, readNameSign, showsNothing, type NameSign } from './name-signs.ts'
import { readReferenceSign } from './reference-signs.ts'
import { hasRemark } from './count-remark.ts'
import { ServiceDateReader } from './service-date.ts'

/** What a file is checked against. */
export interface CheckContext {
  readonly quarter: Quarter
  /** The programme is live: numbers and addresses kept for tests are refused. */
  readonly live: boolean
  /** The workbook's serial dates count from 1904. */
  readonly date1904: boolean
  readonly areas: AreaLookup
  /** Shapes that the file seems to have and nobody has taken or turned down. */
  readonly unansweredShapes?: readonly Shape[]
  /** Columns that may hold something of the standard, where nobody was asked about them. */
  readonly unaskedColumns?: readonly UnaskedColumn[]
  /** Of a file of outcomes: what its scores are of, and which service they come from. */
  readonly outcomes?: { readonly framework: Framework; readonly serviceCode: string }
  /** Of a feed, the day on which it came, `yyyy-mm-dd`. */
  readonly day?: string
}

/** Reads the people of mapped rows: their identifiers normalised, their dates and counts read. */
export class PersonReader {
  readonly #shape: RowShape
  readonly #derivesReference: boolean
  readonly #names: NameColumns
  readonly #carerNames: NameColumns
  readonly #areas: AreaLookup
  readonly #dates: ServiceDateReader
  readonly #identifiers: IdentifierReader
  /** Whether a first or last name shows nothing by itself, nor may show anything beside another. */
  readonly #isPlain = foundOnce((name) => showsNothing(name) && !isHardlyLast(name))
  readonly #quarterFirst: string
  readonly #quarterLast: string

  constructor(mapper: RowMapper, context: CheckContext) {
    this.#shape = mapper.shape
    this.#derivesReference = mapper.derivesReference
    this.#names = { haveFirst: mapper.has('first_name'), haveLast: mapper.has('last_name') }
    this.#carerNames = { haveFirst: mapper.has('carer_first_name'), haveLast: false }
    this.#areas = context.areas
    this.#dates = new ServiceDateReader(context.quarter, context.date1904)
    this.#identifiers = new IdentifierReader({
      referenceDay: referenceDay(context.quarter),
      live: context.live,
      date1904: context.date1904,
    })
    const { first, last } = quarterDays(context.quarter)
    this.#quarterFirst = first
    this.#quarterLast = last
  }

  /** The person a row describes; of a row that holds child and carer, the child. */
  readPerson(row: number, mapped: MappedRow): PersonRow {
    const { cells } = mapped
    const cell = (slot: number) => cells[slot] ?? ''
    const givenRole = this.#shape === 'child-and-carer' ? 'child' : roleGiven(cell(SLOT.role))
    const identifiers = this.#identifiers.read(ownCells(cells), givenRole)
    return {
      row,
      isCarer: false,
      givenRole,
      cells,
      unlisted: mapped.unlisted,
      filled: mapped.filled,
      identifiers: this.#derivesReference ? withDerivedReference(identifiers) : identifiers,
      referenceSign: readReferenceSign(cell(SLOT.client_ref)),
      nameSign: this.#signOf(
        mapped.wholeName,
        [cell(SLOT.first_name), cell(SLOT.last_name), cell(SLOT.carer_last_name)],
        this.#names,
      ),
      carerNameSign: this.#signOf(
        mapped.carerWholeName,
        [cell(SLOT.carer_first_name), cell(SLOT.carer_last_name), cell(SLOT.last_name)],
        this.#carerNames,
      ),
      referral: this.#dates.read(cell(SLOT.referral_date)),
      start: this.#dates.read(cell(SLOT.start_date)),
      end: this.#dates.read(cell(SLOT.end_date)),
      lastContact: this.#dates.read(cell(SLOT.last_contact_date)),
      contact: this.#dates.read(cell(SLOT.contact_date)),
      contacts: readCount(cell(SLOT.contacts)),
      quarterFirst: this.#quarterFirst,
      quarterLast: this.#quarterLast,
    }
  }

  /**
   * The carer of a child's row: the carer cells as its own, the rest the child's, and its own
   * client reference.
   */
  readCarer(child: PersonRow): PersonRow {
    const { cells } = child
    const cell = (slot: number) => cells[slot] ?? ''
    const own: IdentifierCells = {
      clientRef: carerReference(familyReference(cell(SLOT.client_ref))),
      firstName: cell(SLOT.carer_first_name),
      lastName: cell(SLOT.carer_last_name),
      dateOfBirth: cell(SLOT.carer_date_of_birth),
      gender: cell(SLOT.carer_gender),
      nhsNumber: cell(SLOT.carer_nhs_number),
      email: cell(SLOT.carer_email),
      mobile: cell(SLOT.carer_mobile),
      carerEmail: '',
      carerMobile: '',
      postcode: cell(SLOT.postcode),
    }
    const identifiers = this.#identifiers.read(own, 'parent')
    return {
      ...child,
      isCarer: true,
      givenRole: 'parent',
      identifiers: this.#derivesReference
        ? withCarerReference(identifiers, child.identifiers)
        : identifiers,
    }
  }

  /**
   * What names show: a whole name, else the names in columns of their own. Two words in one of them
   * are the whole name where the other is empty and has a column, or where first names have none.
   */
  #signOf(
    whole: string,
    [first, last, lastBeside]: readonly [first: string, last: string, lastBeside: string],
    columns: NameColumns,
  ): NameSign {
    if (whole !== '') return readNameSign(whole, true)
    if (first === '' && last === '') return ''
    const areTwo = first !== '' && last !== '' && first !== lastBeside
    if (areTwo && this.#isPlain(first) && this.#isPlain(last))
      return isInBoth(first, last) ? 'both' : ''
    return (
      readNameSign(first, false) ||
      readNameSign(last, false) ||
      (isMadeUp(first, last) ? 'nobody' : '') ||
      (isInBoth(first, last) || isWholeFirst(first, last, columns) ? 'both' : '') ||
      (!columns.haveFirst && isOfWords(last) ? 'whole-last' : '') ||
      (areExchanged(first, last, lastBeside) ? 'exchanged' : '')
    )
  }

  /** What is kept of a person, beside the pseudonyms. */
  factsOf(person: PersonRow): RecordFacts {
    const { cells, identifiers, isCarer } = person
    const postcode = identifiers.components.postcode.value
    const area = postcode === '' ? undefined : this.#areas.find(postcode)
    return {
      sourceRow: person.row,
      role: identifiers.role,
      birth: identifiers.birth,
      gender: identifiers.gender,
      ward: area?.ward ?? '',
      imdDecile: area?.imdDecile ?? 0,
      inArea: area?.inArea ?? 'unknown',
      // The row's ethnicity and disability are the child's.
      ethnicity: isCarer ? '' : (cells[SLOT.ethnicity] ?? ''),
      mainLanguage: cells[SLOT.main_language] ?? '',
      sendOrDisability: isCarer ? 'unknown' : yesNo(cells[SLOT.send_or_disability] ?? ''),
      referralDate: person.referral.value,
      startDate: person.start.value,
      endDate: person.end.value,
      referralSource: cells[SLOT.referral_source] ?? '',
      status: cells[SLOT.status] ?? '',
      contacts: person.contacts,
      lastContactDate: person.lastContact.value,
      filled: filledOf(person),
    }
  }
}

/** What a row says of its carer alone, and of both. */
const OF_CARER: readonly PeopleFieldName[] = PEOPLE_FIELD_NAMES.filter((name) =>
  name.startsWith('carer_'),
)
const OF_BOTH: readonly PeopleFieldName[] = [
  ...(['client_ref', 'postcode', 'main_language', 'referral_date', 'start_date'] as const),
  ...(['end_date', 'referral_source', 'status', 'contacts', 'last_contact_date'] as const),
]
const CARER_BITS = bitsOf([...OF_CARER, ...OF_BOTH])
/** A carer's email address and mobile number tell a child too. */
const CHILD_BITS = ~bitsOf(OF_CARER.filter((name) => peopleField(name)?.for === 'carer'))

function bitsOf(fields: readonly PeopleFieldName[]): number {
  return fields.reduce((bits, field) => bits | (1 << SLOT[field]), 0)
}

/** The fields of a person that a rule filled. */
function filledOf({ filled, isCarer }: PersonRow): number | null {
  const own = filled & (isCarer ? CARER_BITS : CHILD_BITS)
  return own === 0 ? null : own
}

function ownCells(cells: readonly string[]): IdentifierCells {
  const cell = (slot: number) => cells[slot] ?? ''
  return {
    clientRef: cell(SLOT.client_ref),
    firstName: cell(SLOT.first_name),
    lastName: cell(SLOT.last_name),
    dateOfBirth: cell(SLOT.date_of_birth),
    gender: cell(SLOT.gender),
    nhsNumber: cell(SLOT.nhs_number),
    email: cell(SLOT.email),
    mobile: cell(SLOT.mobile),
    carerEmail: cell(SLOT.carer_email),
    carerMobile: cell(SLOT.carer_mobile),
    postcode: cell(SLOT.postcode),
  }
}

/** Which names have columns of their own. */
interface NameColumns {
  readonly haveFirst: boolean
  readonly haveLast: boolean
}

function isWholeFirst(first: string, last: string, { haveLast }: NameColumns): boolean {
  return haveLast && last === '' && isOfWords(first)
}

function isOfWords(name: string): boolean {
  return /\p{L}{2}(?:\s+|[._])\p{L}{2}/u.test(name)
}

function roleGiven(code: string): GivenRole {
  return code === 'child' || code === 'parent' || code === 'adult' ? code : ''
}

function yesNo(code: string): YesNo {
  return code === 'yes' || code === 'no' ? code : 'unknown'
}

const COUNT = /^[0-9]{1,5}(?:[.]0+)?$/

/**
 * A count of contacts: up to five digits, and ".0" as spreadsheets export it, with a remark in
 * brackets or without; null for anything else.
 */
export function readCount(cell: string): number | null {
  if (cell === '') return null
  if (COUNT.test(cell)) return Number(cell)
  // Spaces, a leading ' and what nobody sees go, as they do from any other value.
  const text = foldValue(cell) ?? ''
  if (COUNT.test(text)) return Number(text)
  return hasRemark(text) ? Number.parseInt(text, 10) : null
}
