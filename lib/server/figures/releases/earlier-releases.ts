import type pg from 'pg'
import { EarlierReleases } from '#core/disclosure/attack/earlier.ts'
import {
  cellNumber,
  MEASURE,
  SPAN,
  type CellGroup,
  type Lattice,
} from '#core/disclosure/lattice.ts'
import { HIDDEN_CELL, UNPUBLISHED_CELL } from '#core/disclosure/print-lattice.ts'
import { HIDDEN } from '#core/disclosure/printed.ts'
import { isToldBy } from '#core/disclosure/released-use.ts'
import type { ReleaseFacts } from '#core/disclosure/release-text.ts'
import {
  DISCLOSURE_SETTINGS,
  type DisclosureSettings,
  type Profile,
} from '#core/disclosure/settings.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { readEveryCell } from './cell-table.ts'
import { usedScales } from './list-releases.ts'
import type { repairRecord } from './write-release.ts'

/**
 * What every release before printed of the cells of a lattice, of any profile and settings, in the
 * order in which they were made: what the profile's own under the same settings published is kept,
 * and whoever has all of them is an attacker. `counts` are by number of cell.
 */
export async function readEarlier(
  client: pg.ClientBase,
  profile: Profile,
  lattice: Lattice,
  counts: Int32Array,
): Promise<EarlierReleases> {
  const own = seriesOf(profile, DISCLOSURE_SETTINGS[profile])
  const earlier = new EarlierReleases(lattice, counts, own)
  const { quarters } = lattice.lists
  const made = await inPrisma(client, ({ release }) =>
    release.findMany({
      where: {
        firstQuarter: { lte: quarters.at(-1) ?? '' },
        lastQuarter: { gte: quarters[0] ?? '' },
      },
      orderBy: { id: 'asc' },
      include: { repair: true },
    }),
  )
  const numbers = new CellNumbers(lattice)
  for (const release of made) {
    const printed = new Int32Array(lattice.cells).fill(UNPUBLISHED_CELL)
    const held = quarters.filter(
      (quarter) => quarter >= release.firstQuarter && quarter <= release.lastQuarter,
    )
    for (const quarter of held) {
      const coverage = (release.coverage as ReleaseFacts['coverage'])[quarter] ?? []
      markZeros(lattice, printed, { ...release, coverage }, quarters.indexOf(quarter))
    }
    for (const cell of await readEveryCell(client, release)) {
      const number = numbers.of([cell.quarter, cell.span, keyOf(cell), cell.measure].join(' '))
      if (number !== undefined)
        printed[number] = cell.printed === HIDDEN ? HIDDEN_CELL : cell.printed
    }
    const settings = release.settings as unknown as ReleaseFacts['settings']
    const record = (release.repair?.hidden ?? []) as unknown as ReturnType<
      typeof repairRecord
    >['hidden']
    const hidden = new Map(
      record.flatMap(({ cell, figure }) => {
        const number = numbers.of(cell)
        return number === undefined ? [] : [[number, figure] as const]
      }),
    )
    earlier.read({ series: seriesOf(release.profile, settings), settings, printed, hidden })
  }
  return earlier
}

/** Releases of a profile under the same settings keep what was published. */
function seriesOf(profile: string, { threshold, base, candidates }: DisclosureSettings): string {
  return [profile, threshold, base, candidates].join(' ')
}

/** The numbers of cells by the words that stand for them. */
class CellNumbers {
  readonly #lattice: Lattice
  readonly #groups: ReadonlyMap<string, number>
  readonly #quarters: ReadonlyMap<string, number>

  constructor(lattice: Lattice) {
    this.#lattice = lattice
    this.#groups = new Map(lattice.groups.map((group, number) => [keyOf(group), number]))
    this.#quarters = new Map(lattice.lists.quarters.map((quarter, number) => [quarter, number]))
  }

  /** The number of a cell from its quarter, span, group and measure; undefined where it is none of the lattice. */
  of(words: string): number | undefined {
    const [quarterName = '', span = '', ...rest] = words.split(' ')
    const measure = rest.pop() ?? ''
    const group = this.#groups.get(rest.join(' '))
    const quarter = this.#quarters.get(quarterName)
    if (group === undefined || quarter === undefined) return undefined
    if (!(span in SPAN) || !(measure in MEASURE)) return undefined
    return cellNumber(
      this.#lattice,
      group,
      quarter,
      SPAN[span as keyof typeof SPAN],
      MEASURE[measure as keyof typeof MEASURE],
    )
  }
}

function keyOf(group: CellGroup): string {
  return [
    group.scope,
    group.scopeCode,
    group.place,
    group.placeCode,
    group.attribute,
    group.attributeValue,
  ].join(' ')
}

/** The lists of a release before that say which cells it held of a quarter. */
interface HeldLists {
  readonly coverage: readonly string[]
  readonly wards: readonly string[]
  readonly holdsUse: boolean
  readonly scales: readonly string[]
  readonly ruledScales: readonly string[]
}

/** Marks as 0 what a release held of a quarter and had a file for. */
function markZeros(
  lattice: Lattice,
  printed: Int32Array,
  release: HeldLists,
  quarter: number,
): void {
  const services = new Set(release.coverage)
  const strands = new Set(
    lattice.lists.services.filter(({ code }) => services.has(code)).map(({ strand }) => strand),
  )
  const wards = new Set(release.wards)
  const use = release.holdsUse ? usedScales(release.scales, release.ruledScales) : undefined
  for (const [number, group] of lattice.groups.entries()) {
    const sent =
      group.scope === 'all' || (group.scope === 'strand' ? strands : services).has(group.scopeCode)
    if (!sent || (group.place === 'ward' && !wards.has(group.placeCode))) continue
    if (!isToldBy(use, group)) continue
    const first = cellNumber(lattice, number, quarter, 0, 0)
    printed.fill(0, first, cellNumber(lattice, number, quarter + 1, 0, 0))
  }
}
