import { columnLetters, columnOfReference } from '#core/tabular/column-letters.ts'
import type { Headings } from '#core/tabular/header/headings.ts'
import type { StrikingRule } from '#core/tabular/table.ts'
import { FADED_TEXT, STRUCK } from './cell-style.ts'

/**
 * Rules of a sheet that strike out or grey the cells for which a formula holds. A formula is
 * another program's to evaluate, so what is told is where the rule applies and what it looks at.
 */

/** A rule as the sheet has it. */
export interface LookRule {
  /** Areas such as `A2:F200`, separated by spaces. */
  readonly range: string
  /** Bits of `CellStyle.look`. */
  readonly look: number
  readonly formula: string
}

/** Most rules that are kept of a sheet, and the longest areas and formulas. */
const MOST_RULES = 1_000
const MOST_TOLD = 10
const LONGEST = 2_000
/** Grey in a column or two marks no row, as of cells that look: row-looks.ts. */
const FEWEST_GREY = 3

/** Gathers the rules of one sheet. */
export class StrikingRules {
  readonly #rules: LookRule[] = []

  add({ range, look, formula }: LookRule): void {
    if ((look & (STRUCK | FADED_TEXT)) === 0 || this.#rules.length >= MOST_RULES) return
    this.#rules.push({ look, range: range.slice(0, LONGEST), formula: formula.slice(0, LONGEST) })
  }

  /** Those that reach rows below the headings, each place once. */
  told(headings: Headings): StrikingRule[] {
    const told = new Map<string, StrikingRule>()
    for (const { range, look, formula } of this.#rules) {
      const areas = areasOf(range).filter(({ bottom }) => bottom > headings.headerRow)
      const reached = headings.columns.filter((column) =>
        areas.some(({ left, right }) => left <= column && column <= right),
      )
      if (reached.length < ((look & STRUCK) === 0 ? FEWEST_GREY : 1)) continue
      const place = areas.map(({ name }) => name).join(', ')
      const columns = new Set([
        ...(told.get(place)?.columns ?? []),
        ...columnsIn(formula).map((column) => headingOf(column, headings)),
      ])
      told.set(place, { range: place, columns: [...columns] })
    }
    return [...told.values()].slice(0, MOST_TOLD)
  }
}

interface NamedArea {
  readonly name: string
  readonly left: number
  readonly right: number
  readonly bottom: number
}

/** `A2:F200`, `F7`, `A:F` and `2:200`; what is none of them is passed over. */
function areasOf(range: string): NamedArea[] {
  return range.split(/\s+/).flatMap((name) => {
    const ends = /^([A-Z]{1,3})?([0-9]{1,7})?(?::([A-Z]{1,3})?([0-9]{1,7})?)?$/.exec(name)
    if (ends === null || name === '') return []
    const [, left, top, right = left, bottom = top] = ends
    return [
      {
        name,
        left: left === undefined ? 0 : columnOfReference(left),
        right: right === undefined ? Infinity : columnOfReference(right),
        bottom: bottom === undefined ? Infinity : Number(bottom),
      },
    ]
  })
}

/** The columns that a formula looks at: text in quotes and cells of other sheets are none. */
function columnsIn(formula: string): number[] {
  const cells = formula
    .replaceAll(/"[^"]*"/g, ' ')
    .matchAll(/(?<![A-Za-z0-9_.!$])\$?([A-Z]{1,3})\$?[0-9]{1,7}(?![A-Za-z0-9_.(!])/g)
  return [...new Set([...cells].map(([, letters = '']) => columnOfReference(letters)))]
}

function headingOf(column: number, { columns, names }: Headings): string {
  return names[columns.indexOf(column)] ?? columnLetters(column)
}
