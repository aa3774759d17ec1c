import { type Quarter, quarterAfter } from '#core/standard/quarter.ts'

import { dayNumber, isoDay, quarterSpan } from './calendar.ts'
import { COMMUNITIES, type Community } from './communities.ts'
import { inventedMobile, inventedNhsNumber } from './invented-identifiers.ts'
import { type Place, placesFor } from './places.ts'
import { mix } from './random.ts'

/**
 * Files of any size in constant memory, for measuring. Everything about a person follows from the
 * seed and the person's number, so the truth needs no list: row r of a file is person `firstPerson
 * + r` of a ring of `population` people.
 */

export interface PeopleFile {
  readonly seed: number
  readonly service: string
  readonly provider: string
  readonly quarter: Quarter
  readonly rows: number
  /** People of the whole programme; numbers beyond begin again at 0. */
  readonly population: number
  readonly firstPerson: number
}

/** The columns, which are fields of the standard. */
export const PEOPLE_HEADER =
  'client_ref,role,first_name,last_name,date_of_birth,gender,nhs_number,email,mobile,carer_email,carer_mobile,postcode,' +
  'ethnicity,main_language,send_or_disability,referral_date,start_date,end_date,referral_source,status,contacts,last_contact_date'

/**
 * Every 1,000 rows, how many are written with one slip or gap. Assumptions, as in error-rates.ts.
 */
const PER_MILLE = {
  noNhs: 80,
  noEmail: 120,
  noMobile: 90,
  noPostcode: 20,
  typedName: 12,
  moved: 40,
  newMailbox: 30,
  twins: 14,
} as const

const CHUNK_CHARACTERS = 1 << 16
const PEOPLE_A_FAMILY = 4

/**
 * The file in pieces of about 64 KB of UTF-8, a header and `rows` lines; each person of a file once
 * and reached.
 */
export function* generatePeopleRows(file: PeopleFile): Generator<Uint8Array, void> {
  const writer = new RowWriter(file)
  let text = `${PEOPLE_HEADER}\n`
  for (let row = 0; row < file.rows; row += 1) {
    text += writer.line(personOfRow(file, row))
    if (text.length >= CHUNK_CHARACTERS) {
      yield Buffer.from(text, 'utf8')
      text = ''
    }
  }
  if (text !== '') yield Buffer.from(text, 'utf8')
}

/** The number of the person in a row; rows count from 0. */
export function personOfRow(file: PeopleFile, row: number): number {
  return (file.firstPerson + row) % file.population
}

/** The reference by which a service knows a person: the same in all its quarters. */
export function clientRefOf(file: PeopleFile, person: number): string {
  return `${file.service.charAt(0).toUpperCase()}${person + 1}`
}

/**
 * Files of several services and quarters with `rows` rows in all. From quarter to quarter a service
 * keeps three quarters of its people; services overlap as their windows on the ring of people do.
 */
export function peopleFiles(options: {
  readonly seed: number
  readonly rows: number
  readonly population: number
  readonly services: readonly { readonly code: string; readonly provider: string }[]
  readonly firstQuarter: Quarter
  readonly quarters: number
}): PeopleFile[] {
  const { seed, population, services } = options
  const count = services.length * options.quarters
  const even = Math.floor(options.rows / count)
  const files: PeopleFile[] = []
  for (let quarter = 0; quarter < options.quarters; quarter += 1) {
    for (const [index, service] of services.entries()) {
      const rows = files.length < count - 1 ? even : options.rows - even * (count - 1)
      if (rows > population) throw new RangeError('A file cannot hold more people than there are.')
      const window = Math.floor((population / services.length) * index + (rows / 4) * quarter)
      files.push({
        seed,
        service: service.code,
        provider: service.provider,
        quarter: quarterAfter(options.firstQuarter, quarter),
        rows,
        population,
        firstPerson: window % population,
      })
    }
  }
  return files
}

/** How many different people a set of files of one population holds. */
export function countTruePeople(files: readonly PeopleFile[]): number {
  const spans = files
    .flatMap(({ firstPerson, rows, population }) => {
      const end = firstPerson + rows
      return end <= population
        ? [{ from: firstPerson, to: end }]
        : [
            { from: firstPerson, to: population },
            { from: 0, to: end - population },
          ]
    })
    .sort((left, right) => left.from - right.from)
  let people = 0
  let covered = 0
  for (const { from, to } of spans) {
    people += Math.max(0, to - Math.max(from, covered))
    covered = Math.max(covered, to)
  }
  return people
}

const dayTexts: string[] = []

/** A day as text, made once rather than a million times. */
function dayText(day: number): string {
  return (dayTexts[day] ??= isoDay(day))
}

const SURNAME_STARTS = [
  'Ash',
  'Black',
  'Brad',
  'Cal',
  'Dal',
  'East',
  'Fair',
  'Gar',
  'Hart',
  'Kes',
  'Lang',
  'Mar',
  'Nor',
  'Old',
  'Pem',
  'Rad',
  'Stan',
  'Thorn',
  'Wal',
  'Wes',
] as const
const SURNAME_ENDS = [
  'berg',
  'bourne',
  'bury',
  'by',
  'cott',
  'croft',
  'dale',
  'den',
  'field',
  'ford',
  'gate',
  'ham',
  'hurst',
  'land',
  'ley',
  'low',
  'man',
  'more',
  'ridge',
  'shaw',
  'son',
  'ston',
  'ton',
  'well',
  'wick',
  'wood',
  'worth',
  'wright',
  'yard',
  'stead',
] as const
const REFERRALS = [
  'self',
  'gp',
  'midwife',
  'health_visitor',
  'social_care',
  'nursery_school',
  'other_service',
  'other',
] as const
const CHILD_AGE_DAYS = 5 * 365
/** The same in every quarter. */
const LAST_BIRTH = dayNumber('2024-03-31')
const FIRST_ADULT_BIRTH = dayNumber('1980-01-01')

