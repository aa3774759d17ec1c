import type { LinkRecord } from '#core/linkage/part.ts'
import type { DrawnHabit, DrawnRates, DrawnSlips } from './draw-rates.ts'
import type { FilledPatterns } from './filled-patterns.ts'
import type { RandomStream } from './random-stream.ts'
import { ageGroup } from './slip-counts.ts'

import type { CleanPart, CleanPerson } from './clean-part.ts'
import { describe } from './copied-record.ts'
import {
  isClean,
  NO_SLIP,
  type ContactsTyped,
  type NamesTyped,
  type PlaceTyped,
  type Typed,
} from './typed-slips.ts'

/**
 * Copies of a part in which who is who is known: each found person is cleaned to what most of its
 * clients say, and each client described again, with what a random client of its service fills in
 * and slips at drawn rates. All of it on pseudonyms: a slip in a component makes other values of
 * the kinds it is in.
 */

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
