import type { Linkability } from '#core/checks/record-tally.ts'
import type { QuarterFigures } from '#core/checks/quarters/quarter-figures.ts'
import type { FindingCount } from '#core/standard/finding.ts'
import type { Measured } from './measured.ts'

/** A file of a quarter. */
type OfQuarter = Measured & { readonly quarter: string }

/**
 * The files of the quarters `from` to `to` as one: of each quarter the file that was sent last, counts
 * added up. Undefined where there is none. `files` are the latest first.
 */
export function windowOf(
  files: readonly OfQuarter[],
  { from, to }: { readonly from: string; readonly to: string },
): (Measured & { readonly files: number }) | undefined {
  const last = new Map<string, OfQuarter>()
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

function sum(files: readonly Measured[], name: 'rows' | 'accepted'): number {
  return files.reduce((all, file) => all + file[name], 0)
}

/**
 * Counts by their names, added up; null where none of them is there, or none of one. What a file was not
 * counted by is left out: it would be a share of others' people.
 */
function added<Counts extends object>(all: readonly (Counts | null)[]): Counts | null {
  const known = all.filter((one) => one !== null)
  const [first] = known
  if (first === undefined) return null
  const names = Object.keys(first).filter((name) => known.every((one) => name in one))
  return Object.fromEntries(
    names.map((name) => {
      const values = known.flatMap((one) => (one as Record<string, number | null>)[name] ?? [])
      return [name, values.length === 0 ? null : values.reduce((all, one) => all + one, 0)]
    }),
  ) as Counts
}

function findingsOf(files: readonly Measured[]): FindingCount[] {
  const found = new Map<string, FindingCount>()
  for (const finding of files.flatMap(({ findings }) => findings)) {
    const name = `${finding.code} ${finding.field}`
    const before = found.get(name)
    found.set(name, { ...finding, rows: finding.rows + (before?.rows ?? 0) })
  }
  return [...found.values()]
}
