import {
  COLOURED_GROUND,
  COLOURED_TEXT,
  FADED_GROUND,
  FADED_TEXT,
  STRUCK,
  UNSEEN,
} from './cell-style.ts'
import type { SheetFindings } from './sheet-findings.ts'
import type { CellSign, RowSign } from './sheet-signs.ts'
import type { SheetReading } from './spreadsheet.ts'

/** A title, or the name of a group, may be grey or coloured; so few cells are no person’s. */
const FEWEST_MARKED = 3

/** Gathers how the cells of one row look, and says at its end what that makes of the row. */
export class RowLooks {
  readonly #headerRow: number
  readonly #leaveOut: readonly RowSign[]
  readonly #findings: SheetFindings
  #isHidden = false
  #isRemark = false
  #cells = 0
  #fadedText = 0
  #fadedGround = 0
  #colouredText = 0
  #colouredGround = 0
  #unseen = 0
  #struck: number[] = []
  /** Signs of cells and their columns, in pairs. */
  #marks: (readonly [CellSign, number])[] = []

  constructor({ headerRow, leaveOut }: SheetReading, findings: SheetFindings) {
    this.#headerRow = headerRow
    this.#leaveOut = leaveOut
    this.#findings = findings
  }

  /** Begins a row, hidden or not, with a remark that it is not to count or without one. */
  open(isHidden: boolean, isRemark: boolean): void {
    this.#isHidden = isHidden
    this.#isRemark = isRemark
    this.#cells = 0
    this.#fadedText = 0
    this.#fadedGround = 0
    this.#colouredText = 0
    this.#colouredGround = 0
    this.#unseen = 0
    if (this.#struck.length > 0) this.#struck = []
    if (this.#marks.length > 0) this.#marks = []
  }

  /** A comment in the row says that it is not to count. */
  remark(): void {
    this.#isRemark = true
  }

  /** A filled cell, with the bits of its look. */
  addCell(column: number, look: number): void {
    this.#cells += 1
    if (look === 0) return
    if ((look & FADED_TEXT) !== 0) this.#fadedText += 1
    if ((look & FADED_GROUND) !== 0) this.#fadedGround += 1
    if ((look & COLOURED_TEXT) !== 0) this.#colouredText += 1
    if ((look & COLOURED_GROUND) !== 0) this.#colouredGround += 1
    if ((look & UNSEEN) !== 0) this.#unseen += 1
    if ((look & STRUCK) !== 0) this.#struck.push(column)
  }

  /** Notes what one cell of the row differs in. */
  mark(sign: CellSign, column: number): void {
    this.#marks.push([sign, column])
  }

  /**
   * Ends a row that is filled, and the `times − 1` after it that are the same: counts what was
   * found. Answers whether the row is to be left out; then nothing else is counted of it.
   */
  close(fileRow: number, times: number): boolean {
    const findings = this.#findings
    const isBelow = fileRow > this.#headerRow
    const signs = isBelow ? this.#signs() : []
    if (signs.some((sign) => this.#leaveOut.includes(sign))) {
      findings.leftOutRows += times
      return true
    }
    if (isBelow) findings.filledRows += times
    if (signs.includes('faded') && this.#isMost(this.#fadedText)) findings.fadedTexts += times
    if (!signs.includes('struck')) for (const column of this.#struck) this.mark('struck', column)
    for (let time = 0; time < times; time += 1) {
      for (const sign of signs) findings.rows[sign].add(fileRow + time - this.#headerRow)
      for (const [sign, column] of this.#marks)
        findings.cells[sign].add(column, fileRow + time, this.#headerRow)
    }
    return false
  }

  #signs(): RowSign[] {
    const cells = this.#cells
    const signs: RowSign[] = []
    if (this.#isHidden) signs.push('hidden')
    if (this.#isRemark) signs.push('remark')
    if (this.#struck.length > 0 && this.#struck.length * 2 >= cells) signs.push('struck')
    if (this.#isMost(this.#unseen)) signs.push('unseen')
    const faded = Math.max(this.#fadedText, this.#fadedGround)
    if (faded >= FEWEST_MARKED && this.#isMost(faded)) signs.push('faded')
    const coloured = Math.max(this.#colouredText, this.#colouredGround)
    if (coloured >= FEWEST_MARKED && this.#isMost(coloured)) signs.push('coloured')
    return signs
  }

  /** A cell or two of a row may have been passed over when the others were marked. */
  #isMost(cells: number): boolean {
    return cells > 0 && cells * 3 >= this.#cells * 2
  }
}
