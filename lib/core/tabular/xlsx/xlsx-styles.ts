import {
  greyOfHex,
  isWhite,
  lookOf,
  PLAIN_STYLE,
  STRUCK,
  styleOfBuiltIn,
  styleOfCode,
  UNSEEN,
} from '#core/tabular/workbook/cell-style.ts'
import type { CellStyle, Tone } from '#core/tabular/workbook/cell-style.ts'
import { ignore, readPart } from '#core/tabular/workbook/package-parts.ts'
import { isTrue } from './xlsx-workbook.ts'
import type { Workbook } from './xlsx-workbook.ts'
import type { XmlHandler, XmlScanner } from '#core/tabular/workbook/xml-scanner.ts'

/**
 * The cell styles of a workbook. Source: ECMA-376 part 1, 18.8 (styles).
 */

/** The styles of a workbook, each list in its order. */
export interface Styles {
  /** The style of each `s` of a cell. */
  readonly cells: readonly CellStyle[]
  /** What each `dxfId` of a rule makes of a cell: bits of `CellStyle.look`. */
  readonly ruled: readonly number[]
}

/** The styles of a workbook; none for a workbook without styles. */
export async function readStyles(workbook: Workbook): Promise<Styles> {
  if (workbook.styles === undefined) return { cells: [], ruled: [] }
  const reader = new StylesReader()
  await readPart(workbook, workbook.styles, reader)
  return { cells: reader.cells(), ruled: reader.ruled() }
}

/** Whether an on-off element such as `<strike/>` is on. */
export function isOn(scanner: XmlScanner): boolean {
  const value = scanner.attribute('val')
  return value === undefined || isTrue(value)
}

/** The font of a format that a rule gives (18.8.14, `dxf`); colours of its borders are not its own. */
export class RuledFont {
  /** `STRUCK` or 0. */
  struck = 0
  colour: Tone
  #inFont = false

  open(name: string, scanner: XmlScanner): void {
    if (name === 'font') this.#inFont = true
    else if (!this.#inFont) return
    else if (name === 'strike') this.struck = isOn(scanner) ? STRUCK : 0
    else if (name === 'color') this.colour = toneOf(scanner)
  }

  close(name: string): void {
    if (name === 'font') this.#inFont = false
  }
}

interface Font {
  struck: boolean
  colour: Tone
}

const LISTS = ['fonts', 'fills', 'cellXfs', 'dxfs'] as const
type List = (typeof LISTS)[number]

class StylesReader implements XmlHandler {
  readonly #own = new Map<number, CellStyle>()
  readonly #fonts: Font[] = []
  readonly #fills: Tone[] = []
  readonly #cells: { format: number; font: number; fill: number }[] = []
  readonly #ruled: RuledFont[] = []
  #list: List | undefined
  #isSolid = false
  readonly text = ignore

  open(name: string, scanner: XmlScanner): void {
    switch (this.#list) {
      case undefined:
        this.#list = LISTS.find((list) => list === name)
        if (name === 'numFmt') this.#openFormat(scanner)
        return
      case 'fonts':
        this.#openInFonts(name, scanner)
        return
      case 'fills':
        this.#openInFills(name, scanner)
        return
      case 'cellXfs':
        if (name === 'xf') this.#openCell(scanner)
        return
      case 'dxfs':
        if (name === 'dxf') this.#ruled.push(new RuledFont())
        else this.#ruled.at(-1)?.open(name, scanner)
    }
  }

  close(name: string): void {
    if (name === this.#list) this.#list = undefined
    else if (this.#list === 'dxfs') this.#ruled.at(-1)?.close(name)
  }

  ruled(): number[] {
    return this.#ruled.map(({ struck, colour }) => struck | lookOf(colour, undefined))
  }

  cells(): CellStyle[] {
    return this.#cells.map(({ format, font, fill }) => {
      const style = this.#own.get(format) ?? styleOfBuiltIn(format)
      const { struck, colour } = this.#fonts[font] ?? { struck: false, colour: undefined }
      const ground = this.#fills[fill]
      const isUnseen = isWhite(colour) && (ground === undefined || isWhite(ground))
      const look = (struck ? STRUCK : 0) | lookOf(colour, ground) | (isUnseen ? UNSEEN : 0)
      if (look === 0 && style.format === 0 && style.display === undefined && style.look === 0)
        return PLAIN_STYLE
      return { ...style, look: style.look | look }
    })
  }

