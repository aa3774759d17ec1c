import type { GroupPairs, Judgement, PairCounts } from './judge.ts'

/** Prints a line. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`)
}

/** Prints a table whose first column is words and whose others are numbers. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  for (const row of [head, ...rows]) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    print(`  ${cells.join('  ')}`)
  }
}

/** A share as percent. */
export function percent(share: number, digits = 2): string {
  return `${(share * 100).toFixed(digits)} %`
}

/** Prints precision and recall, in all and by every grouping. */
export function printPairs(title: string, { all, by }: Judgement): void {
  print(`\n${title}`)
  const rows = [['all', ...figures(all)]]
  for (const [grouping, groups] of by) {
    for (const [value, counts] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
      rows.push([`${grouping}: ${value}`, ...figures(counts)])
    }
  }
  printTable(
    ['pairs of', 'true', 'precision', 'recall', 'of attainable', 'false merges', 'missed', '±'],
    rows,
  )
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole
}

/**
 * The standard error of the share that is missed, from how far it is apart without each programme in turn (the
 * jackknife): pairs of one person come together, so that they are not counted as so many.
 */
function errorOfMissed({ counts, ofEach }: GroupPairs): string {
  if (ofEach.length < 2) return ''
  const without = ofEach.map((own) =>
    share(counts.reached - own.reached, counts.attainable - own.attainable),
  )
  const mean = without.reduce((sum, value) => sum + value, 0) / without.length
  const squares = without.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return percent(Math.sqrt((squares * (without.length - 1)) / without.length))
}

function figures(group: GroupPairs): string[] {
  const counts: PairCounts = group.counts
  const precision = share(counts.right, counts.found)
  const reached = share(counts.reached, counts.attainable)
  return [
    String(counts.true),
    percent(precision, 3),
    percent(share(counts.right, counts.true)),
    percent(reached),
    percent(1 - precision, 3),
    percent(1 - reached),
    errorOfMissed(group),
  ]
}
