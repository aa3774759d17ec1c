import {
  greyOfHex,
  isWhite,
  lookOf,
  PLAIN_STYLE,
  STRUCK,
  UNSEEN,
} from '#core/tabular/workbook/cell-style.ts'
import type { CellStyle, Tone } from '#core/tabular/workbook/cell-style.ts'
import type { XmlScanner } from '#core/tabular/workbook/xml-scanner.ts'

/**
 * The automatic styles of an OpenDocument spreadsheet, as far as a cell's look is theirs. Source:
 * OpenDocument 1.3 part 3, 16 (styles), 20 (formatting attributes).
 */

interface Style {
  struck: boolean
  colour: Tone
  /** Undefined is no ground. */
  ground: Tone
  isHidden: boolean
  readonly dateFormat: string | undefined
}

/** Most styles that are kept. */
const MOST_STYLES = 100_000

/** Collects styles by name. */
export class OdsStyles {
  readonly #styles = new Map<string, Style>()
  /** Letters of the parts of each date format: d, m, y. */
  readonly #dates = new Map<string, Set<string>>()
  readonly #cells = new Map<string, CellStyle>()
  #style: Style | undefined
  #date: Set<string> | undefined

  /** Takes the opening of an element among the styles. */
  open(name: string, scanner: XmlScanner): void {
    switch (name) {
      case 'style':
        this.#openStyle(scanner)
        return
      case 'date-style':
        this.#style = undefined
        this.#date = new Set()
        if (this.#dates.size < MOST_STYLES)
          this.#dates.set(scanner.attribute('name') ?? '', this.#date)
        return
      case 'day':
      case 'month':
      case 'year':
        this.#date?.add(name)
        return
      case 'text-properties':
        this.#openText(scanner)
        return
      case 'table-cell-properties':
        if (this.#style !== undefined)
          this.#style.ground = toneOf(scanner.attribute('background-color'))
        return
      case 'table-properties':
        if (this.#style !== undefined && scanner.attribute('display') === 'false')
          this.#style.isHidden = true
    }
  }

  /** Whether a sheet of this style is hidden. */
  isHidden(name: string): boolean {
    return this.#styles.get(name)?.isHidden === true
  }

  /** Whether a stretch of text of this style is struck out. */
  isStruck(name: string): boolean {
    return this.#styles.get(name)?.struck === true
  }

  /** The style of a cell. */
  cell(name: string): CellStyle {
    let style = this.#cells.get(name)
    if (style === undefined) {
      style = this.#cellStyle(name)
      if (this.#cells.size < MOST_STYLES) this.#cells.set(name, style)
    }
    return style
  }

  #openStyle(scanner: XmlScanner): void {
    this.#date = undefined
    this.#style = {
      struck: false,
      colour: undefined,
      ground: undefined,
      isHidden: false,
      dateFormat: scanner.attribute('data-style-name'),
    }
    if (this.#styles.size < MOST_STYLES)
      this.#styles.set(scanner.attribute('name') ?? '', this.#style)
  }

  #openText(scanner: XmlScanner): void {
    const style = this.#style
    if (style === undefined) return
    const line = scanner.attribute('text-line-through-style')
    const type = scanner.attribute('text-line-through-type')
    const isStruck = (value: string | undefined) => value !== undefined && value !== 'none'
    style.struck = isStruck(line) || isStruck(type)
    style.colour = toneOf(scanner.attribute('color'))
  }

  #cellStyle(name: string): CellStyle {
    const style = this.#styles.get(name)
    if (style === undefined) return PLAIN_STYLE
    const { struck, colour, ground, dateFormat } = style
    const isUnseen = isWhite(colour) && (ground === undefined || isWhite(ground))
    const look = (struck ? STRUCK : 0) | lookOf(colour, ground) | (isUnseen ? UNSEEN : 0)
    const parts = this.#dates.get(dateFormat ?? '')
    const isPartDate =
      parts !== undefined && parts.size > 0 && !(parts.has('day') && parts.has('year'))
    return { ...PLAIN_STYLE, look, isPartDate }
  }
}

function toneOf(colour: string | undefined): Tone {
  if (colour === undefined || !/^#[0-9a-f]{6}$/i.test(colour)) return undefined
  return greyOfHex(colour.slice(1)) ?? 'hue'
}
