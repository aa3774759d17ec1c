import type { Gender } from '#core/standard/roles.ts'
import type { DerivedComponentName, NormalisedIdentifiers } from '#core/pseudonym/identifiers.ts'
import {
  ALTERNATES,
  PSEUDONYM_COLUMNS,
  PSEUDONYM_COUNT,
  type PseudonymField,
} from '#core/pseudonym/kinds.ts'
import type { PseudonymBatch } from '#core/pseudonym/pseudonymise.ts'
import { NumberList } from '#core/checks/number-list.ts'
import { birthNumber, nameDigest, type ReferenceIndex } from './reference-index.ts'

/** How many different people a file is expected to come to, from the file alone. */
export interface PeopleForecast {
  readonly least: number
  readonly most: number
}

/** Pseudonyms by which linkage joins two records, or doubts that they are two people. */
const LINKING = [
  'client',
  'nhsNumber',
  'nameBirth',
  'email',
  'child',
  'childMobile',
  'birthPostcode',
  'namePostcode',
  'givenBirthPostcode',
  'soundBirth',
  ...ALTERNATES.map(({ field }) => field),
] satisfies readonly PseudonymField[]

/** Where each stands in a record's block. */
const AT = Object.fromEntries(LINKING.map((field, place) => [field, place])) as Readonly<
  Record<(typeof LINKING)[number], number>
>
/** Alternates of the name with a birth, after the pseudonyms that meet each other. */
const FIRST_ALTERNATE = LINKING.length - ALTERNATES.length
/** M or F, after the pseudonyms. */
const GENDER = LINKING.length
const WORDS = LINKING.length + 1
const BLOCK = 1 << 13
/** As in the policy of linkage: an address of more people than this is nobody's own. */
const MOST_OF_AN_EMAIL = 4

/**
 * Counts the people of a file at least and at most. At most: records of one client reference are
 * one, and those of one NHS number that all say the same name, birth and gender, M or F; nothing
 * else joins, nor the records of a client whose NHS number others have who differ. At least:
 * whatever agrees in anything that linkage joins or doubts by is one, directly or in steps, but for
 * email addresses of more than four people. Linkage of the file by itself, of whose rows none
 * disagree, comes to a number between them. Records of other files may join two people of this one,
 * which nobody can know from the file.
 *
 * A record is held as digests of 32 bits, 60 bytes together, and no value. Two values that meet by
 * chance, one pair in a file of 100,000, lower the least by one; the most is exact where clients
 * are numbered, and of a hashed file as near.
 */
export class PeopleCounter {
  readonly #blocks: Uint32Array[] = []
  #records = 0
  #dropped = 0

  /**
   * Adds a person by the number under which `references` has them, with what it says of them: where
   * the record does not leave it out, that is the record's.
   */
  add({ role, components }: NormalisedIdentifiers, client: number, references: Said): void {
    const [block, at] = this.#next()
    const first = components.firstCanonical.value === '' ? 0 : references.firstName(client)
    const last = components.last.value === '' ? 0 : references.lastName(client)
    const birth = components.birthDate.value === '' ? 0 : references.birth(client)
    const postcode = digestOf(components.postcode.value)
    block[at + AT.client] = client + 1
    block[at + AT.nhsNumber] = components.nhsNumber.value === '' ? 0 : references.nhsNumber(client)
    block[at + AT.nameBirth] = together(first, last, birth)
    block[at + AT.email] = digestOf(components.email.value)
    if (role === 'child') {
      const child = together(
        birth,
        genderCode(components.gender.value),
        digestOf(components.firstThree.value),
      )
      block[at + AT.child] = together(digestOf(components.carerEmail.value), child, child)
      block[at + AT.childMobile] = together(digestOf(components.carerMobile.value), child, child)
    }
    block[at + AT.birthPostcode] = together(last, birth, postcode)
    block[at + AT.namePostcode] = together(first, last, postcode)
    block[at + AT.givenBirthPostcode] = together(first, birth, postcode)
    if (block[at + AT.nameBirth] !== 0) {
      const digest = (name: 'first' | DerivedComponentName): number =>
        nameDigest(components[name].value)
      block[at + AT.soundBirth] = together(digest('firstSound'), digest('lastSound'), birth)
      block[at + AT.nameBirthSwapped] = together(
        first,
        last,
        birthNumber(components.birthSwapped.value),
      )
      block[at + AT.nameBirthReversed] = together(digest('lastCanonical'), digest('first'), birth)
      block[at + AT.nameBirthSurnameFirst] = together(first, digest('firstPart'), birth)
      block[at + AT.nameBirthSurnameLast] = together(first, digest('lastPart'), birth)
    }
    block[at + GENDER] = genderCode(components.gender.value)
    this.#records++
  }

  /** Adds a record by its pseudonyms. */
  addHashed({ bytes, present, width }: PseudonymBatch, row: number, gender: Gender): void {
    const [block, at] = this.#next()
    for (const [word, place] of PLACES.entries()) {
      const position = row * PSEUDONYM_COUNT + place
      if (present[position] === 1) block[at + word] = wordAt(bytes, position * width) || 1
    }
    block[at + GENDER] = genderCode(gender)
    this.#records++
  }

