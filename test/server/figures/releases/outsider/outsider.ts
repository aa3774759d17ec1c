import Papa from 'papaparse'
import { MEASURES, nameOf, type Difference, type Row } from './figures.ts'
import { relate, type Relation } from './relations.ts'

/** What a figure of reach is broken down by; empty where it is not. */
const BROKEN_DOWN = ['', 'age-band', 'gender', 'ethnicity']

/**
 * An outsider who has every release's published table and docs/releases.md, and nothing else: all
 * of this folder is written from these, and shares no code with what makes or repairs a release.
 */

/** The least and the greatest that somebody takes a figure for. */
type Range = [least: number, greatest: number]

const BOUNDS = ['lower', 'upper', 'doubtful']

export class Outsider {
  readonly ranges = new Map<string, Range>()
  /** Figures that are hidden and always were. */
  readonly hidden = new Set<string>()
  relations: Relation[] = []
  differences: Difference[] = []
  readonly #printed = new Map<string, string>()
  readonly threshold: number

  constructor(threshold: number) {
    this.threshold = threshold
  }

  /** Reads a release after those before it, and narrows what each figure can be. */
  read(csv: string): void {
    const { data } = Papa.parse<Row>(csv.slice(1), { header: true, skipEmptyLines: true })
    // How services were used is told of other parts than these, which do not add up as they do.
    const rows = data.filter((row) => BROKEN_DOWN.includes(row['breakdown'] ?? ''))
    this.ranges.clear()
    this.hidden.clear()
    for (const row of rows) {
      const of = row['breakdown'] === '' ? [...MEASURES, ...BOUNDS] : ['people']
      for (const measure of of) this.#take(row, measure)
    }
    const related = relate(rows, (name) => this.ranges.has(name))
    this.relations = related.relations
    this.differences = related.differences
    this.narrow()
  }

  /** Puts what another outsider has read of the same counts to what this one has. */
  meet(other: Outsider): void {
    for (const [name, [least, greatest]] of other.ranges) {
      const [from, to] = this.at(name)
      this.ranges.set(name, [Math.max(from, least), Math.min(to, greatest)])
      if (!other.hidden.has(name)) this.hidden.delete(name)
    }
    this.narrow()
  }

  /** Narrows every range by every relation until nothing changes. */
  narrow(): void {
    let open: Iterable<Relation> = this.relations
    const usedBy = new Map<string, Relation[]>()
    for (const relation of this.relations) {
      for (const { name } of relation.terms) {
        const uses = usedBy.get(name)
        if (uses === undefined) usedBy.set(name, [relation])
        else uses.push(relation)
      }
    }
    for (let turn = 0; turn < 200; turn++) {
      const changed = new Set<string>()
      for (const relation of open) {
        for (const name of this.#tighten(relation)) changed.add(name)
      }
      if (changed.size === 0) return
      open = new Set([...changed].flatMap((name) => usedBy.get(name) ?? []))
    }
  }

  readonly at = (name: string): Range => {
    return this.ranges.get(name) ?? [0, Infinity]
  }

  /** The hidden figures and small differences that narrowing alone leaves fewer than five values. */
  told(): string[] {
    const small = this.differences.filter(({ whole, part }) => {
      const least = Math.max(0, this.at(whole)[0] - this.at(part)[1])
      const greatest = this.at(whole)[1] - this.at(part)[0]
      return least >= 1 && greatest <= this.threshold && greatest - least < 4
    })
    return [
      ...[...this.hidden].filter((name) => this.at(name)[1] - this.at(name)[0] < 4),
      ...small.map(({ whole, part }) => `${whole} less ${part}`),
    ]
  }

  #take(row: Row, measure: string): void {
    const value = row[measure] ?? ''
    if (value === '') return
    const name = nameOf(row, measure)
    const before = this.#printed.get(name)
    this.#printed.set(name, value)
    const isBound = BOUNDS.includes(measure)
    if (value === '*') {
      const isFresh = before === undefined
      if (!isBound && (isFresh || before === '*')) this.hidden.add(name)
      this.ranges.set(name, [isFresh ? 1 : 0, Infinity])
      return
    }
    const figure = Number(value)
    // Bounds never cross their people, and may be cut off.
    if (isBound && measure !== 'doubtful' && row['people'] === value) {
      this.ranges.set(name, [0, Infinity])
      return
    }
    const rounding = figure === 0 ? 0 : 2
    const fresh: Range =
      figure === 0 ? [0, 0] : [Math.max(this.threshold + 1, figure - 2), figure + 2]
    // A published value stays unless more people than the threshold came or went.
    const kept = this.threshold + rounding
    this.ranges.set(name, before === value ? [Math.max(0, figure - kept), figure + kept] : fresh)
  }

  #tighten({ terms, least, greatest }: Relation): string[] {
    let low = 0
    let high = 0
    for (const { name, sign } of terms) {
      const [from, to] = this.at(name)
      low += sign === 1 ? from : -to
      high += sign === 1 ? to : -from
    }
    if (low >= least && high <= greatest) return []
    const changed: string[] = []
    for (const { name, sign } of terms) {
      const [from, to] = this.at(name)
      const others = (end: 'low' | 'high'): number => {
        const sum = end === 'low' ? low : high
        const own = sign === 1 ? (end === 'low' ? from : to) : end === 'low' ? -to : -from
        if (Number.isFinite(sum)) return sum - own
        return this.#sumWithout(terms, name, end)
      }
      // sign · value lies within these.
      const most = greatest - others('low')
      const fewest = least - others('high')
      const next: Range =
        sign === 1
          ? [Math.max(from, fewest), Math.min(to, most)]
          : [Math.max(from, -most), Math.min(to, -fewest)]
      if (next[0] <= from && next[1] >= to) continue
      if (next[0] > next[1]) throw new Error(`what is printed does not add up: ${name}`)
      this.ranges.set(name, next)
      changed.push(name)
    }
    return changed
  }

  #sumWithout(terms: Relation['terms'], but: string, end: 'low' | 'high'): number {
    return terms.reduce((sum, { name, sign }) => {
      if (name === but) return sum
      const [from, to] = this.at(name)
      return sum + ((sign === 1) === (end === 'low') ? sign * from : sign * to)
    }, 0)
  }
}
