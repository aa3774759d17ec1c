import { NumberList } from '#core/checks/number-list.ts'
import { type FirstCarriers, type RecordSets } from './record-sets.ts'

/** A count that stands for all above it; no limit of a programme is as high. */
const MANY = 0xffff

/**
 * Who met whom over a contact, kept until it is known which contacts are shared by too many to be
 * evidence: 8 bytes a meeting and 2 a place of `carriers`.
 */
export class ContactMeetings {
  /** Who carried each contact first. */
  readonly carriers: FirstCarriers
  readonly #counts: Uint16Array
  readonly #places = new NumberList()
  readonly #records = new NumberList()

  constructor(carriers: FirstCarriers) {
    this.carriers = carriers
    this.#counts = new Uint16Array(carriers.places)
  }

  note(high: number, low: number, record: number): void {
    const place = this.carriers.visit(high, low, record)
    const first = this.carriers.firstAt(place)
    if (first === undefined || first === record) return
    const count = this.#counts[place] ?? 0
    if (count < MANY) this.#counts[place] = count + 1
    this.#places.push(place)
    this.#records.push(record)
  }

  /**
   * The records of every contact that more than `limit` records carry. A person in several records
   * is counted as often, so not each such contact is shared.
   */
  crowdedRecords(limit: number): ReadonlySet<number> {
    const records = new Set<number>()
    for (let at = 0; at < this.#places.length; at++) {
      const place = this.#places.at(at)
      if ((this.#counts[place] ?? 0) + 1 <= limit) continue
      records.add(this.carriers.firstAt(place) ?? 0)
      records.add(this.#records.at(at))
    }
    return records
  }

  /** Joins who met over a contact that was not made void since. */
  join(sets: RecordSets): void {
    for (let at = 0; at < this.#places.length; at++) {
      const first = this.carriers.firstAt(this.#places.at(at))
      if (first !== undefined) sets.join(first, this.#records.at(at))
    }
  }
}
