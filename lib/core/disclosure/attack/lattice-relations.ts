import {
  cellNumber,
  FIRST_WARD,
  groupNumber,
  MEASURE,
  SPAN,
  type Lattice,
  type Measure,
  type Span,
} from '#core/disclosure/lattice.ts'
import { breakdownTotals, COUNTED, placeTotals, type PartedTotal } from './parted-totals.ts'
import { isAspect } from '#core/disclosure/released-use.ts'
import type { SystemBuilder } from './system.ts'
import { relateUse } from './use-relations.ts'

/**
 * Every sum and order that the cells of a lattice obey whatever the people are: what anybody knows
 * who has read how a release is counted (docs/releases.md). Unknowns are numbered as cells are.
 */

/** What of a lattice's relations is of use beside them. */
export interface LatticeRelations {
  /** The sums of places and of breakdowns. */
  readonly sums: readonly PartedTotal[]
  /** Wholes whose parts overlap: two parts and their whole tell how many are in both. */
  readonly unions: readonly PartedTotal[]
}

/** Adds every relation. */
export function relateLattice(lattice: Lattice, builder: SystemBuilder): LatticeRelations {
  const sums: PartedTotal[] = []
  const unions: PartedTotal[] = []
  const sheet = new Sheet(lattice, builder, sums, unions)
  for (const quarter of lattice.lists.quarters.keys()) {
    for (const span of ['quarter', 'year', 'start'] as const) {
      for (const measure of COUNTED) {
        relatePlaces(sheet, quarter, span, measure)
        relateScopes(sheet, quarter, span, measure)
      }
      for (const whole of breakdownTotals(lattice, { quarter, span })) sheet.sum(whole)
      relateMeasures(sheet, quarter, span)
    }
    relateTimes(sheet, quarter)
    relateNew(sheet, quarter)
    relateUse(sheet, quarter)
  }
  return { sums, unions }
}

class Sheet {
  readonly lattice: Lattice
  readonly builder: SystemBuilder
  readonly places: number
  /** Groups of one place, by scope: all, each strand with its services. */
  readonly strands: readonly { readonly strand: number; readonly services: readonly number[] }[]
  readonly scopes: number

  readonly #sums: PartedTotal[]
  readonly #unions: PartedTotal[]

  constructor(
    lattice: Lattice,
    builder: SystemBuilder,
    sums: PartedTotal[],
    unions: PartedTotal[],
  ) {
    const { strands, services, wards } = lattice.lists
    this.#sums = sums
    this.#unions = unions
    this.lattice = lattice
    this.builder = builder
    this.places = FIRST_WARD + wards.length
    this.scopes = 1 + strands.length + services.length
    this.strands = strands.map((code, strand) => ({
      strand,
      services: [...services.keys()].filter((service) => services[service]?.strand === code),
    }))
  }

  /** A whole is the sum of its parts. */
  sum(whole: PartedTotal): void {
    this.builder.equate(whole.total, whole.parts)
    this.#sums.push(whole)
  }

  /**
   * A whole whose parts overlap: no part exceeds it, and it does not exceed their sum. What is in
   * both of two parts is a quantity too, unless it is known otherwise.
   */
  union(whole: PartedTotal, overlaps = true): void {
    const parts = this.builder.nonZero(whole.parts)
    if (parts.length === 1) {
      this.builder.equate(whole.total, parts)
      return
    }
    this.builder.relate(whole.parts, [whole.total], 0, Infinity)
    for (const part of whole.parts) this.builder.order(whole.total, part)
    if (overlaps) this.#unions.push(whole)
  }

  cell(group: number, quarter: number, span: Span, measure: Measure): number {
    return cellNumber(this.lattice, group, quarter, SPAN[span], MEASURE[measure])
  }

  /** Whether a quarter is the first of its financial year, or of all. */
  beginsYear(quarter: number): boolean {
    return quarter === 0 || this.lattice.lists.quarters[quarter]?.endsWith('Q1') === true
  }

  /** Whether a quarter is of the first year of all. */
  inFirstYear(quarter: number): boolean {
    const { quarters } = this.lattice.lists
    return quarters[quarter]?.slice(0, 4) === quarters[0]?.slice(0, 4)
  }
}

/** Sums of places; lower bounds of places overlap. */
function relatePlaces(sheet: Sheet, quarter: number, span: Span, measure: Measure): void {
  for (let scope = 0; scope < sheet.scopes; scope++) {
    for (const whole of placeTotals(sheet.lattice, scope, { quarter, span, measure })) {
      if (measure === 'lower') sheet.union(whole)
      else sheet.sum(whole)
    }
  }
}

