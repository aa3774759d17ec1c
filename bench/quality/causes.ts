import type { LinkRecord, RuleName } from '#core/linkage/part.ts'
import { PSEUDONYM_COLUMNS, pseudonymName } from '#core/pseudonym/kinds.ts'

import type { DecidedRecords, LinkedRecords } from './link-records.ts'
import type { QualityProgramme } from './make-records.ts'
import { print, printTable } from './print-tables.ts'

/** So many kinds of missed people are printed. */
const MOST_PRINTED = 15

/**
 * Where false joins and misses come from: how often each rule joined rightly, and what agrees between
 * the parts of somebody who was found as several.
 */
export class Causes {
  readonly #joins = new Map<RuleName, { right: number; wrong: number }>()
  readonly #missed = new Map<string, { people: number; pairs: number }>()

  add({ records, truth }: QualityProgramme, { parts, clusters }: LinkedRecords): void {
    const personOf = (place: number): string => truth[place]?.person ?? ''
    for (const part of parts) this.#countJoins(part, personOf)
    const doubted = doubtsOf(parts)
    const people = new Map<string, Map<number, LinkRecord[]>>()
    records.forEach((record, place) => {
      const found = people.get(personOf(place)) ?? new Map<number, LinkRecord[]>()
      people.set(personOf(place), found)
      const cluster = clusters[place] ?? 0
      found.set(cluster, [...(found.get(cluster) ?? []), record])
    })
    for (const found of people.values()) {
      const [most = [], ...others] = [...found.values()].sort((a, b) => b.length - a.length)
      for (const other of others) {
        const cause = `${agreeing(most, other)}; ${doubtsBetween(most, other, doubted)}`
        const known = this.#missed.get(cause) ?? { people: 0, pairs: 0 }
        this.#missed.set(cause, known)
        known.people++
        known.pairs += most.length * other.length
      }
    }
  }

  #countJoins({ places, records, decision }: DecidedRecords, of: (place: number) => string): void {
    const placeOf = new Map(records.map(({ id }, index) => [id, places[index] ?? 0]))
    for (const { left, right, rule } of decision.joins) {
      const tally = this.#joins.get(rule) ?? { right: 0, wrong: 0 }
      this.#joins.set(rule, tally)
      if (of(placeOf.get(left) ?? -1) === of(placeOf.get(right) ?? -2)) tally.right++
      else tally.wrong++
    }
  }

  print(setting: string): void {
    print(`\n${setting}: joins by rule`)
    const joins = [...this.#joins].map(([rule, { right, wrong }]) => [
      rule,
      String(right),
      String(wrong),
    ])
    printTable(['rule', 'right', 'wrong'], joins)
    const missed = [...this.#missed].sort(([, a], [, b]) => b.pairs - a.pairs)
    print(`\n${setting}: people found as several, by what agrees between them and what is queued`)
    const others = missed.slice(MOST_PRINTED)
    const sum = (of: 'people' | 'pairs'): string =>
      String(others.reduce((total, [, counts]) => total + counts[of], 0))
    printTable(
      ['agrees; queued', 'parts', 'pairs'],
      [
        ...missed
          .slice(0, MOST_PRINTED)
          .map(([cause, { people, pairs }]) => [cause, String(people), String(pairs)]),
        [`${String(others.length)} other kinds`, sum('people'), sum('pairs')],
      ],
    )
  }
}

/** What agrees between two parts of a person, alternates with what the other carries as its own. */
function agreeing(some: readonly LinkRecord[], others: readonly LinkRecord[]): string {
  const columns = PSEUDONYM_COLUMNS.filter(({ field, alternateOf }) => {
    const own = alternateOf ?? field
    return meet(some, others, field, own) || meet(others, some, field, own)
  })
  const hasWard = meet(some, others, 'ward', 'ward')
  return [...columns.map(pseudonymName), ...(hasWard ? ['ward'] : [])].join(', ') || 'nothing'
}

function meet(
  some: readonly LinkRecord[],
  others: readonly LinkRecord[],
  one: keyof LinkRecord,
  other: keyof LinkRecord,
): boolean {
  const values = new Set(some.map((record) => record[one]))
  values.delete(null)
  values.delete('')
  return others.some((record) => values.has(record[other]))
}

/** Of each record the doubts that it is a side of, by a name for each. */
function doubtsOf(parts: readonly DecidedRecords[]): Map<number, Map<string, string>> {
  const doubted = new Map<number, Map<string, string>>()
  parts.forEach(({ decision }, part) => {
    decision.doubts.forEach(({ code, sides }, doubt) => {
      for (const id of sides.flat()) {
        const known = doubted.get(id) ?? new Map<string, string>()
        doubted.set(id, known.set(`${String(part)} ${String(doubt)}`, code))
      }
    })
  })
  return doubted
}

function doubtsBetween(
  some: readonly LinkRecord[],
  others: readonly LinkRecord[],
  doubted: ReadonlyMap<number, ReadonlyMap<string, string>>,
): string {
  const of = (records: readonly LinkRecord[]): Map<string, string> =>
    new Map(records.flatMap(({ id }) => [...(doubted.get(id) ?? [])]))
  const own = of(some)
  const codes = [...of(others)].flatMap(([doubt, code]) => (own.has(doubt) ? [code] : []))
  return [...new Set(codes)].sort().join(', ') || 'not queued'
}
