import type { Linkability } from '#core/checks/record-tally.ts'
import type { QuarterFigures } from '#core/checks/quarters/quarter-figures.ts'
import type { FindingCount } from '#core/standard/finding.ts'
import type { TriedOut } from './read-board.ts'

/** What is measured of one file, or of those of a time together. */
export type Measured = Pick<
  TriedOut,
  'rows' | 'accepted' | 'share' | 'figures' | 'linkability' | 'findings'
>

/**
 * The files of the quarters `from` to `to` as one: of each quarter the file that was sent last, counts
 * added up. Undefined where there is none. `files` are the latest first.
 */
export function windowOf(
  files: readonly TriedOut[],
  { from, to }: { readonly from: string; readonly to: string },
): (Measured & { readonly files: number }) | undefined {
  const last = new Map<string, TriedOut>()
  for (const file of files) {
    if (file.quarter >= from && file.quarter <= to && !last.has(file.quarter)) {
      last.set(file.quarter, file)
    }
  }
  const chosen = [...last.values()]
  if (chosen.length === 0) return undefined
  const [rows, accepted] = [sum(chosen, 'rows'), sum(chosen, 'accepted')]
  return {
    ...{ files: chosen.length, rows, accepted },
    share: rows === 0 ? null : accepted / rows,
    figures: added<QuarterFigures>(chosen.map(({ figures }) => figures)),
    linkability: added<Linkability>(chosen.map(({ linkability }) => linkability)),
    findings: findingsOf(chosen),
  }
}

function sum(files: readonly TriedOut[], name: 'rows' | 'accepted'): number {
  return files.reduce((all, file) => all + file[name], 0)
}

/** Counts by their names, added up; null where none of them is there, or none of one. */
function added<Counts extends object>(all: readonly (Counts | null)[]): Counts | null {
  const known = all.filter((one) => one !== null)
  const [first] = known
  if (first === undefined) return null
  return Object.fromEntries(
    Object.keys(first).map((name) => {
      const values = known.flatMap((one) => (one as Record<string, number | null>)[name] ?? [])
      return [name, values.length === 0 ? null : values.reduce((all, one) => all + one, 0)]
    }),
  ) as Counts
}

function findingsOf(files: readonly TriedOut[]): FindingCount[] {
  const found = new Map<string, FindingCount>()
  for (const finding of files.flatMap(({ findings }) => findings)) {
    const name = `${finding.code} ${finding.field}`
    const before = found.get(name)
    found.set(name, { ...finding, rows: finding.rows + (before?.rows ?? 0) })
  }
  return [...found.values()]
}
