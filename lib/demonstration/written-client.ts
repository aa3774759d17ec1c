import { isoDay, quarterSpan } from './calendar.ts'
import { ALSO_KNOWN_AS } from './communities.ts'
import { ERROR_RATES } from './error-rates.ts'
import type { Person, Population, Situation } from './population.ts'
import type { Choices } from './random.ts'
import type { Content, ServiceHabit } from './service-habit.ts'
import type { Enrolment } from './service-use.ts'
import { misreadPostcode, mistypedDigit, mistypedWord, nearbyDay, swappedDay } from './slips.ts'

/**
 * A client as a service wrote them down: with slips, once, and kept from quarter to quarter until
 * something is noticed. Values are in the standard's own form (dates yyyy-mm-dd, codes); a
 * service's wording comes later.
 */

export type Written = Partial<Record<Content, string>>

const TRUSTS = new Set([
  'guys-and-st-thomas',
  'evelina-childrens-hospital',
  'south-london-and-maudsley',
])
const NEWBORN_DAYS = 42

/** Writes clients of one service down and keeps them up to date. */
export class ClientWriter {
  readonly #habit: ServiceHabit
  readonly #population: Population
  readonly #choices: Choices

  constructor(habit: ServiceHabit, population: Population, choices: Choices) {
    this.#habit = habit
    this.#population = population
    this.#choices = choices
  }

  /** The client as registered in a quarter. */
  register(enrolment: Enrolment, quarter: number): Written {
    const { person, carer, family } = enrolment
    const { community } = family
    const written: Written = {
      ...this.#person(person, quarter, family.mother),
      ...(carer === undefined ? {} : this.#carer(carer, quarter)),
      ethnicity: family.ethnicity,
      main_language: this.#choices.happens(0.9) ? family.language : community.languages[0],
      send_or_disability:
        person.kin === 'child' && this.#choices.happens(0.07)
          ? 'yes'
          : this.#choices.oneOf(['no', 'no', 'no', 'unknown']),
      referral_source: enrolment.referralSource,
      role: person.kin === 'child' ? 'child' : 'parent',
    }
    if (this.#isUnnamed(person, quarter) && this.#choices.happens(ERROR_RATES.unnamedNewborn)) {
      written.first_name = this.#choices.oneOf(['Baby', 'Baby Boy', 'Baby Girl', 'Twin 1', 'BABY'])
    }
    return written
  }

  /** The same client a quarter later: what changed in life is noticed, or not. */
  update(written: Written, enrolment: Enrolment, quarter: number): Written {
    const { person, carer, family } = enrolment
    const next = { ...written }
    if (this.#isUnnamed(person, quarter - 1)) next.first_name = this.#firstName(person)
    if (hasChanged(person, quarter) && !this.#choices.happens(ERROR_RATES.outOfDate)) {
      const anew = this.#person(person, quarter, family.mother)
      for (const content of ['last_name', 'email', 'mobile', 'postcode'] as const)
        next[content] = anew[content] ?? ''
    }
    if (
      carer !== undefined &&
      hasChanged(carer, quarter) &&
      !this.#choices.happens(ERROR_RATES.outOfDate)
    ) {
      const anew = this.#carer(carer, quarter)
      for (const content of ['carer_last_name', 'carer_email', 'carer_mobile'] as const)
        next[content] = anew[content] ?? ''
    }
    return next
  }

  #person(person: Person, quarter: number, mother: Person): Written {
    const now = situationOf(person, quarter)
    const isChild = person.kin === 'child'
    const mothersNumber = isChild && this.#choices.happens(ERROR_RATES.mothersNhsNumber)
    return {
      first_name: this.#firstName(person),
      last_name: this.#lastName(now.lastName),
      date_of_birth: this.#birth(person),
      gender: this.#choices.happens(ERROR_RATES.genderUnknown) ? 'unknown' : person.gender,
      nhs_number: mothersNumber ? mother.nhsNumber : this.#nhsNumber(person),
      email: this.#orBlank(now.email, ERROR_RATES.noEmail),
      mobile: this.#orBlank(now.mobile, ERROR_RATES.noMobile),
      postcode: this.#postcode(now),
    }
  }

  #carer(carer: Person, quarter: number): Written {
    const now = situationOf(carer, quarter)
    return {
      carer_first_name: this.#firstName(carer),
      carer_last_name: this.#lastName(now.lastName),
      carer_date_of_birth: this.#choices.happens(ERROR_RATES.noBirthOfCarer)
        ? ''
        : this.#birth(carer),
      carer_gender: carer.gender,
      carer_nhs_number: this.#nhsNumber(carer),
      carer_email: this.#orBlank(now.email, ERROR_RATES.noEmail),
      carer_mobile: this.#orBlank(now.mobile, ERROR_RATES.noMobile),
    }
  }

