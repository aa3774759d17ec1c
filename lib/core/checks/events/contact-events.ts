import { SLOT } from '#core/standard/fields.ts'
import type { RecordFacts } from '#core/standard/record.ts'
import { NumberList } from '#core/checks/number-list.ts'
import type { EventCounts } from './event-counts.ts'
import { NO_EVENTS, type PersonEvents } from './kept-events.ts'
import type { EventRow, RowEvents } from './row-events.ts'

const MOST_CONTACTS = 99_999
const NO_ROWS: ReadonlySet<number> = new Set()

/** Contacts with people: how many of each person's were attended in the quarter, and the last. */
export class ContactEvents implements RowEvents {
  readonly #everyRowCounts: boolean
  readonly #contacts = new NumberList()
  /** `yyyymmdd` of the last contact attended in the quarter or before it; 0 for none. */
  readonly #lastDay = new NumberList()
  readonly activities = []
  #contactsCounted = 0

  /** `everyRowCounts`: the file does not say who attended. */
  constructor(everyRowCounts: boolean) {
    this.#everyRowCounts = everyRowCounts
  }

  namesNobody(): boolean {
    return false
  }

  check(): boolean {
    return false
  }

  add({ mapped, person }: EventRow, number: number | null): void {
    if (number === null || person === undefined) return
    if (number === this.#contacts.length) {
      this.#contacts.push(0)
      this.#lastDay.push(0)
    }
    const day = person.contact.value
    if (day === '' || day > person.quarterLast) return
    if (!this.#everyRowCounts && mapped.cells[SLOT.attended] !== 'yes') return
    this.#lastDay.set(number, Math.max(this.#lastDay.at(number), dayNumber(day)))
    if (day < person.quarterFirst) return
    this.#contactsCounted++
    this.#contacts.set(number, this.#contacts.at(number) + 1)
  }

  settle(): ReadonlySet<number> {
    return NO_ROWS
  }

  factsOf(number: number): Partial<RecordFacts> {
    const lastDay = this.#lastDay.at(number)
    return {
      contacts: Math.min(this.#contacts.at(number), MOST_CONTACTS),
      lastContactDate: lastDay === 0 ? '' : dayText(lastDay),
    }
  }

  eventsOf(): PersonEvents {
    return NO_EVENTS
  }

  get counts(): EventCounts {
    return { contactsCounted: this.#contactsCounted }
  }
}

/** A day `yyyy-mm-dd` as the number yyyymmdd. */
export function dayNumber(day: string): number {
  return Number(day.slice(0, 4)) * 10_000 + Number(day.slice(5, 7)) * 100 + Number(day.slice(8, 10))
}

/** A number yyyymmdd as the day `yyyy-mm-dd`. */
export function dayText(day: number): string {
  const text = String(day)
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`
}
