import { birthCode } from '#core/linkage/birth.ts'
import type { LinkRecord } from '#core/linkage/part.ts'
import { ofEachPseudonym, PSEUDONYM_COLUMNS, type PseudonymField } from '#core/pseudonym/kinds.ts'
import type { Gender } from '#core/standard/roles.ts'
import type { DescribedClient, FoundPart } from './described-clients.ts'
import type { DrawnHabit, DrawnRates, DrawnSlips } from './draw-rates.ts'
import { FILLED_BITS, type FilledPatterns } from './filled-patterns.ts'
import type { RandomStream } from './random-stream.ts'
import { ageGroup } from './slip-counts.ts'

/**
 * Copies of a part in which who is who is known: each found person is cleaned to what most of its
 * clients say, and each client described again, with what a random client of its service fills in
 * and slips at drawn rates. All of it on pseudonyms: a slip in a component makes other values of
 * the kinds it is in.
 */

/** A person as most of its clients describe it; what nobody says has a value of its own. */
interface CleanPerson {
  readonly birth: string
  readonly gender: Gender
  readonly ward: string
  readonly hasParts: boolean
  readonly canSwap: boolean
  /** Values of the person's own: they meet nobody else's. */
  readonly own: string
  /** Values that families share, as they are. */
  readonly shared: Readonly<Record<SharedField, string>>
  readonly hasSound: boolean
  /** What is said of the person without a slip. */
  readonly clean: Said
}

/** What tells twins, couples and carers: as it is in the records. */
const SHARED_FIELDS = [
  ...(['child', 'childMobile', 'email', 'carerEmail', 'mobile', 'carerMobile'] as const),
  'birthPostcode',
] as const
type SharedField = (typeof SHARED_FIELDS)[number]

/** A part whose people are cleaned, to be copied many times. */
export interface CleanPart {
  readonly clients: readonly DescribedClient[]
  readonly people: readonly CleanPerson[]
}

/** Cleans the people of a part. */
export function cleanPart({ clients, people }: FoundPart): CleanPart {
  const byPerson: DescribedClient[][] = Array.from({ length: people }, () => [])
  for (const client of clients) byPerson[client.person]?.push(client)
  return { clients, people: byPerson.map(cleanPerson) }
}

function cleanPerson(clients: readonly DescribedClient[], index: number): CleanPerson {
  const records = clients.map(({ record }) => record)
  const own = `${index}`
  const shared = Object.fromEntries(
    SHARED_FIELDS.map((field) => [
      field,
      mostSaid(records.map((record) => record[field])) ?? `${own}.${field}`,
    ]),
  ) as Record<SharedField, string>
  const births = records.map(({ birth }) => (birth === '' ? null : birth))
  return {
    clean: sayOf(own, shared, NO_SLIP),
    birth: mostSaid(births) ?? '',
    gender:
      mostSaid(records.map(({ gender }) => (gender === 'unknown' ? null : gender))) ?? 'unknown',
    ward: mostSaid(records.map(({ ward }) => (ward === '' ? null : ward))) ?? `${own}.ward`,
    hasParts: records.some(
      (r) => r.nameBirthSurnameFirst !== null || r.nameBirthSurnameLast !== null,
    ),
    canSwap: records.some((r) => r.nameBirthSwapped !== null),
    own,
    shared,
    hasSound: records.some((r) => r.soundBirth !== null || r.nameBirth === null),
  }
}

/** The value that most say; of several the first in the order of text. */
function mostSaid<Value extends string>(values: readonly (Value | null)[]): Value | null {
  const counts = new Map<Value, number>()
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  let most: Value | null = null
  for (const [value, count] of counts) {
    const known = most === null ? 0 : (counts.get(most) ?? 0)
    if (count > known || (count === known && most !== null && value < most)) most = value
  }
  return most
}

/** Records of a copy, and of each the place of its client. */
export interface CopiedPart {
  readonly records: LinkRecord[]
  readonly clientOf: number[]
}

/** Copies parts, each of them once, at rates drawn for all. */
export class PartCopier {
  readonly #rates: DrawnRates
  readonly #patterns: FilledPatterns
  readonly #random: RandomStream
  #values = 0

