import { NumberList } from '#core/checks/number-list.ts'
import { dayNumber, dayText } from './contact-events.ts'
import type { FeedRow } from './feed-row.ts'
import type { KeptInvolvement } from './kept-events.ts'

/** What the rows of a feed say until its end: six numbers a row, and each text once. */
export class FeedRows {
  readonly #rows = new NumberList()
  readonly #days = { start: new NumberList(), last: new NumberList(), end: new NumberList() }
  /** States, staff and details as JSON, by what the numbers of `#texts` say. */
  readonly #said = new NumberList()
  readonly #texts: string[] = []
  readonly #numbers = new Map<string, number>()
  /** The first row of each person plus one, and the next of each row plus one. */
  readonly #first = new NumberList()
  readonly #latest = new NumberList()
  readonly #next = new NumberList()

  add(row: number, person: number, { involvement, ...kept }: FeedRow): void {
    const { startDate, lastDate, endDate, ...said } = involvement
    const at = this.#rows.length
    this.#rows.push(row)
    this.#days.start.push(startDate === '' ? 0 : dayNumber(startDate))
    this.#days.last.push(lastDate === '' ? 0 : dayNumber(lastDate))
    this.#days.end.push(endDate === '' ? 0 : dayNumber(endDate))
    this.#said.push(this.#numberOf(JSON.stringify({ said, kept })))
    this.#next.push(0)
    while (this.#first.length <= person) {
      this.#first.push(0)
      this.#latest.push(0)
    }
    if (this.#first.at(person) === 0) this.#first.set(person, at + 1)
    else this.#next.set(this.#latest.at(person) - 1, at + 1)
    this.#latest.set(person, at + 1)
  }

  /**
   * Takes out dropped rows, and those that say again what one of the same person said; gives every
   * other with the number of its person. Answers the rows that said it again.
   */
  settle(
    isDropped: (row: number) => boolean,
    each: (person: number, kept: FeedRow) => void,
  ): readonly number[] {
    const again: number[] = []
    for (let person = 0; person < this.#first.length; person++) {
      const said = new Set<string>()
      for (const at of this.#rowsOf(person)) {
        const row = this.#rows.at(at)
        const kept = this.#at(at)
        const text = JSON.stringify(kept.involvement)
        const isAgain = said.has(text)
        if (!isDropped(row) && isAgain) again.push(row)
        if (isDropped(row) || isAgain) {
          this.#rows.set(at, DROPPED)
          continue
        }
        said.add(text)
        each(person, kept)
      }
    }
    return again.sort((one, other) => one - other)
  }

  /** The involvements of a person in the order of the rows. */
  of(person: number): readonly KeptInvolvement[] {
    return this.#rowsOf(person)
      .filter((at) => this.#rows.at(at) !== DROPPED)
      .map((at) => this.#at(at).involvement)
  }

  #rowsOf(person: number): number[] {
    const found: number[] = []
    for (let at = this.#first.at(person); at > 0; at = this.#next.at(at - 1)) found.push(at - 1)
    return found
  }

  #at(at: number): FeedRow {
    const { said, kept } = JSON.parse(this.#texts[this.#said.at(at)] ?? '') as {
      said: Omit<KeptInvolvement, 'startDate' | 'lastDate' | 'endDate'>
      kept: Omit<FeedRow, 'involvement'>
    }
    const day = (days: NumberList): string => (days.at(at) === 0 ? '' : dayText(days.at(at)))
    const { start, last, end } = this.#days
    const { state, ...rest } = said
    const days = { startDate: day(start), lastDate: day(last), endDate: day(end) }
    return { ...kept, involvement: { state, ...days, ...rest } }
  }

  #numberOf(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.#texts.length)
    return this.#texts.push(text) - 1
  }
}

/** No row of a file has this number. */
const DROPPED = 0
