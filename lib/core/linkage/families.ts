import type { PseudonymField } from '#core/pseudonym/kinds.ts'
import { type Evidence, gatherEvidence, type LinkOptions } from './evidence.ts'
import type { LinkRecord } from './part.ts'
import { PersonSets, rootsOf } from './person-sets.ts'
import { addHome, areApart, areMonthsApart, type Home, noHome } from './family-homes.ts'
import type { FamilyRules, FamilyTie } from './policy.ts'

/**
 * Families: people whom ties connect, where a child is among them. Ties never merge people. A child
 * without ties is a family of its own, adults without a child are none: docs/decisions/families.md.
 */

/** People whom one thing ties: one value that all of them carry, or one row that holds them. */
export interface Bond {
  readonly by: FamilyTie
  /** Two or more, each once, in ascending order. */
  readonly people: readonly number[]
}

/** The family of each variant, as the variant that stands for it; −1 for adults without a child. */
export function findFamilies(evidence: Evidence, sets: PersonSets, rules: FamilyRules): Int32Array {
  const { variants } = evidence
  const families = new PersonSets(variants.length)
  for (const { people } of bondsBetween(evidence, sets, rules)) {
    for (const person of people) families.join(people[0] ?? person, person)
  }
  const hasChild = new Uint8Array(variants.length)
  variants.forEach(({ role }, variant) => {
    if (role === 'child') hasChild[families.find(sets.find(variant))] = 1
  })
  return Int32Array.from(variants, (_, variant) => {
    const family = families.find(sets.find(variant))
    return hasChild[family] === 1 ? family : -1
  })
}

/**
 * What ties the people of a part that was decided: each bond with its people as `beneficiary`
 * numbers them.
 */
export function findBonds(
  records: readonly LinkRecord[],
  options: LinkOptions,
  beneficiary: Int32Array,
): Bond[] {
  const evidence = gatherEvidence(records, options)
  const sets = new PersonSets(evidence.variants.length)
  const firstOf = new Map<number, number>()
  const personOf = new Map<number, number>()
  evidence.variantOfPlace.forEach((variant, place) => {
    const person = beneficiary[place] ?? 0
    const first = firstOf.get(person)
    if (first === undefined) firstOf.set(person, variant)
    else sets.join(first, variant)
  })
  for (const [person, variant] of firstOf) personOf.set(sets.find(variant), person)
  return bondsBetween(evidence, sets, options.policy.families).map(({ by, people }) => ({
    by,
    people: people.map((root) => personOf.get(root) ?? 0).sort((a, b) => a - b),
  }))
}

function bondsBetween(evidence: Evidence, sets: PersonSets, rules: FamilyRules): Bond[] {
  const people = new TiedPeople(evidence, sets)
  return rules.ties.flatMap((by) => {
    switch (by) {
      case 'row':
        return people.ofRows()
      case 'email':
      case 'mobile':
        return people.ofContacts(by, rules)
      case 'birth-postcode':
        return people.ofValues(by, 'birthPostcode')
      case 'name-postcode':
        return people.ofValues(by, 'namePostcode')
    }
  })
}

/** What is known of one person of a part, as far as it tells homes apart. */
const CONTACT_FIELDS = {
  email: ['email', 'carerEmail'],
  mobile: ['mobile', 'carerMobile'],
} as const
type ContactKind = keyof typeof CONTACT_FIELDS

/** Whom the records of a part tie, where `sets` are its people. */
class TiedPeople {
  readonly #evidence: Evidence
  readonly #sets: PersonSets
  readonly #carriers: Partial<Record<ContactKind, ReadonlyMap<string, readonly number[]>>> = {}
  #rows: Bond[] | undefined
  #homes: ReadonlyMap<number, Home> | undefined
  #wards: Int32Array | undefined

  constructor(evidence: Evidence, sets: PersonSets) {
    this.#evidence = evidence
    this.#sets = sets
  }

  /** A child and its carer in one row: two records with one source row. */
  ofRows(): Bond[] {
    this.#rows ??= this.#findRows()
    return this.#rows
  }

  /** Everybody who carries one value of a column. */
  ofValues(by: FamilyTie, field: PseudonymField): Bond[] {
    return this.#evidence.buckets[field].flatMap((bucket) => {
      return bondOf(by, rootsOf(this.#sets, bucket))
    })
  }

