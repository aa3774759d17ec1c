import { displayOfCode, hidesNumbers, showsPartOfDate } from './number-display.ts'
import type { NumberDisplay } from './number-display.ts'
import { builtInFormat, formatOfCode } from './number-format.ts'
import type { NumberFormat } from './number-format.ts'

/**
 * What a style makes of a cell, as far as its text depends on it or a person sees it.
 */

/** Bits of `CellStyle.look`. */
export const STRUCK = 1
/** Grey text. */
export const FADED_TEXT = 2
/** A grey ground. */
export const FADED_GROUND = 8
/** White on white, or a number format that shows nothing. */
export const UNSEEN = 4
/** Text in a colour, such as red. */
export const COLOURED_TEXT = 16
/** A ground in a colour, such as yellow. */
export const COLOURED_GROUND = 32

export interface CellStyle {
  readonly format: NumberFormat
  readonly look: number
  /** How a number is shown where not as itself. */
  readonly display: NumberDisplay | undefined
  /** A date shown without its day or its year. */
  readonly isPartDate: boolean
}

/** A cell without a style of its own. */
export const PLAIN_STYLE: CellStyle = {
  format: 0,
  look: 0,
  display: undefined,
  isPartDate: false,
}

/** The style of a number format code. */
export function styleOfCode(code: string): CellStyle {
  const format = formatOfCode(code)
  const isDate = format === 'date'
  return {
    format,
    look: hidesNumbers(code) ? UNSEEN : 0,
    display: isDate ? undefined : displayOfCode(code),
    isPartDate: isDate && showsPartOfDate(code),
  }
}

const PERCENT_FORMATS = [9, 10]
/** `d-mmm` and `mmm-yy`. */
const PART_DATE_FORMATS = [16, 17]
/** `0`, `#,##0` and the like: without a fraction. */
const WHOLE_FORMATS = [1, 3, 37, 38]

/** The style of a format that no workbook spells out, by its id (ECMA-376 part 1, 18.8.30). */
export function styleOfBuiltIn(id: number): CellStyle {
  const isPercent = PERCENT_FORMATS.includes(id)
  const isWhole = WHOLE_FORMATS.includes(id)
  return {
    format: builtInFormat(id),
    look: 0,
    display:
      isPercent || isWhole ? { wholeDigits: 1, isWhole, isPercent, addsText: false } : undefined,
    isPartDate: PART_DATE_FORMATS.includes(id),
  }
}

/** How light a colour without a hue is, from 0, black, to 1; undefined for one that has a hue. */
export function greyOfHex(hex: string): number | undefined {
  const digits = /^(?:[0-9a-f]{2})?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex)
  if (digits === null) return undefined
  const parts = digits.slice(1).map((part) => parseInt(part, 16))
  const darkest = Math.min(...parts)
  const lightest = Math.max(...parts)
  return lightest - darkest > MOST_HUE ? undefined : lightest / 255
}

/** Parts of a colour that differ by less look grey. */
const MOST_HUE = 12

/** A colour: a grey by its lightness, or a hue; undefined where none is said. */
export type Tone = number | 'hue' | undefined

/** Bits of `look` for a text and its ground. */
export function lookOf(text: Tone, ground: Tone): number {
  return lookOfText(text) | lookOfGround(ground)
}

function lookOfText(text: Tone): number {
  if (text === 'hue') return COLOURED_TEXT
  return text !== undefined && text >= 0.45 && text <= 0.9 ? FADED_TEXT : 0
}

function lookOfGround(ground: Tone): number {
  if (ground === 'hue') return COLOURED_GROUND
  return ground !== undefined && ground >= 0.45 && ground <= 0.96 ? FADED_GROUND : 0
}

/** Whether a text of this lightness cannot be seen on white. */
export function isWhite(tone: Tone): boolean {
  return typeof tone === 'number' && tone > 0.97
}
