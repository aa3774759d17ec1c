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
 * The styles of an OpenDocument spreadsheet, as far as a cell's look is theirs: the automatic ones
 * of its cells, and those that people name ("Struck out"), which these build on. Source:
 * OpenDocument 1.3 part 3, 16 (styles), 20 (formatting attributes).
 */

/** What a style says; undefined where it leaves that to the style it builds on. */
interface Style {
  readonly parent: string | undefined
  struck: boolean | undefined
  colour: Tone
  ground: Tone
  isHidden: boolean
  readonly dateFormat: string | undefined
  readonly rules: StyleRule[]
}

/** Another style that a cell has while a condition holds. */
export interface StyleRule {
  readonly condition: string
  /** The name of that style. */
  readonly applied: string
}

/** Most styles that are kept. */
const MOST_STYLES = 100_000
/** Most styles that build on each other, and most rules of one. */
const MOST_PARENTS = 20
const MOST_RULES = 100
const NO_RULES: readonly StyleRule[] = []

/** Collects styles by name. `named` are those of the whole file, which its own build on. */
export class OdsStyles {
  readonly #named: OdsStyles | undefined
  readonly #styles = new Map<string, Style>()
  /** Letters of the parts of each date format: d, m, y. */
  readonly #dates = new Map<string, Set<string>>()
  readonly #cells = new Map<string, CellStyle>()
  /** Styles with what they build on. */
  readonly #wholes = new Map<string, Style>()
  #style: Style | undefined
  #date: Set<string> | undefined

  constructor(named?: OdsStyles) {
    this.#named = named
  }

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
        return
      case 'map':
        this.#openRule(scanner)
    }
  }

  /** Whether a sheet of this style is hidden. */
  isHidden(name: string): boolean {
    return this.#styles.get(name)?.isHidden === true
  }

  /** Whether a stretch of text of this style is struck out. */
  isStruck(name: string): boolean {
    return this.#whole(name)?.struck === true
  }

  /** The rules of a style and of those that it builds on. */
  rulesOf(name: string): readonly StyleRule[] {
    return this.#whole(name)?.rules ?? NO_RULES
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
      parent: scanner.attribute('parent-style-name'),
      struck: undefined,
      colour: undefined,
      ground: undefined,
      isHidden: false,
      dateFormat: scanner.attribute('data-style-name'),
      rules: [],
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
    if (line !== undefined || type !== undefined) style.struck = isStruck(line) || isStruck(type)
    style.colour = toneOf(scanner.attribute('color'))
  }

  #openRule(scanner: XmlScanner): void {
    const rules = this.#style?.rules
    if (rules === undefined || rules.length >= MOST_RULES) return
    rules.push({
      condition: scanner.attribute('condition') ?? '',
      applied: scanner.attribute('apply-style-name') ?? '',
    })
  }

  #find(name: string): Style | undefined {
    // Names are written with their spaces encoded, and in some places without.
    const encoded = name.replaceAll(' ', '_20_')
    const own = this.#styles.get(name) ?? this.#styles.get(encoded)
    return own ?? (this.#named === undefined ? undefined : this.#named.#find(name))
  }

  #dateParts(format: string | undefined): Set<string> | undefined {
    const own = this.#dates.get(format ?? '')
    return own ?? (this.#named === undefined ? undefined : this.#named.#dateParts(format))
  }

  /** A style with what it builds on; asked for cells, when every style is known. */
  #whole(name: string): Style | undefined {
    const known = this.#wholes.get(name)
    if (known !== undefined) return known
    let whole = this.#find(name)
    if (whole === undefined) return undefined
    for (let at = 0; at < MOST_PARENTS && whole.parent !== undefined; at += 1) {
      const parent = this.#find(whole.parent)
      if (parent === undefined) break
      whole = builtOn(parent, whole)
    }
    if (this.#wholes.size < MOST_STYLES) this.#wholes.set(name, whole)
    return whole
  }

  #cellStyle(name: string): CellStyle {
    const style = this.#whole(name)
    if (style === undefined) return PLAIN_STYLE
    const { struck, colour, ground, dateFormat } = style
    const isUnseen = isWhite(colour) && (ground === undefined || isWhite(ground))
    const look = (struck === true ? STRUCK : 0) | lookOf(colour, ground) | (isUnseen ? UNSEEN : 0)
    const parts = this.#dateParts(dateFormat)
    const isPartDate =
      parts !== undefined && parts.size > 0 && !(parts.has('day') && parts.has('year'))
    return { ...PLAIN_STYLE, look, isPartDate }
  }
}

function builtOn(parent: Style, style: Style): Style {
  return {
    parent: parent.parent,
    struck: style.struck ?? parent.struck,
    colour: style.colour ?? parent.colour,
    ground: style.ground ?? parent.ground,
    isHidden: style.isHidden || parent.isHidden,
    dateFormat: style.dateFormat ?? parent.dateFormat,
    rules: [...style.rules, ...parent.rules],
  }
}

function toneOf(colour: string | undefined): Tone {
  if (colour === undefined || !/^#[0-9a-f]{6}$/i.test(colour)) return undefined
  return greyOfHex(colour.slice(1)) ?? 'hue'
}
