import type { InvolvementState } from '#core/standard/feeds/feed-codes.ts'
import type { FeedRow } from './feed-row.ts'

/** How many involvements have somebody to phone, of a role of staff. */
export interface RoleCounts {
  readonly involvements: number
  readonly name: number
  readonly phone: number
  readonly email: number
}

/**
 * What the rows of a feed came to, of accepted rows: the checklist of its data quality. Counts, from
 * which shares are told.
 */
export interface FeedCounts {
  /** Different people by their references, and of how many there is a name, a birth, an address. */
  readonly people: number
  readonly withName: number
  readonly withBirth: number
  readonly withAddress: number
  /** Rows, by what they say of involvement. */
  readonly involvements: number
  readonly current: number
  readonly historic: number
  readonly none: number
  /** Of involvements that are current or historic, by role of staff; an empty role is none given. */
  readonly roles: Readonly<Record<string, RoleCounts>>
  /** Rows with a word that is in no list, by field. */
  readonly outside: Readonly<Record<string, number>>
  /** The earliest `yyyy-mm-dd` that a row says it was so on; empty where none says it. */
  readonly asOf: string
}

const NO_ROLE: RoleCounts = { involvements: 0, name: 0, phone: 0, email: 0 }

/** Of a feed without a row. */
export function emptyFeedCounts(): FeedCounts {
  return new FeedCounter().counts
}

/** Counts the rows of a feed. */
export class FeedCounter {
  /** What is shown of each person by any row: bits of name, birth, address. */
  readonly #shown = new Map<number, number>()
  readonly #states: Record<InvolvementState, number> = { current: 0, historic: 0, none: 0 }
  readonly #roles = new Map<string, RoleCounts>()
  readonly #outside = new Map<string, number>()
  #earliest = ''
  #latest = ''

  add(person: number, { involvement, asOf, unlisted, shows }: FeedRow): void {
    const bits = (shows.name ? 1 : 0) | (shows.birth ? 2 : 0) | (shows.address ? 4 : 0)
    this.#shown.set(person, (this.#shown.get(person) ?? 0) | bits)
    this.#states[involvement.state]++
    for (const field of unlisted) this.#outside.set(field, (this.#outside.get(field) ?? 0) + 1)
    if (asOf !== '') {
      if (this.#earliest === '' || asOf < this.#earliest) this.#earliest = asOf
      if (asOf > this.#latest) this.#latest = asOf
    }
    if (involvement.state === 'none') return
    const { staffRole, staffName, staffPhone, staffEmail } = involvement
    const role = this.#roles.get(staffRole) ?? NO_ROLE
    this.#roles.set(staffRole, {
      involvements: role.involvements + 1,
      name: role.name + (staffName === '' ? 0 : 1),
      phone: role.phone + (staffPhone === '' ? 0 : 1),
      email: role.email + (staffEmail === '' ? 0 : 1),
    })
  }

  /** Whether rows say that they were so on different days. */
  get areOfSeveralDays(): boolean {
    return this.#earliest !== this.#latest
  }

  get counts(): FeedCounts {
    const { current, historic, none } = this.#states
    const withBit = (bit: number): number =>
      [...this.#shown.values()].filter((bits) => (bits & bit) !== 0).length
    return {
      people: this.#shown.size,
      ...{ withName: withBit(1), withBirth: withBit(2), withAddress: withBit(4) },
      ...{ involvements: current + historic + none, current, historic, none },
      roles: sorted(this.#roles),
      outside: sorted(this.#outside),
      asOf: this.#earliest,
    }
  }
}

function sorted<Value>(counts: ReadonlyMap<string, Value>): Record<string, Value> {
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)))
}
