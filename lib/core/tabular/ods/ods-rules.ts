import type { SheetFindings } from '#core/tabular/workbook/sheet-findings.ts'
import type { XmlScanner } from '#core/tabular/workbook/xml-scanner.ts'
import { columnLetters } from '#core/tabular/column-letters.ts'
import type { OdsStyles, StyleRule } from './ods-styles.ts'

/**
 * Rules of an OpenDocument spreadsheet that change how cells look. LibreOffice writes them below
 * the rows, with their areas; the standard knows them as maps of a cell's style, whose area is that
 * of the cells that have it. Source: OpenDocument 1.3 part 3, 16.3 (`style:map`); LibreOffice's
 * `calcext:conditional-formats`.
 */

/** Grey for cells that hold nothing, or an error, says nothing of who is in the row. */
const OF_NOBODY = /^(?:is-(?:no-)?error\b|(?:=|!=)""$)/

/** The first and last row and column that hold cells of a style with a rule, counted from 0. */
interface Area {
  top: number
  bottom: number
  left: number
  right: number
}

/** Gathers the rules of one sheet while it is read. */
export class OdsRules {
  readonly #styles: OdsStyles
  readonly #findings: SheetFindings
  readonly #areas = new Map<string, Area>()
  #range = ''

  constructor(styles: OdsStyles, findings: SheetFindings) {
    this.#styles = styles
    this.#findings = findings
  }

  /** Takes the opening of an element among the conditional formats of a sheet. */
  open(name: string, scanner: XmlScanner): void {
    if (name === 'conditional-format')
      this.#range = spreadsheetRange(scanner.attribute('target-range-address') ?? '')
    if (name !== 'condition') return
    this.#add(this.#range, {
      applied: scanner.attribute('apply-style-name') ?? '',
      condition: scanner.attribute('value') ?? '',
    })
  }

  /** Notes a cell that holds something; its style may have rules. */
  addCell(style: string, row: number, column: number): void {
    if (this.#styles.rulesOf(style).length === 0) return
    const area = this.#areas.get(style)
    if (area === undefined) {
      this.#areas.set(style, { top: row, bottom: row, left: column, right: column })
      return
    }
    area.bottom = row
    area.left = Math.min(area.left, column)
    area.right = Math.max(area.right, column)
  }

  /** Hands on the rules of styles, at the end of the sheet. */
  finish(): void {
    for (const [style, { top, bottom, left, right }] of this.#areas) {
      const range = `${columnLetters(left)}${String(top + 1)}:${columnLetters(right)}${String(bottom + 1)}`
      for (const rule of this.#styles.rulesOf(style)) this.#add(range, rule)
    }
  }

  #add(range: string, { condition, applied }: StyleRule): void {
    if (OF_NOBODY.test(condition)) return
    const { look } = this.#styles.cell(applied)
    this.#findings.addRule({ range, look, formula: spreadsheetFormula(condition) })
  }
}

/** `'My data'.$A$2:'My data'.F13` as a workbook writes it: `A2:F13`. */
function spreadsheetRange(range: string): string {
  const cells = range.matchAll(/[.]\$?([A-Z]{1,3})\$?([0-9]{1,7})(?=(:?))/g)
  return [...cells].map(([, column, row, colon]) => `${column}${row}${colon || ' '}`).join('')
}

/** `is-true-formula([.$G2]>5)` with references as a workbook writes them. */
function spreadsheetFormula(formula: string): string {
  return formula.replaceAll(/\[[.]([^[\]]*)\]/g, (_, cells: string) => cells.replaceAll('.', ''))
}
