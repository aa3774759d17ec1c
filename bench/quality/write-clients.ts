import { isoDay, quarterSpan } from '#demonstration/calendar.ts'
import { hasChanged, situationOf } from '#demonstration/written-client.ts'
import type { Person, Population, Situation } from '#demonstration/population.ts'
import type { Choices } from '#demonstration/random.ts'
import type { Content } from '#demonstration/service-habit.ts'
import type { Enrolment } from '#demonstration/service-use.ts'
import { mistypedDigit, mistypedWord, nearbyDay, swappedDay } from '#demonstration/slips.ts'

import { writeName } from './name-slips.ts'
import type { QualityService } from './services.ts'
import { timesRates, type SlipRates } from './slip-rates.ts'

/** What a service wrote of a client: values in the standard's own form, by its columns. */
export type WrittenClient = Partial<Record<Content, string>>

const NEWBORN_DAYS = 42
const LETTERS = 'ABDEFGHJLNPQRSTUWXYZ'

/** Writes the clients of one service down, and keeps or types them anew from quarter to quarter. */
export class QualityWriter {
  readonly #service: QualityService
  readonly #asked: ReadonlySet<Content>
  readonly #population: Population
  readonly #rates: SlipRates
  readonly #choices: Choices

  constructor(service: QualityService, population: Population, rates: SlipRates, choices: Choices) {
    this.#service = service
    this.#asked = new Set(service.habit.columns.map(([, content]) => content))
    this.#population = population
    this.#rates = rates
    this.#choices = choices
  }

  /** The client as it stands in a quarter's file; `before` is what stood in the last one. */
  write(before: WrittenClient | undefined, enrolment: Enrolment, quarter: number): WrittenClient {
    if (before === undefined || this.#service.retypes) return this.#register(enrolment, quarter)
    const written = { ...before }
    if (this.#isUnnamed(enrolment.person, quarter - 1)) {
      Object.assign(written, pick(this.#register(enrolment, quarter), ['first_name', 'last_name']))
    }
    this.#notice(written, enrolment.person, enrolment, quarter, OWN)
    if (enrolment.carer !== undefined) {
      this.#notice(written, enrolment.carer, enrolment, quarter, CARERS)
    }
    return written
  }

  #notice(
    written: WrittenClient,
    person: Person,
    enrolment: Enrolment,
    quarter: number,
    contents: readonly Content[],
  ): void {
    if (!hasChanged(person, quarter) || this.#choices.happens(this.#rates.outOfDate)) return
    Object.assign(written, pick(this.#register(enrolment, quarter), contents))
  }

  #register({ person, carer, family }: Enrolment, quarter: number): WrittenClient {
    const { code } = family.community
    const written: WrittenClient = {
      ...this.#identity(person, code, quarter, ''),
      nhs_number: this.#nhsNumber(person, family.mother),
      postcode: this.#postcode(situationOf(person, quarter)),
      ...(carer === undefined
        ? {}
        : {
            ...this.#identity(carer, code, quarter, 'carer_'),
            carer_nhs_number: this.#nhsNumber(carer, family.mother),
          }),
    }
    if (this.#isUnnamed(person, quarter) && this.#choices.happens(this.#rates.unnamedNewborn)) {
      written.first_name = 'Baby'
    }
    for (const content of Object.keys(written) as Content[]) {
      if (!this.#asked.has(content)) written[content] = ''
    }
    return written
  }

  #identity(
    person: Person,
    community: string,
    quarter: number,
    prefix: '' | 'carer_',
  ): WrittenClient {
    const now = situationOf(person, quarter)
    const rates = timesRates(this.#rates, this.#service.carelessness)
    const name = { first: person.firstName, last: now.lastName }
    const { first, last } = writeName(community, name, rates, this.#choices)
    return {
      [`${prefix}first_name`]: first,
      [`${prefix}last_name`]: last,
      [`${prefix}date_of_birth`]: this.#birth(person, prefix === 'carer_'),
      [`${prefix}gender`]: this.#gender(person),
      [`${prefix}email`]: this.#contact(now.email, this.#rates.noEmail, this.#rates.mistypedEmail),
      [`${prefix}mobile`]: this.#mobile(now.mobile),
    }
  }

  #gender({ gender }: Person): string {
    if (this.#choices.happens(this.#rates.genderUnknown)) return ''
    if (this.#choices.happens(this.#rates.wrongGender)) return gender === 'M' ? 'F' : 'M'
    return gender
  }

  #birth(person: Person, isCarer: boolean): string {
    const rates = this.#rates
    const choices = this.#choices
    const born = isoDay(person.born)
    if (isCarer && choices.happens(rates.noBirthOfCarer)) return ''
    if (person.kin !== 'child' && choices.happens(rates.placeholderBirth)) return '1900-01-01'
    if (choices.happens(rates.mistypedDay)) return nearbyDay(born, choices)
    if (choices.happens(rates.mistypedMonth)) {
      return isoDay(person.born - choices.oneOf([31, 365, 366]))
    }
    if (!choices.happens(rates.swappedBirth)) return born
    const swapped = swappedDay(born)
    // A birth in the future would have been noticed at the desk.
    return swapped <= isoDay(this.#lastDay(0)) ? swapped : born
  }

  #nhsNumber(person: Person, mother: Person): string {
    const rates = this.#rates
    const choices = this.#choices
    const missing = this.#service.isTrust ? rates.noNhsNumberInTrust : rates.noNhsNumber
    if (choices.happens(missing)) return ''
    if (person.kin === 'child' && choices.happens(rates.mothersNhsNumber)) return mother.nhsNumber
    if (choices.happens(rates.wrongNhsNumber)) {
      const all = this.#population.people
      return all[choices.between(0, all.length - 1)]?.nhsNumber ?? ''
    }
    return choices.happens(rates.mistypedNhsNumber)
      ? mistypedDigit(person.nhsNumber, choices)
      : person.nhsNumber
  }

  #postcode(now: Situation): string {
    if (this.#choices.happens(this.#rates.noPostcode)) return ''
    const { postcode } = now.home
    if (!this.#choices.happens(this.#rates.mistypedPostcode)) return postcode
    return postcode.slice(0, -1) + LETTERS.charAt(this.#choices.between(0, LETTERS.length - 1))
  }

  #contact(email: string, missing: number, mistyped: number): string {
    if (email === '' || this.#choices.happens(missing)) return ''
    const [local = '', domain = ''] = email.split('@')
    return this.#choices.happens(mistyped)
      ? `${mistypedWord(local, this.#choices)}@${domain}`
      : email
  }

  #mobile(mobile: string): string {
    if (mobile === '' || this.#choices.happens(this.#rates.noMobile)) return ''
    if (!this.#choices.happens(this.#rates.mistypedMobile)) return mobile
    return mobile.slice(0, 6) + mistypedDigit(mobile.slice(6).replace(/\D/g, ''), this.#choices)
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

const OWN: readonly Content[] = ['last_name', 'email', 'mobile', 'postcode']
const CARERS: readonly Content[] = ['carer_last_name', 'carer_email', 'carer_mobile']

function pick(written: WrittenClient, contents: readonly Content[]): WrittenClient {
  return Object.fromEntries(contents.map((content) => [content, written[content] ?? '']))
}
