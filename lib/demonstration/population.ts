import type { Quarter } from '#core/standard/quarter.ts'

import { quarterSpan } from './calendar.ts'
import { COMMUNITIES, type Community } from './communities.ts'
import { inventedEmail, inventedMobile, inventedNhsNumber } from './invented-identifiers.ts'
import { type Place, drawHome } from './places.ts'
import { Choices } from './random.ts'

/**
 * Families with small children, as they truly are: what the services' files are then written from,
 * with errors. The same options give the same population.
 */

/** What changes about a person from quarter to quarter. */
export interface Situation {
  readonly lastName: string
  readonly email: string
  readonly mobile: string
  readonly home: Place
}

export type Kin = 'child' | 'mother' | 'father' | 'grandparent'

export interface Person {
  /** `P000001`, in no identifier and no file but the truth. */
  readonly id: string
  readonly family: number
  readonly kin: Kin
  readonly gender: 'M' | 'F'
  /** Day number. */
  readonly born: number
  readonly nhsNumber: string
  readonly firstName: string
  /** One for each quarter of the population, in order. */
  readonly situations: readonly Situation[]
}

export interface Family {
  readonly community: Community
  readonly language: string
  readonly ethnicity: string
  readonly mother: Person
  /** Father or grandparent where there is one. */
  readonly others: readonly Person[]
  readonly children: readonly Person[]
  /** How much the family takes part, from 0 (never) upwards; 1 is usual. */
  readonly takesPart: number
}

export interface Population {
  readonly quarters: readonly Quarter[]
  readonly families: readonly Family[]
  readonly people: readonly Person[]
}

/**
 * How families are. Shares are of the whole they name; where no source is given they are
 * assumptions made for the demonstration and belong to nobody.
 */
export const SHARES = {
  /**
   * Twin births of all births. ONS, Birth characteristics in England and Wales: 1.4% of
   * maternities.
   */
  twins: 0.014,
  /**
   * Mothers under 20 of all mothers. ONS, Births by parents' characteristics: about 2%; services
   * such as FNP seek them, so more.
   */
  youngMothers: 0.03,
  fatherKnown: 0.7,
  grandparentKnown: 0.08,
  /** Moves in a quarter. ONS, Census 2021: one in ten people lived elsewhere a year before. */
  moves: 0.026,
  /** A mother's changed surname in a quarter: about 2% a year. */
  newSurname: 0.005,
  newEmail: 0.02,
  newMobile: 0.025,
  /** Couples who use one mailbox. */
  coupleMailbox: 0.08,
  /** Families for whom a children's centre gave its own mailbox as theirs. */
  centreMailbox: 0.004,
  /** Families no service ever sees. */
  neverTakesPart: 0.12,
  hyphenated: 0.06,
} as const

/** How families are: shares by what they are of. */
export type FamilyShares = Readonly<Record<keyof typeof SHARES, number>>

/** Children under six in a family, an assumption. */
const FAMILY_SIZES: readonly [FamilySize, ...FamilySize[]] = [
  { weight: 50, children: 1 },
  { weight: 34, children: 2 },
  { weight: 12, children: 3 },
  { weight: 4, children: 4 },
]

interface FamilySize {
  readonly weight: number
  readonly children: number
}

const DAYS_A_YEAR = 365.25
const CENTRE_MAILBOXES = [
  'office@stockwell-centre.example.org',
  'reception@tulsehill-centre.example.org',
] as const

interface PopulationOptions {
  readonly seed: number
  /** At least so many people; the last family is complete. */
  readonly people: number
  readonly quarters: readonly [Quarter, ...Quarter[]]
  /** How families are, where they are not as usual. */
  readonly shares?: FamilyShares
}

/** Makes families until there are `people` people. */
export function makePopulation(options: PopulationOptions): Population {
  const { quarters } = options
  const last = quarterSpan(quarters.at(-1) ?? quarters[0]).last
  const families: Family[] = []
  const people: Person[] = []
  while (people.length < options.people) {
    const maker = new FamilyMaker(
      new Choices(options.seed, families.length),
      families.length,
      people.length,
      quarters.length,
      last,
      options.shares ?? SHARES,
    )
    const family = maker.make()
    families.push(family)
    people.push(family.mother, ...family.others, ...family.children)
  }
  return { quarters, families, people }
}

class FamilyMaker {
  readonly #choices: Choices
  readonly #family: number
  readonly #quarters: number
  readonly #lastDay: number
  readonly #community: Community
  readonly #shares: FamilyShares
  #serial: number

  constructor(
    choices: Choices,
    family: number,
    firstSerial: number,
    quarters: number,
    lastDay: number,
    shares: FamilyShares,
  ) {
    this.#choices = choices
    this.#shares = shares
    this.#family = family
    this.#serial = firstSerial
    this.#quarters = quarters
    this.#lastDay = lastDay
    this.#community = choices.byWeight(COMMUNITIES)
  }

