import type { Quarter } from '#core/standard/quarter.ts'
import { writePlainCsv } from '#core/tabular/writing/csv-writer.ts'

import type { Kin } from './population.ts'

/**
 * Who was truly reached, counted from the population itself and never from the files: what linkage
 * is held against.
 */

/** One person's place in one file, as it truly is. */
export interface TrueRecord {
  readonly service: string
  readonly quarter: Quarter
  /** As the file has it; a carer's ends in `#carer`. */
  readonly clientRef: string
  readonly person: string
  readonly family: number
  readonly kin: Kin
  /** What the file says of the person: a child or a grown-up. */
  readonly child: boolean
  /** The ward of the postcode in the file, or blank when the file has none. */
  readonly ward: string
  /**
   * Whether the file shows at least one contact, or, without counts, that the person was served.
   */
  readonly reached: boolean
}

export interface TrueReach {
  readonly unique: {
    readonly people: number
    readonly children: number
    readonly adults: number
    readonly families: number
  }
  readonly cells: readonly TrueCell[]
}

interface TrueCell {
  readonly service?: string
  readonly ward?: string
  readonly quarter?: string
  readonly people: number
}

export type TrueGrouping = 'service' | 'ward' | 'quarter'

/**
 * Counts distinct people reached, in all and by the chosen grouping. Somebody who is a child to one
 * service and a grown-up to another is among both. Families are true ones of whose children some
 * file tells, whether or not it shows that their members belong together: grown-ups alone are none.
 */
export function countTrueReach(
  records: readonly TrueRecord[],
  by: readonly TrueGrouping[] = [],
): TrueReach {
  const reached = records.filter((record) => record.reached)
  const people = new Set(reached.map((record) => record.person))
  const asChild = reached.filter((record) => record.child)
  const grown = reached.filter((record) => !record.child)
  const withChild = new Set(records.filter(({ child }) => child).map(({ family }) => family))
  const cells = new Map<string, { of: TrueRecord; people: Set<string> }>()
  for (const record of reached) {
    const key = JSON.stringify(by.map((name) => record[name]))
    const cell = cells.get(key) ?? { of: record, people: new Set() }
    cell.people.add(record.person)
    cells.set(key, cell)
  }
  return {
    unique: {
      people: people.size,
      children: new Set(asChild.map((record) => record.person)).size,
      adults: new Set(grown.map((record) => record.person)).size,
      families: new Set(
        reached.map(({ family }) => family).filter((family) => withChild.has(family)),
      ).size,
    },
    cells: [...cells.entries()]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, cell]) => ({
        ...Object.fromEntries(by.map((name) => [name, cell.of[name]])),
        people: cell.people.size,
      })),
  }
}

/**
 * `service,client_ref,person`, a line for each reference, in order; the form `countonce clusters
 * --truth` reads.
 */
export function truthCsv(records: readonly TrueRecord[]): string {
  const rows = new Map(
    records.map(({ service, clientRef, person }) => [
      `${service},${clientRef}`,
      [service, clientRef, person],
    ]),
  )
  const sorted = [...rows].sort(([left], [right]) => (left < right ? -1 : 1))
  return writePlainCsv([['service', 'client_ref', 'person'], ...sorted.map(([, row]) => row)])
}
