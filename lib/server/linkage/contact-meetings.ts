import { type FirstCarriers, type RecordSets } from './record-sets.ts'

/** A count that stands for all above it; no limit of a programme is as high. */
const MANY = 0xffff

/**
 * Who met whom over a contact, kept until it is known which contacts are shared by too many to be evidence: 8 bytes a
 * meeting and 2 a place of `carriers`.
 */
export class ContactMeetings {
  readonly #carriers: FirstCarriers
  readonly #counts: Uint16Array
  #pairs = new Int32Array(1024)
  #length = 0

  constructor(carriers: FirstCarriers) {
    this.#carriers = carriers
    this.#counts = new Uint16Array(carriers.places)
  }

  note(high: number, low: number, record: number): void {
    const place = this.#carriers.visit(high, low, record)
    const first = this.#carriers.firstAt(place)
    if (first === undefined || first === record) return
    const count = this.#counts[place] ?? 0
    if (count < MANY) this.#counts[place] = count + 1
    if (this.#length === this.#pairs.length) {
      const longer = new Int32Array(this.#length * 2)
      longer.set(this.#pairs)
      this.#pairs = longer
    }
    this.#pairs[this.#length++] = place
    this.#pairs[this.#length++] = record
  }

  /** The records of every contact that more than `limit` records carry. A person in several records is counted as often, so not each such contact is shared. */
  crowdedRecords(limit: number): ReadonlySet<number> {
    const records = new Set<number>()
    for (let at = 0; at < this.#length; at += 2) {
      const place = this.#pairs[at] ?? 0
      if ((this.#counts[place] ?? 0) + 1 <= limit) continue
      records.add(this.#carriers.firstAt(place) ?? 0)
      records.add(this.#pairs[at + 1] ?? 0)
    }
    return records
  }

  /** Joins who met over a contact that was not made void since. */
  join(sets: RecordSets): void {
    for (let at = 0; at < this.#length; at += 2) {
      const first = this.#carriers.firstAt(this.#pairs[at] ?? 0)
      if (first !== undefined) sets.join(first, this.#pairs[at + 1] ?? 0)
    }
  }
}