  /** Takes a record off again. */
  drop(record: number): void {
    // What says nothing meets nobody.
    const at = (record % BLOCK) * WORDS
    this.#blocks[Math.floor(record / BLOCK)]?.fill(0, at, at + WORDS)
    this.#dropped++
  }

  /**
   * For each record, 1 where another client has the same NHS number and the two say another name or
   * another birth. A record that leaves one of them out says nothing of it.
   */
  sharedNumbers(): Uint8Array {
    const [clients, names] = [this.#column(AT.client), this.#column(AT.nameBirth)]
    const shared = new Uint8Array(this.#records)
    meetingsOf(this.#column(AT.nhsNumber)).each((first, record) => {
      const isAnother =
        clients[first] !== clients[record] &&
        [first, record].every((one) => names[one] !== 0) &&
        names[first] !== names[record]
      if (isAnother) shared[first] = shared[record] = 1
    })
    return shared
  }

  /** The forecast over all records, in whatever order they came. */
  forecast(): PeopleForecast {
    const sets = new Sets(this.#records)
    const records = this.#records - this.#dropped
    const [clients, names] = [this.#column(AT.client), this.#column(AT.nameBirth)]
    const ofClients = meetingsOf(clients)
    const numbers = meetingsOf(this.#column(AT.nhsNumber))
    const differing = this.#differing(numbers, names)
    const isParted = partedClients(ofClients, numbers, { differing, clients })
    sets.joinAll(ofClients, (first) => isParted[first] === 0)
    sets.joinAll(numbers, (first) => differing[first] === 0)
    const most = records - sets.joined
    sets.joinAll(ofClients)
    sets.joinAll(numbers)
    sets.joinAll(meetingsOf(names))
    const emails = meetingsOf(this.#column(AT.email))
    const people = peopleOf(emails, this.#records, (at) => names[at] || (clients[at] ?? 0))
    sets.joinAll(emails, (first) => (people[first] ?? 0) <= MOST_OF_AN_EMAIL)
    for (let word = AT.child; word < FIRST_ALTERNATE; word++)
      sets.joinAll(meetingsOf(this.#column(word)))
    for (let word = FIRST_ALTERNATE; word < GENDER; word++)
      this.#joinAlternates(sets, names, this.#column(word))
    return { least: records - sets.joined, most }
  }

  /** Joins the records that have as an alternate what another carries as its own. */
  #joinAlternates(sets: Sets, names: Uint32Array, alternates: Uint32Array): void {
    const both = new Uint32Array(this.#records * 2)
    both.set(names)
    both.set(alternates, this.#records)
    meetingsOf(both).each((first, record) => {
      // What two have as an alternate, and nobody as their own, is no evidence.
      if (first < this.#records && record >= this.#records) sets.join(first, record - this.#records)
    })
  }

  /** Of an NHS number's first record, whether one of its records says another person, or not who. */
  #differing(numbers: Meetings, names: Uint32Array): Uint8Array {
    const genders = this.#column(GENDER)
    const differing = new Uint8Array(this.#records)
    numbers.each((first, record) => {
      const isSame = [names, genders].every((said) => said[record] && said[record] === said[first])
      if (!isSame) differing[first] = 1
    })
    return differing
  }

  /** What the records say in one place. */
  #column(word: number): Uint32Array {
    const column = new Uint32Array(this.#records)
    for (const [number, block] of this.#blocks.entries()) {
      const from = number * BLOCK
      const to = Math.min(this.#records, from + BLOCK)
      for (let record = from, at = word; record < to; record++, at += WORDS)
        column[record] = block[at] ?? 0
    }
    return column
  }

  #next(): [Uint32Array, number] {
    const at = this.#records % BLOCK
    if (at === 0) this.#blocks.push(new Uint32Array(BLOCK * WORDS))
    return [this.#blocks[this.#blocks.length - 1] ?? new Uint32Array(WORDS), at * WORDS]
  }
}

/** What is said of the person of a reference, as digests. */
type Said = Pick<ReferenceIndex, 'birth' | 'nhsNumber' | 'firstName' | 'lastName'>

/** Where the linking pseudonyms are among all. */
const PLACES = LINKING.map((field) => PSEUDONYM_COLUMNS.findIndex((each) => each.field === field))

/** A union–find that counts its joins. */
class Sets {
  readonly #parent: Uint32Array
  joined = 0

  constructor(count: number) {
    this.#parent = new Uint32Array(count)
    for (let each = 0; each < count; each++) this.#parent[each] = each
  }

  /** Joins what meets, where its first record `joins`. */
  joinAll(meetings: Meetings, joins: (first: number) => boolean = () => true): void {
    meetings.each((first, record) => {
      if (joins(first)) this.join(first, record)
    })
  }

  join(left: number, right: number): void {
    const [one, other] = [this.#find(left), this.#find(right)]
    if (one === other) return
    this.#parent[Math.max(one, other)] = Math.min(one, other)
    this.joined++
  }

  #find(each: number): number {
    const parent = this.#parent
    let at = each
    for (;;) {
      const up = parent[at] ?? at
      if (up === at) return at
      const next = parent[up] ?? up
      parent[at] = next
      at = next
    }
  }
}

/** Records whose value another had before them, each with the first that had it. */
class Meetings {
  readonly #pairs = new NumberList()

  push(first: number, record: number): void {
    this.#pairs.push(first)
    this.#pairs.push(record)
  }

  each(meet: (first: number, record: number) => void): void {
    for (let at = 0; at < this.#pairs.length; at += 2)
      meet(this.#pairs.at(at), this.#pairs.at(at + 1))
  }
}

/** The records that meet in a value; 0 is none. */
function meetingsOf(values: Uint32Array): Meetings {
  const meetings = new Meetings()
  // Most values come once: only what may come twice is looked up.
  const bits = Math.max(5, Math.ceil(Math.log2(values.length * 8 + 1)))
  const places = 2 ** bits - 1
  const once = new Uint32Array(2 ** (bits - 5))
  const twice = new Uint32Array(2 ** (bits - 5))
  let many = 0
  for (let record = 0; record < values.length; record++) {
    const value = values[record] ?? 0
    if (value === 0) continue
    const word = (value & places) >>> 5
    const bit = 1 << (value & 31)
    if (((once[word] ?? 0) & bit) === 0) once[word] = (once[word] ?? 0) | bit
    else {
      twice[word] = (twice[word] ?? 0) | bit
      many++
    }
  }
  if (many === 0) return meetings
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(many * 4 + 2)))
  const mask = slots.length - 1
  for (let record = 0; record < values.length; record++) {
    const value = values[record] ?? 0
    if (value === 0 || ((twice[(value & places) >>> 5] ?? 0) & (1 << (value & 31))) === 0) continue
    let slot = (Math.imul(value, 0x9e3779b1) >>> 3) & mask
    let held = slots[slot] ?? 0
    while (held !== 0 && values[held - 1] !== value) {
      slot = (slot + 1) & mask
      held = slots[slot] ?? 0
    }
    if (held === 0) slots[slot] = record + 1
    else meetings.push(held - 1, record)
  }
  return meetings
}

/**
 * Of a client's first record, whether one of its rows has an NHS number that another client has as
 * well while its records differ: linkage may then join that row elsewhere.
 */
function partedClients(
  ofClients: Meetings,
  numbers: Meetings,
  { differing, clients }: { differing: Uint8Array; clients: Uint32Array },
): Uint8Array {
  const firsts = Uint32Array.from(clients.keys())
  ofClients.each((first, record) => {
    firsts[record] = first
  })
  const crossed = new Uint8Array(clients.length)
  numbers.each((first, record) => {
    if (differing[first] === 1 && clients[first] !== clients[record]) crossed[first] = 1
  })
  const isParted = new Uint8Array(clients.length)
  numbers.each((first, record) => {
    if (crossed[first] === 0) return
    isParted[firsts[first] ?? first] = 1
    isParted[firsts[record] ?? record] = 1
  })
  return isParted
}

/** Of each address's first record, how many people have it where several records do. */
function peopleOf(
  emails: Meetings,
  records: number,
  personOf: (record: number) => number,
): Uint32Array {
  const people = new Uint32Array(records)
  const firsts = new Uint32Array(records)
  const pairs = new Uint32Array(records)
  const enter = (first: number, record: number): void => {
    const person = personOf(record)
    if (pairs[record] !== 0 || person === 0) return
    pairs[record] = together(first + 1, person, person)
    firsts[record] = first
    people[first] = (people[first] ?? 0) + 1
  }
  emails.each((first, record) => {
    enter(first, first)
    enter(first, record)
  })
  meetingsOf(pairs).each((_, record) => {
    const first = firsts[record] ?? 0
    people[first] = (people[first] ?? 1) - 1
  })
  return people
}

/** A digest that is quick, for texts that are short; 0 for none. */
function digestOf(text: string): number {
  if (text === '') return 0
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0 || 1
}

/** One digest of three; 0 where one of them is of nothing. */
function together(one: number, two: number, three: number): number {
  if (one === 0 || two === 0 || three === 0) return 0
  let hash = Math.imul(one ^ (two >>> 15), 0x85ebca6b) ^ Math.imul(two, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 13), 0x27d4eb2f) ^ Math.imul(three ^ (hash >>> 16), 0x165667b1)
  return (hash ^ (hash >>> 15)) >>> 0 || 1
}

function genderCode(gender: string): number {
  return gender === 'M' ? 1 : gender === 'F' ? 2 : 0
}

function wordAt(bytes: Uint8Array, at: number): number {
  const byte = (offset: number): number => bytes[at + offset] ?? 0
  return ((byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3)) >>> 0
}