  constructor(rates: DrawnRates, patterns: FilledPatterns, random: RandomStream) {
    this.#rates = rates
    this.#patterns = patterns
    this.#random = random
  }

  /** Describes every client of a part again. */
  copy(part: CleanPart): CopiedPart {
    const random = this.#random
    const records: LinkRecord[] = []
    const clientOf: number[] = []
    part.clients.forEach((client, place) => {
      const person = part.people[client.person]
      if (person === undefined) return
      const slips = this.#slipsOf(client.record)
      const habit = this.#rates.habitOf(client.record.service)
      const filled = this.#patterns.draw(client.record, random)
      const isWrong = random.happens(this.#rates.wrongNumber)
      const nhsNumber = isWrong ? `nhs${this.#another()}` : person.clean.nhsNumber
      const add = (typed: Typed): void => {
        const id = records.length
        records.push(describe({ client, person, typed, filled, nhsNumber, place, id }))
        clientOf.push(place)
      }
      let typed = this.#typeAnew(person, slips)
      add(typed)
      for (let quarter = 1; quarter < client.records.length; quarter++) {
        const next = this.#typeAgain(typed, person, slips, habit)
        if (next !== typed) add(next)
        typed = next
      }
    })
    return { records, clientOf }
  }

  /** The slips of a client: those of its age, as often as its service mistypes. */
  #slipsOf(record: LinkRecord): DrawnSlips {
    const slips = this.#rates.of[ageGroup(record)]
    const times = this.#rates.carelessnessOf(record.service)
    if (times === 1) return slips
    const often = (rate: number): number => Math.min(0.9, rate * times)
    const { first, last, names, reversed, part } = slips
    return {
      ...slips,
      first: often(first),
      last: often(last),
      names: often(names),
      reversed: often(reversed),
      part: often(part),
    }
  }

  #typeAnew(person: CleanPerson, slips: DrawnSlips): Typed {
    const typed = {
      ...this.#names(person, slips),
      ...this.#place(slips),
      ...this.#contacts(slips),
    }
    return isClean(typed) ? NO_SLIP : typed
  }

  /** What the next quarter's record says: mostly what the last one did. */
  #typeAgain(typed: Typed, person: CleanPerson, slips: DrawnSlips, habit: DrawnHabit): Typed {
    const random = this.#random
    let next = typed
    if (random.happens(habit.names)) next = { ...next, ...this.#names(person, slips) }
    if (random.happens(habit.postcode)) next = { ...next, ...this.#place(slips) }
    if (random.happens(habit.contacts)) next = { ...next, ...this.#contacts(slips) }
    return next
  }

  #names(person: CleanPerson, slips: DrawnSlips): NamesTyped {
    const random = this.#random
    const bothNames = random.happens(slips.names)
    const first = bothNames || random.happens(slips.first)
    const part = person.hasParts && random.happens(slips.part)
    const last = bothNames || (!part && random.happens(slips.last))
    const isSwapped = person.canSwap && random.happens(slips.swapped)
    const birth = isSwapped || random.happens(slips.birth)
    return {
      first: this.#slip(first),
      firstSounds: first && !bothNames && random.happens(slips.firstSounds),
      firstThree: first && random.happens(slips.firstThree),
      last: this.#slip(last),
      lastSounds: last && !bothNames && random.happens(slips.lastSounds),
      part: !part ? '' : random.happens(0.5) ? 'surnameFirst' : 'surnameLast',
      birth: isSwapped ? '~swap' : this.#slip(birth),
      isSwapped,
      // A day and a month that change places are of another month.
      keptBirth: birth && !isSwapped && random.happens(slips.keptBirth),
      isReversed: random.happens(slips.reversed),
      isOtherGender: random.happens(slips.gender),
    }
  }

  #place(slips: DrawnSlips): PlaceTyped {
    const isOther = this.#random.happens(slips.postcode)
    return {
      postcode: this.#slip(isOther),
      isOtherWard: isOther && this.#random.happens(slips.ward),
    }
  }

  #contacts(slips: DrawnSlips): ContactsTyped {
    const random = this.#random
    const isOtherCarer = random.happens(slips.carer)
    return {
      email: this.#slip(random.happens(slips.email)),
      mobile: this.#slip(random.happens(slips.mobile)),
      carerEmail: this.#slip(isOtherCarer || random.happens(slips.carerEmail)),
      carerMobile: this.#slip(isOtherCarer || random.happens(slips.carerMobile)),
    }
  }

  #slip(isSo: boolean): string {
    return isSo ? this.#another() : ''
  }

  /** A value that nothing else has. */
  #another(): string {
    this.#values++
    return `~${this.#values}`
  }
}

