import type pg from 'pg'
import type { RepairedRelease } from '#core/disclosure/attack/repaired-release.ts'
import { cellNumber, MEASURES, SPANS, type Lattice } from '#core/disclosure/lattice.ts'
import { readCell } from '#core/disclosure/print-lattice.ts'
import { HIDDEN, type Printed } from '#core/disclosure/printed.ts'
import type { ReleaseFacts } from '#core/disclosure/release-text.ts'
import type { ReleasedCell } from '#core/disclosure/released-figures.ts'
import { isAspect } from '#core/disclosure/released-use.ts'
import { CopyBuffer } from '#server/platform/db/copy-buffer.ts'
import { copyIn } from '#server/platform/db/copy-in.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'

/** The cells that are stored: those that do not print 0. */
export function storedCells(lattice: Lattice, printed: Int32Array): ReleasedCell[] {
  const cells: ReleasedCell[] = []
  for (const [group, described] of lattice.groups.entries()) {
    for (const [quarter, name] of lattice.lists.quarters.entries()) {
      for (const [span, spanName] of SPANS.entries()) {
        for (const [measure, measureName] of MEASURES.entries()) {
          const value = printed[cellNumber(lattice, group, quarter, span, measure)] ?? 0
          if (value === 0) continue
          cells.push({
            ...described,
            quarter: name,
            span: spanName,
            measure: measureName,
            printed: readCell(value),
          })
        }
      }
    }
  }
  return cells
}

/** What the repair hid of a release, and for which cells' sake, in words that last. */
export function repairRecord(lattice: Lattice, { hidden, ...facts }: RepairedRelease) {
  return {
    inDoubt: facts.untold,
    rounds: facts.rounds,
    unknowns: facts.unknowns,
    solverCalls: facts.solverCalls,
    hidden: hidden.map(({ cell, figure, sake }) => ({
      cell: cellWords(lattice, cell),
      figure,
      sake: sake.map((one) => cellWords(lattice, one)),
    })),
  }
}

/** A cell as the release's text writes it, without what it prints. */
function cellWords({ lists, groups }: Lattice, cell: number): string {
  const perQuarter = SPANS.length * MEASURES.length
  const within = cell % perQuarter
  const row = Math.floor(cell / perQuarter)
  const group = groups[Math.floor(row / lists.quarters.length)]
  return [
    lists.quarters[row % lists.quarters.length],
    SPANS[Math.floor(within / MEASURES.length)],
    ...[group?.scope, group?.scopeCode, group?.place, group?.placeCode],
    ...[group?.attribute, group?.attributeValue],
    MEASURES[within % MEASURES.length],
  ].join(' ')
}

/** Writes a release with its cells, which freezes them, and the record of its repair. */
export async function writeRelease(
  client: pg.ClientBase,
  facts: ReleaseFacts,
  actor: string,
  digest: Buffer,
  cells: readonly ReleasedCell[],
  repair: ReturnType<typeof repairRecord>,
): Promise<void> {
  const { services, strands, wards, settings, coverage, use, ...described } = facts
  const { id } = await inPrisma(client, ({ release }) =>
    release.create({
      data: {
        ...described,
        services: services.map(({ code }) => code),
        serviceStrands: services.map(({ strand }) => strand),
        settings: { ...settings },
        coverage: { ...coverage },
        strands: [...strands],
        wards: [...wards],
        holdsUse: use !== undefined,
        scales: use?.scales.map(({ code }) => code) ?? [],
        ruledScales: use?.scales.filter(({ isRuled }) => isRuled).map(({ code }) => code) ?? [],
        madeBy: actor,
        digest: new Uint8Array(digest),
      },
      select: { id: true },
    }),
  )
  await inPrisma(client, ({ releaseRepair }) =>
    releaseRepair.create({ data: { releaseId: id, ...repair }, select: { releaseId: true } }),
  )
  const release = Number(id)
  const ofUse = ({ attribute }: ReleasedCell): boolean => isAspect(attribute)
  await copyIn(
    client,
    `release_cell (release_id, quarter, span, scope, scope_code, place, place_code, attribute, attribute_value, measure, printed)`,
    encoded(cells.filter((cell) => !ofUse(cell)).map((cell) => reachValues(release, cell))),
  )
  await copyIn(
    client,
    `release_use_cell (release_id, quarter, span, scope, scope_code, aspect, aspect_value, printed)`,
    encoded(cells.filter(ofUse).map((cell) => useValues(release, cell))),
  )
}

/** A row of COPY: the release, texts, and the printed figure. */
type CellValues = readonly [release: number, texts: readonly string[], printed: Printed]

function reachValues(release: number, cell: ReleasedCell): CellValues {
  const { quarter, span, scope, scopeCode, place, placeCode, attribute, attributeValue } = cell
  const of = [quarter, span, scope, scopeCode, place, placeCode, attribute, attributeValue]
  return [release, [...of, cell.measure], cell.printed]
}

function useValues(release: number, cell: ReleasedCell): CellValues {
  const { quarter, span, scope, scopeCode, attribute, attributeValue, printed } = cell
  return [release, [quarter, span, scope, scopeCode, attribute, attributeValue], printed]
}

function* encoded(rows: Iterable<CellValues>): Generator<Buffer> {
  const buffer = new CopyBuffer()
  for (const [release, texts, printed] of rows) {
    buffer.row(2 + texts.length)
    buffer.int8(release)
    for (const text of texts) buffer.text(text)
    buffer.int4(printed === HIDDEN ? null : printed)
    if (buffer.length > 512 * 1024) yield buffer.take()
  }
  yield buffer.end()
}
