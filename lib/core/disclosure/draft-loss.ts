import {
  ATTRIBUTES,
  cellNumber,
  layOutLattice,
  MEASURE,
  MEASURES,
  SPAN,
  SPANS,
  type Attribute,
  type CellGroup,
  type Lattice,
  type LatticeLists,
  type Span,
} from './lattice.ts'
import { HIDDEN_CELL, printLattice } from './print-lattice.ts'
import { lossOfFigure } from './printed.ts'
import { isAspect, spansOfAspect } from './released-use.ts'
import { nearestMultiple, type DisclosureSettings } from './settings.ts'

/**
 * What a release would lose by what it hides, and what coarser tables would win: for those who are to
 * choose which tables they would rather have. Shares are in whole per cent, so that no figure can be
 * worked out from them.
 */

/** A table of a release. */
export type TableKind =
  | 'whole'
  | 'services'
  | 'places'
  | 'services-by-place'
  | Attribute
  | 'activities'
  | 'use'
  | 'scores'

/** What is hidden of a table or a span. */
export interface PartLoss<Part extends string> {
  readonly part: Part
  /** Figures that are not 0. */
  readonly figures: number
  readonly hidden: number
  /** Share of the weight of its figures that is hidden, in per cent. */
  readonly lost: number
}

/** What can be joined, or left out as a whole. */
export type JoinKind = 'wards' | 'age-bands' | 'quarters'
export type DropKind = 'places' | 'services' | 'quarters' | 'breakdowns'

/** What would be lost with coarser tables, in per cent of the weight of what they hold. */
export interface CoarserLoss<Kind extends string> {
  readonly kind: Kind
  readonly lost: number
}

/** What a draft would lose. */
export interface DraftLoss {
  /** Hidden because it is small, or its difference to another figure is. */
  readonly small: number
  /** Hidden because it would tell of such a figure together with others. */
  readonly forOthers: number
  readonly inDoubt: number
  readonly lost: number
  readonly tables: readonly PartLoss<TableKind>[]
  readonly spans: readonly PartLoss<Span>[]
  /** Estimated: what is joined is printed by rule and not attacked, and the repair's part taken to grow alike. */
  readonly joins: readonly CoarserLoss<JoinKind>[]
  /** What to leave out where what is left is of little use; undefined where it is of use. */
  readonly drop: CoarserLoss<DropKind> | undefined
}

/** With a greater share hidden, of figures or of their weight, or with anything in doubt, a release is of little use. */
const USELESS = 50

/**
 * Tells what is lost of a lattice. `counts` are exact, `repaired` is what would be printed of them,
 * both by number of cell.
 */
export function measureLoss(
  lattice: Lattice,
  counts: Int32Array,
  repaired: Int32Array,
  settings: DisclosureSettings,
  inDoubt: number,
): DraftLoss {
  const byRule = printLattice(lattice, { counts }, settings)
  const figures = listFigures(lattice, counts, settings)
  const now = lossOf(figures, repaired)
  const ruled = lossOf(figures, byRule)
  // What the repair adds to the rule, which is taken to be the same of coarser tables.
  const growth = ruled.lost === 0 ? 1 : Math.max(1, now.lost / ruled.lost)
  const small = figures.filter(
    ({ cell }) => byRule[cell] === HIDDEN_CELL && repaired[cell] === HIDDEN_CELL,
  ).length
  const estimate = (joined: Joined): number => {
    const printed = printLattice(joined.lattice, joined, settings)
    const coarse = lossOf(listFigures(joined.lattice, joined.counts, settings), printed)
    return Math.min(100, percentOf(coarse.lost * growth, coarse.weight))
  }
  const left = (keeps: (figure: Figure) => boolean): number =>
    shareOf(figures.filter(keeps), repaired)
  const lost = percentOf(now.lost, now.weight)
  return {
    small,
    forOthers: now.hidden - small,
    ...{ inDoubt, lost },
    tables: TABLES.map((part) =>
      partLoss(
        part,
        figures.filter(({ table }) => table === part),
        repaired,
      ),
    ),
    spans: SPANS.map((part) =>
      partLoss(
        part,
        figures.filter(({ span }) => span === part),
        repaired,
      ),
    ),
    joins: [
      { kind: 'wards', lost: estimate(joinWards(lattice, counts)) },
      { kind: 'age-bands', lost: estimate(joinBands(lattice, counts)) },
      { kind: 'quarters', lost: left(({ span }) => span !== 'quarter') },
    ],
    drop:
      Math.max(lost, percentOf(now.hidden, figures.length)) > USELESS || inDoubt > 0
        ? leastLost(left)
        : undefined,
  }
}

const TABLES: readonly TableKind[] = [
  ...(['whole', 'services', 'places', 'services-by-place'] as const),
  ...ATTRIBUTES,
  ...(['activities', 'use', 'scores'] as const),
]

/** A figure that is not 0. */
interface Figure {
  readonly cell: number
  readonly table: TableKind
  readonly span: Span
  readonly weight: number
}

const COUNTED = ['people', 'children', 'adults', 'families', 'new', 'returning'] as const