  #openFormat(scanner: XmlScanner): void {
    const code = scanner.attribute('formatCode') ?? ''
    this.#own.set(Number(scanner.attribute('numFmtId')), styleOfCode(code))
  }

  #openInFonts(name: string, scanner: XmlScanner): void {
    if (name === 'font') {
      this.#fonts.push({ struck: false, colour: undefined })
      return
    }
    const font = this.#fonts.at(-1)
    if (font === undefined) return
    if (name === 'strike') font.struck = isOn(scanner)
    else if (name === 'color') font.colour = toneOf(scanner)
  }

  #openInFills(name: string, scanner: XmlScanner): void {
    const last = this.#fills.length - 1
    if (name === 'fill') this.#fills.push(undefined)
    else if (last < 0) return
    else if (name === 'gradientFill') this.#fills[last] = 'hue'
    else if (name === 'patternFill') {
      const type = scanner.attribute('patternType') ?? 'none'
      this.#isSolid = type === 'solid'
      if (!this.#isSolid)
        this.#fills[last] = GREY_PATTERN.test(type)
          ? PATTERN_GREY
          : type === 'none'
            ? undefined
            : 'hue'
    } else if (name === 'fgColor' && this.#isSolid) {
      this.#fills[last] = toneOf(scanner)
    }
  }

  #openCell(scanner: XmlScanner): void {
    this.#cells.push({
      format: Number(scanner.attribute('numFmtId') ?? 0),
      font: Number(scanner.attribute('fontId') ?? 0),
      fill: Number(scanner.attribute('fillId') ?? 0),
    })
  }
}

/** Dots of the text's colour, black unless it says another, look grey. */
const GREY_PATTERN = /^(gray125|gray0625|lightGray|mediumGray|darkGray)$/
const PATTERN_GREY = 0.8

/** The greys of the old palette (18.8.27): black, white, and four between. */
const PALETTE: ReadonlyMap<string, number> = new Map([
  ...['0', '8', '64'].map((index) => [index, 0] as const),
  ...['1', '9', '65'].map((index) => [index, 1] as const),
  ['22', 0.75],
  ['23', 0.5],
  ['55', 0.59],
  ['63', 0.2],
])

/** The first three colours of a theme, as every theme has them: white, black, and a light one. */
const THEME: ReadonlyMap<string, number> = new Map([
  ['0', 1],
  ['1', 0],
  ['2', 0.91],
])

/** A colour as it is said (18.8.3: `rgb`, `theme` with `tint`, or `indexed`). */
function toneOf(scanner: XmlScanner): Tone {
  const rgb = scanner.attribute('rgb')
  const theme = scanner.attribute('theme')
  const indexed = scanner.attribute('indexed')
  const base =
    rgb !== undefined
      ? greyOfHex(rgb)
      : theme !== undefined
        ? THEME.get(theme)
        : PALETTE.get(indexed ?? '')
  const tint = Number(scanner.attribute('tint') ?? 0)
  if (base === undefined) return isHue(rgb, theme, indexed) ? 'hue' : undefined
  if (!Number.isFinite(tint)) return base
  return tint < 0 ? base * (1 + tint) : base + (1 - base) * tint
}

/** Whether what is said of a colour that is no grey says a colour: dark text, as titles have, is none. */
function isHue(
  rgb: string | undefined,
  theme: string | undefined,
  indexed: string | undefined,
): boolean {
  if (rgb !== undefined) return /^(?:[0-9a-f]{2})?[0-9a-f]{6}$/i.test(rgb)
  // 3 is the dark colour of every theme, 10 and 11 are those of links.
  if (theme !== undefined) return /^[4-9]$/.test(theme)
  return indexed !== undefined && Number(indexed) < 64
}