class RowWriter {
  readonly #file: PeopleFile
  readonly #first: number
  readonly #last: number
  readonly #serviceSeed: number
  readonly #communities: readonly Community[]
  readonly #places: readonly Place[]

  constructor(file: PeopleFile) {
    this.#file = file
    this.#places = placesFor(file.population)
    const span = quarterSpan(file.quarter)
    this.#first = span.first
    this.#last = span.last
    this.#serviceSeed = Buffer.from(file.service, 'utf8').reduce(
      (number, byte) => mix(number, byte),
      file.seed,
    )
    this.#communities = COMMUNITIES.flatMap((community) =>
      Array<Community>(community.weight).fill(community),
    )
  }

  line(person: number): string {
    const { seed } = this.#file
    const family = Math.floor(person / PEOPLE_A_FAMILY)
    const place = person % PEOPLE_A_FAMILY
    const familyBits = mix(seed, family)
    const bits = mix(seed ^ 0x5bd1e995, person)
    // What the service wrote wrongly stays so from quarter to quarter.
    const slips = mix(this.#serviceSeed, person)
    const community = this.#communities[familyBits % this.#communities.length] ?? COMMUNITIES[0]
    const isChild = place === 1 || place === 2 || (place === 3 && familyBits % 10 < 4)
    const isWoman = isChild ? bits % 1000 < 487 : place === 0
    const girls = isWoman ? community.girls : community.boys
    const firstName = girls[(bits >>> 8) % girls.length] ?? girls[0]
    const surname = this.#surname(community, isChild || place === 0 ? familyBits : bits)
    const typed =
      slips % 1000 < PER_MILLE.typedName ? surname.slice(0, 2) + surname.slice(3) : surname
    const gender = isWoman ? 'F' : 'M'
    const born = dayText(isChild ? this.#childBorn(familyBits, place) : this.#adultBorn(bits))
    const nhs = chance(slips, 1) < PER_MILLE.noNhs ? '' : inventedNhsNumber(person)
    const mother = family * PEOPLE_A_FAMILY
    const carerEmail = chance(slips, 2) < PER_MILLE.noEmail ? '' : this.#email(mother, slips)
    const carerMobile = chance(slips, 3) < PER_MILLE.noMobile ? '' : inventedMobile(mother)
    const postcode =
      chance(slips, 4) < PER_MILLE.noPostcode ? '' : this.#postcode(familyBits, slips)
    const own = isChild
      ? `,,${carerEmail},${carerMobile}`
      : `${place === 0 ? carerEmail : this.#email(person, slips)},${inventedMobile(person)},,`
    const ethnicity = community.ethnicities[familyBits % community.ethnicities.length] ?? 'Z'
    const language = community.languages[(familyBits >>> 4) % community.languages.length] ?? 'en'
    const start = this.#first - 1 - (slips % 300)
    const contact = dayText(
      this.#first + (mix(slips, this.#first) % (this.#last - this.#first + 1)),
    )
    const role = isChild ? 'child' : 'parent'
    return (
      `${clientRefOf(this.#file, person)},${role},${firstName},${typed},${born},${gender},${nhs},${own},${postcode},${ethnicity},${language},` +
      `${bits % 100 < 7 ? 'yes' : 'no'},${dayText(start - (slips % 40))},${dayText(start)},,` +
      `${REFERRALS[slips % REFERRALS.length] ?? 'other'},active,${1 + (slips % 12)},${contact}\n`
    )
  }

  #surname(community: Community, bits: number): string {
    // The lists alone would make namesakes of too many among millions.
    if (community.weight > 20 && bits % 3 !== 0) {
      const start = SURNAME_STARTS[(bits >>> 5) % SURNAME_STARTS.length] ?? ''
      return start + (SURNAME_ENDS[(bits >>> 12) % SURNAME_ENDS.length] ?? '')
    }
    const one =
      community.surnames[(bits >>> 7) % community.surnames.length] ?? community.surnames[0]
    const two =
      community.surnames[(bits >>> 15) % community.surnames.length] ?? community.surnames[0]
    return community.twoSurnames || bits % 4 === 0
      ? `${one}${community.twoSurnames ? ' ' : '-'}${two}`
      : one
  }

  /** Births of a family's children lie well over nine months apart, or on one day. */
  #childBorn(familyBits: number, place: number): number {
    const youngest = LAST_BIRTH - (familyBits % (CHILD_AGE_DAYS - 800))
    const before = place === 2 && mix(familyBits, 7) % 1000 < PER_MILLE.twins ? 1 : place
    return youngest - (before - 1) * (300 + (familyBits % 90))
  }

  #adultBorn(bits: number): number {
    return FIRST_ADULT_BIRTH + (bits % 8_400)
  }

  #email(person: number, slips: number): string {
    const bits = mix(this.#file.seed ^ 0x2545f491, person)
    const changed = chance(slips, 5) < PER_MILLE.newMailbox ? 'x' : ''
    const start = SURNAME_STARTS[bits % SURNAME_STARTS.length] ?? ''
    return `${start.toLowerCase()}${person.toString(36)}${changed}@example.org`
  }

  #postcode(familyBits: number, slips: number): string {
    const moved = chance(slips, 6) < PER_MILLE.moved ? 1 : 0
    return this.#places[((familyBits >>> 3) + moved * 7) % this.#places.length]?.postcode ?? ''
  }
}

/** A number below 1,000 for one purpose out of the bits of another. */
function chance(bits: number, purpose: number): number {
  return mix(bits, purpose) % 1000
}