/** Services make strands, and strands make everybody; records in doubt are of one service each. */
function relateScopes(sheet: Sheet, quarter: number, span: Span, measure: Measure): void {
  const { builder, lattice, places, strands } = sheet
  for (let place = 0; place < places; place++) {
    const at = (level: number, scope: number): number =>
      sheet.cell(groupNumber(lattice, level, scope, place), quarter, span, measure)
    const wholes = strands.map(({ strand, services }) => ({
      total: at(1, strand),
      parts: services.map((service) => at(2, service)),
    }))
    wholes.push({ total: at(0, 0), parts: strands.map(({ strand }) => at(1, strand)) })
    for (const whole of wholes) {
      if (measure === 'doubtful') builder.equate(whole.total, whole.parts)
      else sheet.union(whole)
    }
  }
}

/** Children, adults, families and bounds against people. */
function relateMeasures(sheet: Sheet, quarter: number, span: Span): void {
  const { builder } = sheet
  for (const [group, { attribute, place }] of sheet.lattice.groups.entries()) {
    if (attribute !== '') continue
    const at = (measure: Measure): number => sheet.cell(group, quarter, span, measure)
    sheet.union({ total: at('people'), parts: [at('children'), at('adults')] })
    // A family has a place of its own, that of its first contact.
    if (place === 'everywhere') builder.order(at('people'), at('families'))
    builder.order(at('people'), at('lower'))
    if (builder.nonZero([at('doubtful')]).length === 0) {
      builder.equate(at('upper'), [at('people')])
      builder.equate(at('lower'), [at('people')])
      continue
    }
    builder.order(at('upper'), at('people'))
    // Each further person of a bound is a record in doubt.
    builder.relate([at('people'), at('doubtful')], [at('upper')], 0, Infinity)
  }
}

/** Quarters, years to date and everything since the start. */
function relateTimes(sheet: Sheet, quarter: number): void {
  const { builder, lattice } = sheet
  const begins = sheet.beginsYear(quarter)
  for (const [group, { attribute, scope, place }] of lattice.groups.entries()) {
    if (isAspect(attribute)) continue
    for (const measure of attribute === '' ? COUNTED : (['people'] as const)) {
      const at = (span: Span, of = quarter): number => sheet.cell(group, of, span, measure)
      const adds = measure === 'doubtful'
      const now = at('quarter')
      if (begins) builder.equate(at('year'), [now])
      else if (adds) builder.equate(at('year'), [at('year', quarter - 1), now])
      else {
        const parts = [at('year', quarter - 1), now]
        // How many people are in both is a cell of its own: who returned.
        sheet.union({ total: at('year'), parts }, measure !== 'people' || attribute !== '')
      }
      // The first contact of all is the first of the first year.
      if (sheet.inFirstYear(quarter)) {
        builder.equate(at('start'), [at('year')])
        continue
      }
      builder.order(at('start'), at('start', quarter - 1))
      // Whoever moves has another place in another year.
      const stays = place === 'everywhere' && attribute === ''
      if (stays && adds) builder.equate(at('start'), [at('start', quarter - 1), now])
      if (stays && !adds) builder.order(at('start'), at('year'))
      if (adds || measure === 'lower') {
        if (stays) builder.relate([at('start', quarter - 1), now], [at('start')], 0, Infinity)
        continue
      }
      // Who comes for the first time of all comes for the first time of the year.
      if (!stays && scope !== 'all') continue
      const before = begins ? [] : [at('year', quarter - 1)]
      builder.relate([at('start', quarter - 1), at('year')], [at('start'), ...before], 0, Infinity)
    }
  }
}

/** Who was new in the year and who returned; new to all is new to some strand and service. */
function relateNew(sheet: Sheet, quarter: number): void {
  const { builder, lattice, places, strands } = sheet
  for (const [group, { attribute }] of lattice.groups.entries()) {
    if (attribute !== '') continue
    const newcomers = sheet.cell(group, quarter, 'quarter', 'new')
    const year = sheet.cell(group, quarter, 'year', 'people')
    const before = sheet.beginsYear(quarter)
      ? []
      : [sheet.cell(group, quarter - 1, 'year', 'people')]
    builder.equate(year, [...before, newcomers])
    builder.equate(sheet.cell(group, quarter, 'quarter', 'people'), [
      newcomers,
      sheet.cell(group, quarter, 'quarter', 'returning'),
    ])
  }
  for (let place = 0; place < places; place++) {
    const at = (level: number, scope: number): number =>
      sheet.cell(groupNumber(lattice, level, scope, place), quarter, 'quarter', 'new')
    for (const { strand, services } of strands) {
      builder.relate(
        services.map((service) => at(2, service)),
        [at(1, strand)],
        0,
        Infinity,
      )
    }
    builder.relate(
      strands.map(({ strand }) => at(1, strand)),
      [at(0, 0)],
      0,
      Infinity,
    )
  }
}
