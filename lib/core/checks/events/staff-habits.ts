import type { FindingCode } from '#core/messages/findings/findings.ts'
import { nameWords } from '#core/pseudonym/normalising/name-words.ts'
import { SLOT } from '#core/standard/fields.ts'
import type { KeptInvolvement } from './kept-events.ts'

/** From so many people on, what staff names have in common shows whose they are. */
const ENOUGH_PEOPLE = 10
const ENOUGH_FOR_MANY = 30
/** One member of staff looks after several people: of other names there are nearly as many as people. */
const MANY_NAMES = 0.6
/** The share of people who are called as their member of staff, which chance hardly gives. */
const SAME_LAST = 0.2

/**
 * Whether the column of staff names may hold relatives or the people themselves: as many names as
 * people, or names that end as theirs do.
 */
export class StaffHabits {
  readonly #names = new Map<string, number>()
  #people = 0
  #alike = 0
  #last = -1

  /** Takes a row; those of one person follow each other or count again. */
  add(person: number, { staffName }: KeptInvolvement, cells: readonly string[]): void {
    if (staffName === '' || person === this.#last) return
    this.#last = person
    this.#people++
    const words = nameWords(staffName)
    const name = words.join(' ')
    this.#names.set(name, (this.#names.get(name) ?? 0) + 1)
    const own = nameWords(cells[SLOT.last_name] ?? '').at(-1)
    if (own !== undefined && words.includes(own)) this.#alike++
  }

  /** What is to be confirmed. */
  found(): readonly Extract<FindingCode, 'staff-names-many' | 'staff-names-alike'>[] {
    const areMany = this.#people >= ENOUGH_FOR_MANY && this.#names.size > this.#people * MANY_NAMES
    const areAlike = this.#people >= ENOUGH_PEOPLE && this.#alike > this.#people * SAME_LAST
    return [
      ...(areMany ? (['staff-names-many'] as const) : []),
      ...(areAlike ? (['staff-names-alike'] as const) : []),
    ]
  }
}