  /** Everybody who carries one contact, as their own or as their carer's. */
  ofContacts(by: ContactKind, rules: FamilyRules): Bond[] {
    return [...this.#carriersOf(by)].flatMap(([contact, people]) => {
      if (people.length < 2 || this.#isOfManyHomes(by, contact, people, rules)) return []
      const homes = rules.sameWard.includes(by) ? this.#byWard(people) : [people]
      return homes.flatMap((own) => bondOf(by, own))
    })
  }

  /** The people who carry each contact of a kind, each once. */
  #carriersOf(kind: ContactKind): ReadonlyMap<string, readonly number[]> {
    const known = this.#carriers[kind]
    if (known !== undefined) return known
    const carriers = new Map<string, number[]>()
    this.#evidence.variants.forEach((variant, index) => {
      for (const field of CONTACT_FIELDS[kind]) {
        const contact = variant[field]
        if (contact === null) continue
        const own = carriers.get(contact)
        if (own === undefined) carriers.set(contact, [this.#sets.find(index)])
        else own.push(this.#sets.find(index))
      }
    })
    for (const [contact, people] of carriers) {
      if (people.length > 1) carriers.set(contact, [...new Set(people)])
    }
    this.#carriers[kind] = carriers
    return carriers
  }

  #findRows(): Bond[] {
    const { ordered, variantOf, variants } = this.#evidence
    if (new Set(variants.map(({ role }) => role === 'child')).size < 2) return []
    const carersOfRow = new Map<number, number[]>()
    ordered.forEach((record, index) => {
      if (record.role === 'child') return
      const row = rowNumber(record)
      const carer = this.#sets.find(variantOf[index] ?? 0)
      const carers = carersOfRow.get(row)
      if (carers === undefined) carersOfRow.set(row, [carer])
      else carers.push(carer)
    })
    const bonds = new Map<string, Bond>()
    ordered.forEach((record, index) => {
      if (record.role !== 'child') return
      const child = this.#sets.find(variantOf[index] ?? 0)
      for (const carer of carersOfRow.get(rowNumber(record)) ?? []) {
        for (const bond of bondOf('row', [child, carer])) bonds.set(bond.people.join(' '), bond)
      }
    })
    return [...bonds.values()]
  }

  /**
   * The people of each ward among those who carry one contact; who is of no known ward is with the
   * others where these are all of one.
   */
  #byWard(people: readonly number[]): number[][] {
    if (this.#areOfOneWard(people)) return [[...people]]
    const homes = this.#homesOfPeople()
    const wardsOf = (person: number): string[] => [...(homes.get(person)?.wards ?? [])]
    const placed = groupsSharing(
      people.filter((person) => wardsOf(person).length > 0),
      wardsOf,
    )
    const [first, ...others] = placed
    if (first !== undefined && others.length > 0) return placed
    return [[...people]]
  }

  /** A quick look that may say no too often: whether one ward is known of all of whom any is. */
  #areOfOneWard(people: readonly number[]): boolean {
    this.#wards ??= this.#findWards()
    let common = -1
    for (const person of people) {
      const own = this.#wards[person] ?? 0
      if (own !== 0) common &= own
    }
    return common === -1 || (common & ~OTHER_WARDS) !== 0
  }

  /** The wards of each person, a bit for each; those that there are no bits for are not looked at. */
  #findWards(): Int32Array {
    const { ward: numbers } = this.#evidence.columns
    const wards = new Int32Array(numbers.length)
    numbers.forEach((ward, variant) => {
      if (ward < 0) return
      const person = this.#sets.find(variant)
      const own = wards[person] ?? 0
      // The last bit says that there are others: two of them may be two wards.
      wards[person] = own | (ward < MOST_WARDS ? 1 << ward : OTHER_WARDS)
    })
    return wards
  }

  /**
   * Whether those who carry a contact are of so many homes that have nothing else in common that it
   * must be an organisation's.
   */
  #isOfManyHomes(
    kind: ContactKind,
    contact: string,
    people: readonly number[],
    { homes: most }: FamilyRules,
  ): boolean {
    if (most === null || people.length < most || this.#shareAnother(kind, people)) return false
    if (people.length <= MOST_COMPARED && !this.#mayBeApart(contact, people)) return false
    const homes = this.#homesOfPeople()
    const named = `${kind} ${contact}`
    const signsOf = (person: number): string[] => {
      const { contacts = [], signs = [] } = homes.get(person) ?? {}
      return [...signs, ...[...contacts].filter((other) => other !== named)]
    }
    const groups = groupsSharing(people, signsOf).map((own) => {
      const home = noHome()
      for (const person of own) addHome(home, homes.get(person))
      home.contacts.delete(named)
      return home
    })
    if (groups.length > MOST_COMPARED) return true
    const apart = groups.filter(
      (home) =>
        groups.filter((other) => other !== home && areApart(home, other)).length >= most - 1,
    )
    return apart.length >= most
  }

  /** A quick look that may say no too often: whether all of them carry a contact of the other kind. */
  #shareAnother(kind: ContactKind, people: readonly number[]): boolean {
    if (people.length > MOST_COMPARED) return false
    for (const others of this.#carriersOf(kind === 'email' ? 'mobile' : 'email').values()) {
      if (others.length < people.length) continue
      if (people.every((person) => others.includes(person))) return true
    }
    return false
  }

  /**
   * A quick look that may say yes too often: whether wards, births or other contacts could tell two
   * homes apart among the carriers of a contact.
   */
  #mayBeApart(contact: string, people: readonly number[]): boolean {
    if (!this.#areOfOneWard(people)) return true
    const { variants, births } = this.#evidence
    const months: number[] = []
    let another: string | null = null
    for (const person of people) {
      for (const member of this.#sets.members(person)) {
        const variant = variants[member]
        if (variant === undefined) continue
        const { email, carerEmail, mobile, carerMobile, role } = variant
        for (const other of [email, carerEmail, mobile, carerMobile]) {
          if (other === null || other === contact || other === another) continue
          if (another !== null) return true
          another = other
        }
        const birth = births[member] ?? 0
        if (role !== 'child' || (birth & 15) === 0) continue
        const month = (birth >> 4) * 12 + (birth & 15)
        if (months.some((known) => areMonthsApart(known, month))) return true
        months.push(month)
      }
    }
    return false
  }

  #homesOfPeople(): ReadonlyMap<number, Home> {
    if (this.#homes !== undefined) return this.#homes
    const homes = new Map<number, Home>()
    this.#evidence.variants.forEach((variant, index) => {
      const person = this.#sets.find(index)
      const home = homes.get(person) ?? noHome()
      homes.set(person, home)
      home.signs.add(`person ${String(person)}`)
      if (variant.birthPostcode !== null) home.signs.add(`birth ${variant.birthPostcode}`)
      if (variant.namePostcode !== null) home.signs.add(`name ${variant.namePostcode}`)
      for (const kind of ['email', 'mobile'] as const) {
        for (const field of CONTACT_FIELDS[kind]) {
          if (variant[field] !== null) home.contacts.add(`${kind} ${variant[field]}`)
        }
      }
      if (variant.ward !== '') home.wards.add(variant.ward)
      if (variant.role !== 'child') return
      home.hasChild = true
      const birth = this.#evidence.births[index] ?? 0
      if ((birth & 15) !== 0) home.births.add((birth >> 4) * 12 + (birth & 15))
    })
    for (const {
      people: [one, other],
    } of this.ofRows()) {
      if (one === undefined || other === undefined) continue
      homes.get(one)?.signs.add(`person ${String(other)}`)
      homes.get(other)?.signs.add(`person ${String(one)}`)
    }
    this.#homes = homes
    return homes
  }
}