  make(): Family {
    const choices = this.#choices
    const births = this.#births()
    const homes = this.#homes()
    const mother = this.#mother(births[0] ?? this.#lastDay, homes)
    const others = this.#others(mother, homes)
    const father = others.find((other) => other.kin === 'father')
    const childrensName = this.#childrensName(mother, father)
    const taken = new Set([mother.firstName])
    const children = births.map((born) => this.#child(born, childrensName, homes, taken))
    return {
      community: this.#community,
      language: choices.happens(0.6)
        ? this.#community.languages[0]
        : choices.oneOf(this.#community.languages),
      ethnicity: choices.happens(0.05) ? 'Z' : choices.oneOf(this.#community.ethnicities),
      mother,
      others,
      children,
      takesPart: choices.happens(this.#shares.neverTakesPart) ? 0 : 0.3 + choices.fraction() * 1.6,
    }
  }

  /**
   * Birth days of the children, oldest first: from five years before the last day to the last day,
   * at least 300 days apart but for twins.
   */
  #births(): number[] {
    const choices = this.#choices
    const wanted = choices.byWeight(FAMILY_SIZES).children
    const births: number[] = []
    let day = this.#lastDay - choices.between(0, Math.round(5 * DAYS_A_YEAR))
    while (births.length < wanted && day <= this.#lastDay) {
      births.push(day)
      if (choices.happens(this.#shares.twins)) births.push(day)
      day += choices.between(300, 1_000)
    }
    return births
  }

  /** The home in each quarter. */
  #homes(): Place[] {
    const homes = [drawHome(this.#choices)]
    for (let quarter = 1; quarter < this.#quarters; quarter += 1) {
      const before = homes.at(-1)
      homes.push(
        before === undefined || this.#choices.happens(this.#shares.moves)
          ? drawHome(this.#choices)
          : before,
      )
    }
    return homes
  }

  #mother(firstBirth: number, homes: readonly Place[]): Person {
    const choices = this.#choices
    const young = choices.happens(this.#shares.youngMothers)
    const age = young ? 14.8 + choices.fraction() * 4.5 : 20 + choices.fraction() * 21
    return this.#adult(
      'mother',
      'F',
      firstBirth - Math.round(age * DAYS_A_YEAR),
      this.#surname(),
      homes,
    )
  }

  #others(mother: Person, homes: readonly Place[]): Person[] {
    const choices = this.#choices
    const others: Person[] = []
    if (choices.happens(this.#shares.fatherKnown)) {
      const born = mother.born + choices.between(-10 * 365, 2 * 365)
      const father = this.#adult('father', 'M', born, this.#surname(), homes)
      others.push(
        choices.happens(this.#shares.coupleMailbox) ? sharesMailbox(father, mother) : father,
      )
    }
    if (choices.happens(this.#shares.grandparentKnown)) {
      const born = mother.born - choices.between(20 * 365, 32 * 365)
      others.push(
        this.#adult('grandparent', choices.happens(0.8) ? 'F' : 'M', born, this.#surname(), homes),
      )
    }
    return others
  }

  #adult(
    kin: Kin,
    gender: 'M' | 'F',
    born: number,
    surname: string,
    homes: readonly Place[],
  ): Person {
    const choices = this.#choices
    const serial = this.#nextSerial()
    const firstName = choices.oneOf(gender === 'F' ? this.#community.girls : this.#community.boys)
    const centre = kin === 'mother' && choices.happens(this.#shares.centreMailbox)
    let lastName = surname
    let email = centre
      ? choices.oneOf(CENTRE_MAILBOXES)
      : inventedEmail(firstName, surname, serial * 8)
    let mobile = inventedMobile(serial * 8)
    const situations: Situation[] = []
    for (const [quarter, home] of homes.entries()) {
      if (quarter > 0 && kin === 'mother' && choices.happens(this.#shares.newSurname))
        lastName = this.#surname()
      if (quarter > 0 && choices.happens(this.#shares.newEmail))
        email = inventedEmail(firstName, lastName, serial * 8 + quarter)
      if (quarter > 0 && choices.happens(this.#shares.newMobile))
        mobile = inventedMobile(serial * 8 + quarter)
      situations.push({ lastName, email, mobile, home })
    }
    return { ...this.#identity(serial), kin, gender, born, firstName, situations }
  }

  #child(born: number, surname: string, homes: readonly Place[], taken: Set<string>): Person {
    const gender = this.#choices.happens(0.487) ? 'F' : 'M'
    const names = gender === 'F' ? this.#community.girls : this.#community.boys
    let firstName = this.#choices.oneOf(names)
    while (taken.has(firstName)) firstName = this.#choices.oneOf(names)
    taken.add(firstName)
    // A child of five has neither mailbox nor telephone; its carer's stand in the files.
    const situations = homes.map((home) => ({ lastName: surname, email: '', mobile: '', home }))
    return {
      ...this.#identity(this.#nextSerial()),
      kin: 'child',
      gender,
      born,
      firstName,
      situations,
    }
  }

  #identity(serial: number): Pick<Person, 'id' | 'family' | 'nhsNumber'> {
    return {
      id: `P${String(serial + 1).padStart(6, '0')}`,
      family: this.#family,
      nhsNumber: inventedNhsNumber(serial),
    }
  }

  #nextSerial(): number {
    this.#serial += 1
    return this.#serial - 1
  }

  #surname(): string {
    const { surnames, twoSurnames } = this.#community
    const one = this.#choices.oneOf(surnames)
    if (!twoSurnames && !this.#choices.happens(this.#shares.hyphenated)) return one
    const two = this.#choices.oneOf(surnames)
    if (two === one) return one
    return twoSurnames ? `${one} ${two}` : `${one}-${two}`
  }

  #childrensName(mother: Person, father: Person | undefined): string {
    const name = (person: Person): string => person.situations[0]?.lastName ?? ''
    return father !== undefined && this.#choices.happens(0.7) ? name(father) : name(mother)
  }
}

function sharesMailbox(person: Person, owner: Person): Person {
  return {
    ...person,
    situations: person.situations.map((situation, quarter) => ({
      ...situation,
      email: owner.situations[quarter]?.email ?? situation.email,
    })),
  }
}