  #firstName(person: Person): string {
    const name = person.firstName
    const others = ALSO_KNOWN_AS[name]
    if (others !== undefined && this.#choices.happens(ERROR_RATES.nickname))
      return this.#choices.oneOf(others)
    return this.#choices.happens(ERROR_RATES.mistypedFirstName)
      ? mistypedWord(name, this.#choices)
      : name
  }

  #lastName(name: string): string {
    const [first = name, second] = name.split(' ')
    if (second !== undefined && this.#choices.happens(ERROR_RATES.oneSurname)) {
      return this.#choices.happens(0.5) && first.length > 2 ? first : name.slice(first.length + 1)
    }
    return this.#choices.happens(ERROR_RATES.mistypedLastName)
      ? mistypedWord(name, this.#choices)
      : name
  }

  #birth(person: Person): string {
    const born = isoDay(person.born)
    if (person.kin !== 'child' && this.#choices.happens(ERROR_RATES.placeholderBirth))
      return '1900-01-01'
    if (this.#choices.happens(ERROR_RATES.mistypedBirth)) return nearbyDay(born, this.#choices)
    if (this.#choices.happens(ERROR_RATES.swappedBirth)) {
      const swapped = swappedDay(born)
      // A birth in the future would have been noticed at the desk.
      return swapped <= isoDay(this.#lastDay(0)) ? swapped : born
    }
    return born
  }

  #nhsNumber(person: Person): string {
    const missing = TRUSTS.has(this.#habit.provider)
      ? ERROR_RATES.noNhsNumberInTrust
      : ERROR_RATES.noNhsNumber
    if (this.#choices.happens(missing)) return ''
    return this.#choices.happens(ERROR_RATES.wrongNhsDigit)
      ? mistypedDigit(person.nhsNumber, this.#choices)
      : person.nhsNumber
  }

  #postcode(now: Situation): string {
    if (this.#choices.happens(ERROR_RATES.noPostcode)) return ''
    const { postcode } = now.home
    return this.#choices.happens(ERROR_RATES.misreadPostcode) ? misreadPostcode(postcode) : postcode
  }

  #orBlank(value: string, share: number): string {
    return this.#choices.happens(share) ? '' : value
  }

  #isUnnamed(person: Person, quarter: number): boolean {
    return (
      person.kin === 'child' && quarter >= 0 && this.#lastDay(quarter) - person.born < NEWBORN_DAYS
    )
  }

  #lastDay(quarter: number): number {
    const name = this.#population.quarters[quarter]
    if (name === undefined) throw new Error('A quarter outside the population was asked for.')
    return quarterSpan(name).last
  }
}

/** What somebody has and where they live in a quarter; throws for one outside the population. */
export function situationOf(person: Person, quarter: number): Situation {
  const now = person.situations[quarter]
  if (now === undefined) throw new Error('A quarter outside the population was asked for.')
  return now
}

/** Whether a surname, contact or address is another than in the quarter before. */
export function hasChanged(person: Person, quarter: number): boolean {
  const before = situationOf(person, quarter - 1)
  const now = situationOf(person, quarter)
  return (
    before.lastName !== now.lastName ||
    before.email !== now.email ||
    before.mobile !== now.mobile ||
    before.home.postcode !== now.home.postcode
  )
}
