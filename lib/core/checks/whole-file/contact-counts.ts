/**
 * Counts how often each number of contacts comes: 99 and the like stand for “not known” in many
 * systems, and would be that many contacts; and where all are multiples of a quarter of an hour, the
 * column says how long people came.
 */

const STAND_INS: ReadonlySet<number> = new Set([77, 88, 98, 99])
/** So many people have the same number by chance. */
const FEW_PEOPLE = 3
/** And so many have numbers of minutes. */
const FEW_OF_MINUTES = 6
const MINUTES = 15

/** Tells of numbers of contacts that are none. */
export class ContactCounts {
  #people = 0
  #standIns = 0
  #least = Infinity
  /** The most of all others. */
  #most = 0
  #some = 0
  #minutes = 0

  add(contacts: number): void {
    this.#people++
    if (contacts > 0) this.#some++
    if (contacts > 0 && contacts % MINUTES === 0) this.#minutes++
    if (STAND_INS.has(contacts)) {
      this.#standIns++
      this.#least = Math.min(this.#least, contacts)
    } else this.#most = Math.max(this.#most, contacts)
  }

  /** Whether everybody who came has a number of minutes. */
  get areMinutes(): boolean {
    return this.#minutes >= FEW_OF_MINUTES && this.#minutes === this.#some
  }

  /** Whether such numbers come, and nobody else has half as many contacts. */
  get holdStandIns(): boolean {
    return this.#standIns > 0 && this.#people >= FEW_PEOPLE && this.#most * 2 <= this.#least
  }
}