/** What one description of a person slips in; empty text is no slip. */
interface Typed {
  readonly first: string
  readonly firstSounds: boolean
  readonly firstThree: boolean
  readonly last: string
  readonly lastSounds: boolean
  readonly part: '' | 'surnameFirst' | 'surnameLast'
  readonly birth: string
  readonly isSwapped: boolean
  readonly keptBirth: boolean
  readonly isReversed: boolean
  readonly isOtherGender: boolean
  readonly postcode: string
  readonly isOtherWard: boolean
  readonly email: string
  readonly mobile: string
  readonly carerEmail: string
  readonly carerMobile: string
}

type PlaceTyped = Pick<Typed, 'postcode' | 'isOtherWard'>
type ContactsTyped = Pick<Typed, 'email' | 'mobile' | 'carerEmail' | 'carerMobile'>
type NamesTyped = Omit<Typed, keyof PlaceTyped | keyof ContactsTyped>

/** All that a description can say, each as text; a null is never said. */
type Said = Readonly<Record<Exclude<PseudonymField, 'client'>, string | null>>

const NO_SLIP: Typed = {
  ...{ first: '', firstSounds: false, firstThree: false, last: '', lastSounds: false, part: '' },
  ...{ birth: '', isSwapped: false, keptBirth: false, isReversed: false, isOtherGender: false },
  ...{ postcode: '', isOtherWard: false, email: '', mobile: '', carerEmail: '', carerMobile: '' },
}

function isClean(typed: Typed): boolean {
  const { first, last, part, birth, isReversed, isOtherGender } = typed
  const { postcode, email, mobile, carerEmail, carerMobile } = typed
  return (
    first + last + part + birth + postcode + email + mobile + carerEmail + carerMobile === '' &&
    !isReversed &&
    !isOtherGender
  )
}

/** What is said of a person with some slips; where there are none it is what everybody would say. */
function sayOf(own: string, shared: CleanPerson['shared'], typed: Typed): Said {
  const { first, last, birth, postcode, part } = typed
  const reversed = typed.isReversed ? '~r' : ''
  const lastSaid = part === '' ? last : `~${part}`
  const otherGender = typed.isOtherGender ? '~g' : ''
  const child = (contact: string): string =>
    contact + birth + (typed.firstThree ? '' : first) + otherGender + reversed
  return {
    ...nameBirths(own, typed),
    nhsNumber: `${own}.nhs`,
    child: shared.child + child(typed.carerEmail),
    childMobile: shared.childMobile + child(typed.carerMobile),
    email: shared.email + typed.email,
    carerEmail: shared.carerEmail + typed.carerEmail,
    mobile: shared.mobile + typed.mobile,
    carerMobile: shared.carerMobile + typed.carerMobile,
    birthPostcode: shared.birthPostcode + lastSaid + birth + postcode + reversed,
    namePostcode: `${own}.np${first}${lastSaid}${postcode}${reversed}`,
    givenBirthPostcode: `${own}.gbp${first}${birth}${postcode}${reversed}`,
    soundBirth: soundOf(own, typed, lastSaid, reversed),
  }
}

interface Description {
  readonly client: DescribedClient
  readonly person: CleanPerson
  readonly typed: Typed
  readonly filled: number
  /** Its own, or another's. */
  readonly nhsNumber: string | null
  readonly place: number
  readonly id: number
}