function listFigures(lattice: Lattice, counts: Int32Array, settings: DisclosureSettings): Figure[] {
  return lattice.groups.flatMap((group, number) => {
    const table = tableOf(group)
    const measures = group.attribute === '' ? COUNTED : (['people'] as const)
    return lattice.lists.quarters.flatMap((_, quarter) =>
      SPANS.flatMap((span) =>
        measures.flatMap((measure) => {
          const cell = cellNumber(lattice, number, quarter, SPAN[span], MEASURE[measure])
          const count = counts[cell] ?? 0
          return count === 0
            ? []
            : [{ cell, table, span, weight: lossOfFigure(nearestMultiple(count, settings.base)) }]
        }),
      ),
    )
  })
}

function tableOf({ scope, place, attribute }: CellGroup): TableKind {
  if (attribute === 'activities') return attribute
  if (isAspect(attribute)) return spansOfAspect(attribute).includes('year') ? 'scores' : 'use'
  if (attribute !== '') return attribute
  if (scope === 'all') return place === 'everywhere' ? 'whole' : 'places'
  return place === 'everywhere' ? 'services' : 'services-by-place'
}

interface Loss {
  readonly hidden: number
  readonly weight: number
  readonly lost: number
}

function lossOf(figures: readonly Figure[], printed: Int32Array): Loss {
  const loss = { hidden: 0, weight: 0, lost: 0 }
  for (const { cell, weight } of figures) {
    loss.weight += weight
    if (printed[cell] !== HIDDEN_CELL) continue
    loss.hidden += 1
    loss.lost += weight
  }
  return loss
}

function partLoss<Part extends string>(
  part: Part,
  figures: readonly Figure[],
  printed: Int32Array,
): PartLoss<Part> {
  const { hidden } = lossOf(figures, printed)
  return { part, figures: figures.length, hidden, lost: shareOf(figures, printed) }
}

function shareOf(figures: readonly Figure[], printed: Int32Array): number {
  const { lost, weight } = lossOf(figures, printed)
  return percentOf(lost, weight)
}

function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 100)
}

/** What is left of what is printed now where a dimension is left out: at most that is hidden then. */
function leastLost(left: (keeps: (figure: Figure) => boolean) => number): CoarserLoss<DropKind> {
  const among = (tables: readonly TableKind[], figure: Figure): boolean =>
    tables.includes(figure.table)
  const drops: readonly CoarserLoss<DropKind>[] = [
    { kind: 'places', lost: left((one) => !among(['places', 'services-by-place'], one)) },
    { kind: 'services', lost: left((one) => !among(['services', 'services-by-place'], one)) },
    { kind: 'quarters', lost: left(({ span }) => span !== 'quarter') },
    { kind: 'breakdowns', lost: left((one) => !among(ATTRIBUTES, one)) },
  ]
  return drops.reduce((best, one) => (one.lost < best.lost ? one : best))
}

/** A coarser lattice with its counts. */
interface Joined {
  readonly lattice: Lattice
  readonly counts: Int32Array
}

/** Wards two by two in the order of their codes; people have one ward, so that counts add up. */
function joinWards(lattice: Lattice, counts: Int32Array): Joined {
  const { lists } = lattice
  const joined = pairsOf(lists.wards)
  return join(lattice, counts, { ...lists, wards: [...new Set(joined.values())] }, (group) => ({
    ...group,
    placeCode: joined.get(group.placeCode) ?? group.placeCode,
  }))
}

/** Bands of age two by two; those of whom it is not known stay by themselves. */
function joinBands(lattice: Lattice, counts: Int32Array): Joined {
  const { lists } = lattice
  const bands = lists.values['age-band']
  const joined = pairsOf(bands.slice(0, -1))
  const values = {
    ...lists.values,
    'age-band': [...new Set(joined.values()), ...bands.slice(-1)],
  }
  return join(lattice, counts, { ...lists, values }, (group) =>
    group.attribute !== 'age-band'
      ? group
      : { ...group, attributeValue: joined.get(group.attributeValue) ?? group.attributeValue },
  )
}

/** What each of a list is called when it is joined with its neighbour. */
function pairsOf(codes: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    codes.map((code, index) => {
      const first = index - (index % 2)
      return [code, codes.slice(first, first + 2).join('+')]
    }),
  )
}

function join(
  lattice: Lattice,
  counts: Int32Array,
  lists: LatticeLists,
  into: (group: CellGroup) => CellGroup,
): Joined {
  const coarse = layOutLattice(lists)
  const numbers = new Map(coarse.groups.map((group, number) => [keyOf(group), number]))
  const sums = new Int32Array(coarse.cells)
  const perGroup = lists.quarters.length * SPANS.length * MEASURES.length
  for (const [number, group] of lattice.groups.entries()) {
    const target = (numbers.get(keyOf(into(group))) ?? 0) * perGroup
    for (let at = 0; at < perGroup; at++) {
      sums[target + at] = (sums[target + at] ?? 0) + (counts[number * perGroup + at] ?? 0)
    }
  }
  return { lattice: coarse, counts: sums }
}

function keyOf(group: CellGroup): string {
  const { scope, scopeCode, place, placeCode, attribute, attributeValue } = group
  return [scope, scopeCode, place, placeCode, attribute, attributeValue].join(' ')
}
