import { GIRLS, BOYS } from '#core/mapping/common-first-names.ts'
import type { Components } from '#core/pseudonym/identifiers.ts'

/** Fewer names than this tell nothing. */
const FEW_NAMES = 5

/** Counts whether genders agree with first names that nearly always say one. */
export class GenderOrder {
  #agree = 0
  #differ = 0

  add({ firstCanonical, gender }: Pick<Components, 'firstCanonical' | 'gender'>): void {
    if (gender.value === '') return
    const isGirls = GIRLS.has(firstCanonical.value)
    if (!isGirls && !BOYS.has(firstCanonical.value)) return
    if (isGirls === (gender.value === 'F')) this.#agree++
    else this.#differ++
  }

  /** Whether so many differ that the codes must be the other way round. */
  get isReversed(): boolean {
    return this.#differ >= FEW_NAMES && this.#differ >= this.#agree * 4
  }

  /** Whether as many differ as do where names or genders stand in other people's rows. */
  get isOfOthers(): boolean {
    return !this.isReversed && this.#differ >= FEW_NAMES && this.#differ * 3 > this.#agree
  }
}
