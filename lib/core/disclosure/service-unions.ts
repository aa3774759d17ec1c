import { FIRST_WARD, SPANS, type Lattice, type Measure, type Span, SPAN } from './lattice.ts'

/**
 * How many used any of several services of a provider, which it can count and no release prints:
 * it knows by it more of a total than each of its services tells.
 */
export interface ServiceUnions {
  /** The services of each, by their number in the release's lists. */
  readonly services: readonly (readonly number[])[]
  /** By number of `unionCell`. */
  readonly counts: Int32Array
}

/** What a provider counts of several services together. */
export const UNION_MEASURES = [
  'people',
  'children',
  'adults',
  'families',
] as const satisfies readonly Measure[]
export type UnionMeasure = (typeof UNION_MEASURES)[number]

/** How many cells each union has. */
export function cellsOfUnion({ lists }: Lattice): number {
  const places = FIRST_WARD + lists.wards.length
  return places * lists.quarters.length * SPANS.length * UNION_MEASURES.length
}

/** The number of a cell of a union. */
export function unionCell(
  lattice: Lattice,
  union: number,
  at: {
    readonly place: number
    readonly quarter: number
    readonly span: Span
    readonly measure: UnionMeasure
  },
): number {
  const row = (at.place * lattice.lists.quarters.length + at.quarter) * SPANS.length + SPAN[at.span]
  const column = UNION_MEASURES.indexOf(at.measure)
  return union * cellsOfUnion(lattice) + row * UNION_MEASURES.length + column
}
