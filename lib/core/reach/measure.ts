import type { Role } from '#core/standard/roles.ts'

/**
 * The definition of unique reach, in memory: what SQL counts must equal this.
 */

/**
 * One record of somebody reached, with who it is by linkage; the ids are of the whole dataset, not
 * of a part.
 */
export interface ReachedRow {
  readonly beneficiary: number
  /** Null for an adult without ties. */
  readonly family: number | null
  /** Person for the upper bound. */
  readonly upper: number
  /** Component for the lower bound. */
  readonly lower: number
  /** NHS number that counts in the lower bound; null for none. */
  readonly nhs: number | string | null
  readonly service: string
  readonly ward: string
  readonly quarter: string
  readonly strand: string
  readonly role: Role
}

/** What figures can be grouped by. */
export const GROUPINGS = ['service', 'ward', 'quarter', 'strand', 'role'] as const
export type Grouping = (typeof GROUPINGS)[number]

/** Different people, with the bounds that doubtful matches leave: lower ≤ people ≤ upper. */
export interface PeopleFigures {
  readonly people: number
  readonly lower: number
  readonly upper: number
}

/**
 * Somebody who is a child to one service and a parent to another is among children and among
 * adults, and once among people.
 */
export interface UniqueFigures extends PeopleFigures {
  readonly children: number
  readonly adults: number
  readonly families: number
}

/** The figures of one group; `by` has the values of the grouping in its order. */
export interface ReachCell extends UniqueFigures {
  readonly by: readonly string[]
}

export interface Reach {
  readonly unique: UniqueFigures
  /**
   * One cell for each group that anybody is in, by the values of the grouping; none where nothing
   * is grouped.
   */
  readonly cells: readonly ReachCell[]
}

/** Unique reach of the rows, as a whole and by any grouping. */
export function measureReach(rows: Iterable<ReachedRow>, grouping: readonly Grouping[]): Reach {
  const whole = new ReachCount()
  const groups = new Map<string, { by: string[]; count: ReachCount }>()
  for (const row of rows) {
    whole.add(row)
    if (grouping.length === 0) continue
    const by = grouping.map((group) => row[group])
    const key = JSON.stringify(by)
    let group = groups.get(key)
    if (group === undefined) {
      group = { by, count: new ReachCount() }
      groups.set(key, group)
    }
    group.count.add(row)
  }
  const cells = Array.from(groups.values(), ({ by, count }) => ({ by, ...count.figures() }))
  return { unique: whole.figures(), cells: cells.sort((a, b) => compareLists(a.by, b.by)) }
}

class ReachCount {
  readonly #people = new Set<number>()
  readonly #children = new Set<number>()
  readonly #adults = new Set<number>()
  readonly #families = new Set<number>()
  readonly #upper = new Set<number>()
  /** NHS numbers by component of the lower bound. */
  readonly #lower = new Map<number, Set<number | string>>()

  add(row: ReachedRow): void {
    this.#people.add(row.beneficiary)
    if (row.role === 'child') this.#children.add(row.beneficiary)
    else this.#adults.add(row.beneficiary)
    if (row.family !== null) this.#families.add(row.family)
    this.#upper.add(row.upper)
    const numbers = this.#lower.get(row.lower) ?? new Set()
    this.#lower.set(row.lower, numbers)
    if (row.nhs !== null) numbers.add(row.nhs)
  }

  figures(): UniqueFigures {
    let lower = 0
    for (const numbers of this.#lower.values()) lower += Math.max(1, numbers.size)
    return {
      children: this.#children.size,
      adults: this.#adults.size,
      families: this.#families.size,
      people: this.#people.size,
      lower,
      upper: this.#upper.size,
    }
  }
}

/** The order of cells: by the values of the grouping, as code units. */
export function compareLists(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < a.length; index++) {
    const [left, right] = [a[index] ?? '', b[index] ?? '']
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}
