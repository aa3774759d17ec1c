import {
  ATTRIBUTES,
  attributeGroupNumber,
  cellNumber,
  FIRST_WARD,
  MEASURE,
  SPAN,
  SPANS,
  type Lattice,
  type Measure,
  type Span,
} from '#core/disclosure/lattice.ts'

/** A total of a release that is the sum of its parts, all of which are cells. */
export interface PartedTotal {
  readonly total: number
  readonly parts: readonly number[]
}

/** What is counted by itself; new and returning people follow from it. */
export const COUNTED = [
  'people',
  'children',
  'adults',
  'families',
  'lower',
  'upper',
  'doubtful',
] as const

/** One measure of one period. */
interface When {
  readonly quarter: number
  readonly span: Span
  readonly measure: Measure
}

/**
 * Of a scope, by its row in the lattice: wards and the ward not known make the area; with outside
 * and not known it is everywhere.
 */
export function placeTotals(
  lattice: Lattice,
  scope: number,
  { quarter, span, measure }: When,
): PartedTotal[] {
  const places = FIRST_WARD + lattice.lists.wards.length
  const at = (place: number): number =>
    cellNumber(lattice, scope * places + place, quarter, SPAN[span], MEASURE[measure])
  const wards = lattice.lists.wards.map((_, ward) => at(FIRST_WARD + ward))
  return [
    { total: at(1), parts: [...wards, at(4)] },
    { total: at(0), parts: [at(1), at(2), at(3)] },
  ]
}

/** Every value of an attribute together is everybody. */
export function breakdownTotals(
  lattice: Lattice,
  { quarter, span }: Omit<When, 'measure'>,
): PartedTotal[] {
  const people = (group: number): number =>
    cellNumber(lattice, group, quarter, SPAN[span], MEASURE.people)
  return ATTRIBUTES.flatMap((attribute) => {
    const values = lattice.lists.values[attribute]
    if (values.length === 0) return []
    const parts = values.map((_, value) => people(attributeGroupNumber(lattice, attribute, value)))
    return [{ total: people(0), parts }]
  })
}

/** Every band of contacts together is everybody of a quarter, every ending too; every change is who has both scores. */
export function useTotals(lattice: Lattice, quarter: number): PartedTotal[] {
  const { use } = lattice
  if (use === undefined) return []
  const people =
    (span: Span) =>
    (group: number): number =>
      cellNumber(lattice, group, quarter, SPAN[span], MEASURE.people)
  const [ofQuarter, ofYear] = [people('quarter'), people('year')]
  return [
    ...[use.contacts, use.endings].map((parts) => ({
      total: ofQuarter(0),
      parts: parts.map(ofQuarter),
    })),
    ...use.scales
      .filter(({ changed }) => changed.length > 0)
      .map(({ paired, changed }) => ({ total: ofYear(paired), parts: changed.map(ofYear) })),
  ]
}

/** Every sum of places, of breakdowns and of use that a release prints. */
export function* partedTotals(lattice: Lattice): Generator<PartedTotal> {
  const { quarters, strands, services } = lattice.lists
  const scopes = 1 + strands.length + services.length
  for (const quarter of quarters.keys()) {
    for (const span of SPANS) {
      for (const measure of COUNTED) {
        // The lower bounds of places overlap.
        if (measure === 'lower') continue
        for (let scope = 0; scope < scopes; scope++) {
          yield* placeTotals(lattice, scope, { quarter, span, measure })
        }
      }
      yield* breakdownTotals(lattice, { quarter, span })
    }
    yield* useTotals(lattice, quarter)
  }
}
