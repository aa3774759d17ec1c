import {
  ATTRIBUTES,
  MEASURES,
  SPANS,
  type Attribute,
  type CellGroup,
  type Lattice,
  type Measure,
  type Span,
} from './lattice.ts'
import { lossOfFigure } from './printed.ts'

/**
 * What a release can leave out as a whole: then every figure of it is hidden, those that are 0 as well, so
 * that nothing of it tells of anybody.
 */
export type LeftOut =
  | Attribute
  | 'services-by-ward'
  | 'wards'
  | 'services-by-place'
  | 'places'
  | 'families'
  | 'bounds'
  | 'ages'
  | 'new'
  | 'quarters'
  | 'years'
  | 'start'
  | 'strands'
  | 'services'
  | 'everything'

/** One figure of a release, as far as it says which table it is in. */
interface Figure {
  readonly group: CellGroup
  readonly span: Span
  readonly measure: Measure
}

const isIn = (list: readonly Measure[], measure: Measure): boolean => list.includes(measure)
const isWard = ({ place }: CellGroup): boolean => place === 'ward' || place === 'area-unknown'
const isPlace = ({ place }: CellGroup): boolean => place !== 'everywhere'

/** Which figures each is. */
const HOLDS = {
  'services-by-ward': ({ group }) => group.scope !== 'all' && isWard(group),
  wards: ({ group }) => isWard(group),
  'services-by-place': ({ group }) => group.scope !== 'all' && isPlace(group),
  places: ({ group }) => isPlace(group),
  families: ({ measure }) => measure === 'families',
  bounds: ({ measure }) => isIn(['lower', 'upper', 'doubtful'], measure),
  ages: ({ measure }) => isIn(['children', 'adults'], measure),
  new: ({ measure }) => isIn(['new', 'returning'], measure),
  quarters: ({ span }) => span === 'quarter',
  years: ({ span }) => span === 'year',
  start: ({ span }) => span === 'start',
  strands: ({ group }) => group.scope === 'strand',
  services: ({ group }) => group.scope === 'service',
  everything: () => true,
  'age-band': ({ group }) => group.attribute === 'age-band',
  gender: ({ group }) => group.attribute === 'gender',
  ethnicity: ({ group }) => group.attribute === 'ethnicity',
} satisfies Readonly<Record<LeftOut, (figure: Figure) => boolean>>

/** What may be chosen to be left out, by a person or by the repair. */
export const LEAVABLE: readonly Exclude<LeftOut, 'everything'>[] = [
  ...(['services-by-ward', 'wards', 'services-by-place', 'places', 'families', 'bounds'] as const),
  ...(['ages', 'new', ...ATTRIBUTES, 'quarters', 'years', 'start', 'strands', 'services'] as const),
]

/** The figures of a table, by number of cell. */
export function cellsOfTable({ lists, groups }: Lattice, table: LeftOut): number[] {
  const holds: (figure: Figure) => boolean = HOLDS[table]
  const cells: number[] = []
  let cell = 0
  for (const group of groups) {
    for (let quarter = 0; quarter < lists.quarters.length; quarter++) {
      for (const span of SPANS) {
        for (const measure of MEASURES) {
          if (holds({ group, span, measure })) cells.push(cell)
          cell += 1
        }
      }
    }
  }
  return cells
}

/**
 * The tables that can be left out, those that lose least first: by what the repair counts as lost with each
 * figure that is shown, a 0 among them.
 */
export function byLoss(
  lattice: Lattice,
  mayHide: (cell: number) => boolean,
  printed: Int32Array,
): readonly LeftOut[] {
  return LEAVABLE.map((table) => ({
    table,
    loss: cellsOfTable(lattice, table)
      .filter(mayHide)
      .reduce((sum, cell) => sum + lossOfFigure(printed[cell] ?? 0), 0),
  }))
    .filter(({ loss }) => loss > 0)
    .sort((a, b) => a.loss - b.loss)
    .map(({ table }) => table)
}