/** Wards that have a bit of their own, and the bit of all others. */
const MOST_WARDS = 30
const OTHER_WARDS = 1 << MOST_WARDS

/** More homes or people than this are compared no longer: no family is of so many. */
const MOST_COMPARED = 64

/** People in groups of those whom keys connect, in order of their first. */
function groupsSharing(
  people: readonly number[],
  keysOf: (person: number) => readonly string[],
): number[][] {
  const sets = new PersonSets(people.length)
  const firstOf = new Map<string, number>()
  people.forEach((person, place) => {
    for (const key of keysOf(person)) {
      const first = firstOf.get(key)
      if (first === undefined) firstOf.set(key, place)
      else sets.join(first, place)
    }
  })
  const groups = new Map<number, number[]>()
  people.forEach((person, place) => {
    const root = sets.find(place)
    const group = groups.get(root)
    if (group === undefined) groups.set(root, [person])
    else group.push(person)
  })
  return [...groups.values()]
}

function bondOf(by: FamilyTie, people: readonly number[]): Bond[] {
  const different = [...new Set(people)].sort((a, b) => a - b)
  return different.length < 2 ? [] : [{ by, people: different }]
}

/** Submission and source row as one number; a source row has seven digits at most. */
function rowNumber({ submission, sourceRow }: LinkRecord): number {
  return submission * 10_000_000 + sourceRow
}
