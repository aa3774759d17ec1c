import { PSEUDONYM_COLUMNS } from '#core/pseudonym/kinds.ts'
import type { LinkRecord } from '#core/linkage/part.ts'
import type { FoundPart } from './described-clients.ts'
import type { RandomStream } from './random-stream.ts'
import { ageGroup } from './slip-counts.ts'

/**
 * Which columns the clients of a service fill in, so that a copy of a client can be given the
 * pattern of a random one of its service and role.
 */

/** The bit of each thing that can be filled in: the pseudonyms in their order, then these. */
export const FILLED_BITS = Object.fromEntries(
  [...PSEUDONYM_COLUMNS.map(({ field }) => field), 'birth', 'gender', 'ward'].map((name, index) => [
    name,
    1 << index,
  ]),
) as Readonly<
  Record<(typeof PSEUDONYM_COLUMNS)[number]['field'] | 'birth' | 'gender' | 'ward', number>
>

const FIELDS = PSEUDONYM_COLUMNS.map(({ field }) => [field, FILLED_BITS[field]] as const)

/** What a record has filled in. */
function filledIn(record: LinkRecord): number {
  let bits = 0
  for (const [field, bit] of FIELDS) if (record[field] !== null) bits |= bit
  if (record.birth !== '') bits |= FILLED_BITS.birth
  if (record.gender !== 'unknown') bits |= FILLED_BITS.gender
  if (record.ward !== '') bits |= FILLED_BITS.ward
  return bits
}

/** Patterns of what is filled in, by service and role. */
export class FilledPatterns {
  readonly #groups = new Map<string, Map<number, number>>()
  readonly #drawn = new Map<string, { readonly bits: Int32Array; readonly ends: Int32Array }>()

  add({ clients }: FoundPart): void {
    for (const { record } of clients) {
      const key = groupOf(record)
      const patterns = this.#groups.get(key) ?? new Map<number, number>()
      this.#groups.set(key, patterns)
      const bits = filledIn(record)
      patterns.set(bits, (patterns.get(bits) ?? 0) + 1)
    }
  }

  /** The pattern of a random client of the record's service and role. */
  draw(record: LinkRecord, random: RandomStream): number {
    const key = groupOf(record)
    let drawn = this.#drawn.get(key)
    if (drawn === undefined) {
      drawn = cumulated(this.#groups.get(key) ?? new Map([[filledIn(record), 1]]))
      this.#drawn.set(key, drawn)
    }
    const { bits, ends } = drawn
    const at = Math.floor(random.fraction() * (ends.at(-1) ?? 1))
    let low = 0
    let high = ends.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle] ?? 0) > at) high = middle
      else low = middle + 1
    }
    return bits[low] ?? 0
  }
}

function groupOf(record: LinkRecord): string {
  return `${record.service} ${ageGroup(record)}`
}

function cumulated(patterns: ReadonlyMap<number, number>): { bits: Int32Array; ends: Int32Array } {
  // In an order of their own, so that the order of the records decides nothing.
  const sorted = [...patterns].sort(([a], [b]) => a - b)
  let end = 0
  return {
    bits: Int32Array.from(sorted, ([bits]) => bits),
    ends: Int32Array.from(sorted, ([, count]) => (end += count)),
  }
}