function describe(description: Description): LinkRecord {
  const { person, typed, filled, id } = description
  const { record } = description.client
  const said = typed === NO_SLIP ? person.clean : sayOf(person.own, person.shared, typed)
  const has = (field: keyof typeof FILLED_BITS): boolean => (filled & FILLED_BITS[field]) !== 0
  const isOtherBirth = typed.birth !== '' && !typed.keptBirth
  const ward = typed.isOtherWard ? person.ward + typed.postcode : person.ward
  return {
    id,
    service: record.service,
    quarter: record.quarter,
    submission: record.submission,
    sourceRow: record.sourceRow,
    role: record.role,
    epoch: record.epoch,
    birth: !has('birth') ? '' : isOtherBirth ? otherBirth(person.birth) : person.birth,
    gender: has('gender') ? genderOf(person.gender, typed.isOtherGender) : 'unknown',
    ward: has('ward') ? ward : '',
    ...saidOfPseudonyms(description, said),
  }
}

/** Each pseudonym as it is said where its column, or that of which it is an alternate, is filled. */
function saidOfPseudonyms(
  { client, person, filled, nhsNumber, place }: Description,
  said: Said,
): Record<PseudonymField, string | null> {
  const values = { ...NOTHING_SAID }
  for (const { field, alternateOf } of PSEUDONYM_COLUMNS) {
    if (field !== 'client' && (filled & FILLED_BITS[alternateOf ?? field]) !== 0) {
      values[field] = said[field]
    }
  }
  if (values.nhsNumber !== null) values.nhsNumber = nhsNumber
  if (!person.hasSound) values.soundBirth = null
  if (client.record.client !== null) values.client = `client ${place}`
  return values
}

const NOTHING_SAID: Readonly<Record<PseudonymField, string | null>> = ofEachPseudonym(() => null)

function soundOf(own: string, typed: Typed, lastSaid: string, reversed: string): string {
  const first = typed.firstSounds ? '' : typed.first
  return `${own}.sb${first}${typed.lastSounds ? '' : lastSaid}${typed.birth}${reversed}`
}

type NameBirths = Pick<
  Said,
  | 'nameBirth'
  | 'nameBirthSwapped'
  | 'nameBirthReversed'
  | 'nameBirthSurnameFirst'
  | 'nameBirthSurnameLast'
>

/**
 * The name-birth of a description and its alternates. What is typed in one known way is the
 * alternate of who is typed without a slip; an unknown slip meets nothing.
 */
function nameBirths(own: string, typed: Typed): NameBirths {
  const { first, last, birth, part, isSwapped, isReversed } = typed
  const clean = `${own}.nb`
  const alternate = (kind: string): string => `${clean} ${kind}`
  const slip = first + last + (isSwapped ? '' : birth)
  const ways = [
    ...(isSwapped ? ['swapped'] : []),
    ...(isReversed ? ['reversed'] : []),
    ...(part === '' ? [] : [part]),
  ]
  if (slip !== '' || ways.length > 1) {
    return {
      nameBirth: clean + slip + ways.join(),
      nameBirthSwapped: null,
      nameBirthReversed: null,
      nameBirthSurnameFirst: null,
      nameBirthSurnameLast: null,
    }
  }
  const [way] = ways
  const isPlain = way === undefined
  const crossed = (kind: string): string | null =>
    isPlain ? alternate(kind) : way === kind ? clean : null
  return {
    nameBirth: isPlain ? clean : alternate(way),
    nameBirthSwapped: crossed('swapped'),
    nameBirthReversed: crossed('reversed'),
    nameBirthSurnameFirst: isPlain ? alternate('surnameFirst') : null,
    nameBirthSurnameLast: isPlain ? alternate('surnameLast') : null,
  }
}

/** Another birth at the same precision: a month or a year on. */
function otherBirth(birth: string): string {
  const code = birthCode(birth)
  if (code === 0) return birth
  const year = code >> 4
  const month = code & 15
  if (month === 0) return String(year + 1)
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}`
}

function genderOf(gender: Gender, isOther: boolean): Gender {
  if (!isOther) return gender
  return gender === 'M' ? 'F' : gender === 'F' ? 'M' : gender
}
