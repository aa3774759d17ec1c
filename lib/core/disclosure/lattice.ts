import type { Quarter } from '#core/standard/quarter.ts'
import {
  isAspect,
  layOutUse,
  spansOfAspect,
  type Aspect,
  type ReleasedUse,
  type UseGroups,
  type UseScope,
} from './released-use.ts'

/**
 * The cells that a release is made of, and no others: distinct people by scope (all services, a
 * strand, a service) × place (everywhere, the programme's area, a ward of it, outside it, not
 * known) × span, one-way breakdowns, and what released-use.ts adds.
 */

/** What is counted in a cell; `lower` to `returning` are of people. */
export const MEASURES = [
  'people',
  'children',
  'adults',
  'families',
  // Bounds of people, and the records that leave them apart.
  'lower',
  'upper',
  'doubtful',
  // Of a quarter: reached for the first time in the year, or earlier in it as well.
  'new',
  'returning',
] as const
export type Measure = (typeof MEASURES)[number]

/** A quarter alone, the year to its end, or everything to its end. */
export const SPANS = ['quarter', 'year', 'start'] as const
export type Span = (typeof SPANS)[number]

export type ScopeKind = 'all' | 'strand' | 'service'
export type PlaceKind = 'everywhere' | 'area' | 'outside' | 'unknown' | 'area-unknown' | 'ward'

/** What people are broken down by, one at a time. */
export const ATTRIBUTES = ['age-band', 'gender', 'ethnicity'] as const
export type Attribute = (typeof ATTRIBUTES)[number]

/** Whom a row of figures is about; codes are empty where the kind needs none. */
export interface CellGroup {
  readonly scope: ScopeKind
  readonly scopeCode: string
  readonly place: PlaceKind
  readonly placeCode: string
  /** Empty but in a breakdown, which is of all services everywhere, and of how services were used. */
  readonly attribute: Attribute | Aspect | ''
  readonly attributeValue: string
}

/** The lists that the cells run over; codes in any order that stays the same. */
export interface LatticeLists {
  readonly quarters: readonly Quarter[]
  readonly strands: readonly string[]
  readonly services: readonly { readonly code: string; readonly strand: string }[]
  readonly wards: readonly string[]
  readonly values: Readonly<Record<Attribute, readonly string[]>>
  /** Undefined of a release that tells of reach alone. */
  readonly use?: ReleasedUse | undefined
}

/** What a release can be made of. */
export interface ReleaseLists extends LatticeLists {
  /** Services with a file in the figures, by quarter. */
  readonly coverage: Readonly<Record<string, readonly string[]>>
  /** The provider of each service, in the order of services. */
  readonly providers: readonly string[]
}

/** Places by number: those below come first, then the wards. */
const PLACES = ['everywhere', 'area', 'outside', 'unknown', 'area-unknown'] as const
/** The number of the first ward. */
export const FIRST_WARD = PLACES.length

/** All cells of a release, numbered. */
export interface Lattice {
  readonly lists: LatticeLists
  readonly groups: readonly CellGroup[]
  /**
   * Each pair of a group and one that is part of it: what is in the whole and not in the part can
   * be taken off.
   */
  readonly parts: readonly (readonly [whole: number, part: number])[]
  /** Groups of how services were used; undefined of a release that tells of reach alone. */
  readonly use: UseGroups | undefined
  readonly cells: number
}

/** Lays out the cells. */
export function layOutLattice(lists: LatticeLists): Lattice {
  const groups: CellGroup[] = []
  const everyone = {
    scope: 'all',
    scopeCode: '',
    place: 'everywhere',
    placeCode: '',
    attribute: '',
    attributeValue: '',
  } as const
  for (const scope of scopesOf(lists)) {
    for (const place of PLACES) groups.push({ ...everyone, ...scope, place })
    for (const placeCode of lists.wards) {
      groups.push({ ...everyone, ...scope, place: 'ward', placeCode })
    }
  }
  for (const attribute of ATTRIBUTES) {
    for (const attributeValue of lists.values[attribute]) {
      groups.push({ ...everyone, attribute, attributeValue })
    }
  }
  const parts = partsOf(lists, groups)
  const laid = lists.use && layOutUse(lists.use, useScopes(lists), groups.length)
  groups.push(...(laid?.groups ?? []))
  const cells = groups.length * lists.quarters.length * SPANS.length * MEASURES.length
  return { lists, groups, parts: [...parts, ...(laid?.use.parts ?? [])], use: laid?.use, cells }
}

