import { lookOf } from '#core/tabular/workbook/cell-style.ts'
import type { SheetFindings } from '#core/tabular/workbook/sheet-findings.ts'
import type { XmlScanner } from '#core/tabular/workbook/xml-scanner.ts'
import { RuledFont } from './xlsx-styles.ts'

/**
 * Rules by which a sheet strikes out or greys its cells. They are not evaluated: what they are about is told.
 * Source: ECMA-376 part 1, 18.3.1.18 (conditionalFormatting), 18.3.1.10 (cfRule); for rules in an
 * extension, [MS-XLSX] 2.6.
 */

/** Grey for cells that hold nothing, or an error, says nothing of who is in the row. */
const OF_NOBODY = /^(?:not)?contains(?:Blanks|Errors)$/

interface Rule {
  readonly type: string
  look: number
  formula: string
}

/** Takes the elements of conditional formats, which stand behind the rows of a sheet. */
export class SheetRules {
  readonly #ruled: readonly number[]
  readonly #findings: SheetFindings
  #isOpen = false
  #range = ''
  #rules: Rule[] = []
  #font: RuledFont | undefined
  #wanted: 'formula' | 'range' | undefined

  /** `ruled` are the looks of the differential formats of the workbook, in their order. */
  constructor(ruled: readonly number[], findings: SheetFindings) {
    this.#ruled = ruled
    this.#findings = findings
  }

  open(name: string, scanner: XmlScanner): void {
    if (name === 'conditionalFormatting') {
      this.#isOpen = true
      this.#range = scanner.attribute('sqref') ?? ''
      this.#rules = []
    } else if (this.#isOpen) this.#openInside(name, scanner)
  }

  /** Text that was wanted of an element of a rule. */
  text(text: string): void {
    const rule = this.#rules.at(-1)
    if (this.#wanted === 'range') this.#range += text
    else if (this.#wanted === 'formula' && rule !== undefined) rule.formula += ` ${text}`
  }

  close(name: string, scanner: XmlScanner | undefined): void {
    if (!this.#isOpen) return
    if (this.#wanted !== undefined && scanner !== undefined) scanner.wantsText = false
    this.#wanted = undefined
    this.#font?.close(name)
    const rule = this.#rules.at(-1)
    if (name === 'dxf' && rule !== undefined && this.#font !== undefined) {
      rule.look |= lookOf(this.#font.colour, undefined) | this.#font.struck
      this.#font = undefined
    } else if (name === 'conditionalFormatting') {
      this.#isOpen = false
      for (const { type, look, formula } of this.#rules)
        if (look !== 0 && !OF_NOBODY.test(type))
          this.#findings.addRule({ range: this.#range, look, formula })
    }
  }

  #openInside(name: string, scanner: XmlScanner): void {
    if (this.#font !== undefined) this.#font.open(name, scanner)
    else if (name === 'cfRule') {
      const format = scanner.attribute('dxfId')
      const look = format === undefined ? 0 : (this.#ruled[Number(format)] ?? 0)
      this.#rules.push({ type: scanner.attribute('type') ?? '', look, formula: '' })
    } else if (name === 'dxf') this.#font = new RuledFont()
    else if (name === 'formula' || name === 'f') this.#want('formula', scanner)
    else if (name === 'sqref') this.#want('range', scanner)
  }

  #want(wanted: 'formula' | 'range', scanner: XmlScanner): void {
    this.#wanted = wanted
    scanner.wantsText = true
  }
}