/** The scopes with the groups of everybody whom they reached, and the scopes that they are part of. */
function useScopes(lists: LatticeLists): UseScope[] {
  const strandOf = new Map(lists.services.map(({ code, strand }) => [code, strand]))
  return scopesOf(lists).map((own, row) => {
    const strand = lists.strands.indexOf(strandOf.get(own.scopeCode) ?? '')
    return {
      ...{ ...own, everybody: row * placesOf(lists) },
      within:
        own.scope === 'all' ? [] : own.scope === 'service' && strand >= 0 ? [0, 1 + strand] : [0],
    }
  })
}

function scopesOf(lists: LatticeLists): { scope: ScopeKind; scopeCode: string }[] {
  return [
    { scope: 'all', scopeCode: '' },
    ...lists.strands.map((scopeCode) => ({ scope: 'strand' as const, scopeCode })),
    ...lists.services.map(({ code }) => ({ scope: 'service' as const, scopeCode: code })),
  ]
}

/**
 * The number of a group: `level` 0 all services, 1 a strand, 2 a service; `scope` and `place` by
 * their place in the lists.
 */
export function groupNumber(
  { lists }: Lattice,
  level: number,
  scope: number,
  place: number,
): number {
  const row = level === 0 ? 0 : level === 1 ? 1 + scope : 1 + lists.strands.length + scope
  return row * placesOf(lists) + place
}

/** The number of a value's group in a breakdown. */
export function attributeGroupNumber(
  { lists }: Lattice,
  attribute: Attribute,
  value: number,
): number {
  let first = (1 + lists.strands.length + lists.services.length) * placesOf(lists)
  for (const earlier of ATTRIBUTES) {
    if (earlier === attribute) break
    first += lists.values[earlier].length
  }
  return first + value
}

function placesOf(lists: LatticeLists): number {
  return FIRST_WARD + lists.wards.length
}

/** The number of a cell, from the numbers of its group, quarter, span and measure. */
export function cellNumber(
  { lists }: Lattice,
  group: number,
  quarter: number,
  span: number,
  measure: number,
): number {
  return (
    ((group * lists.quarters.length + quarter) * SPANS.length + span) * MEASURES.length + measure
  )
}

/** The number of a span or measure. */
export const SPAN = { quarter: 0, year: 1, start: 2 } as const satisfies Record<Span, number>
export const MEASURE = {
  people: 0,
  children: 1,
  adults: 2,
  families: 3,
  lower: 4,
  upper: 5,
  doubtful: 6,
  new: 7,
  returning: 8,
} as const satisfies Record<Measure, number>

function partsOf(lists: LatticeLists, groups: readonly CellGroup[]): (readonly [number, number])[] {
  const strandOf = new Map(
    lists.services.map(({ code, strand }) => [code, lists.strands.indexOf(strand)]),
  )
  const places = placesOf(lists)
  return groups.flatMap((group, number) => {
    const wholes: number[] = []
    if (group.attribute !== '') wholes.push(0)
    else {
      const place = number % places
      if (group.place === 'ward' || group.place === 'area-unknown') wholes.push(number - place + 1)
      if (group.place !== 'everywhere') wholes.push(number - place)
      if (group.scope !== 'all') wholes.push(place)
      const strand = group.scope === 'service' ? strandOf.get(group.scopeCode) : undefined
      if (strand !== undefined && strand >= 0) wholes.push((1 + strand) * places + place)
    }
    return wholes.map((whole) => [whole, number] as const)
  })
}

/** The cells that a release counts. */
export function* countedCells(lattice: Lattice): Generator<number> {
  for (let cell = 0; cell < lattice.cells; cell++) if (isCounted(lattice, cell)) yield cell
}

/** Whether a release counts a cell: of a breakdown and of use people alone, and who is new of a quarter alone. */
export function isCounted({ lists, groups }: Lattice, cell: number): boolean {
  const measure = MEASURES[cell % MEASURES.length]
  const row = Math.floor(cell / MEASURES.length)
  const span = SPANS[row % SPANS.length]
  const { attribute = '' } = groups[Math.floor(row / SPANS.length / lists.quarters.length)] ?? {}
  if (attribute === '') return span === 'quarter' || (measure !== 'new' && measure !== 'returning')
  if (measure !== 'people') return false
  return !isAspect(attribute) || spansOfAspect(attribute).some((of) => of === span)
}
