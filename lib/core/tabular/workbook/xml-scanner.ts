import { ROW_CHARACTERS } from '#core/tabular/limits.ts'
import { FileRefused } from '#core/tabular/table.ts'

/**
 * Reads the XML of a workbook as it arrives, without building a tree. Namespaces are dropped
 * (`<x:row>` is `row`): strict and transitional workbooks differ in nothing else that is read here.
 * A document type declaration or an entity of its own refuses the file, so nothing can be fetched
 * or multiplied. It tells what saxes tells, which the tests hold it to, at five times the speed.
 */

/** What is told of a document in its order; names are without prefix. */
export interface XmlHandler {
  /** The attributes may be asked of `scanner` until this returns. */
  open(name: string, scanner: XmlScanner): void
  close(name: string): void
  /**
   * Text as it stands between two tags, entities resolved; only where `XmlScanner.wantsText` is
   * set.
   */
  text(text: string): void
}

const DEEPEST = 64
const MOST_ATTRIBUTES = 256

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

/** A scan of one document. Throws FileRefused: `xlsx-damaged`, `xlsx-dtd`, `cell-too-long`. */
export class XmlScanner {
  /**
   * Set by the handler while it wants the text: most text of a sheet is white space or is not
   * wanted.
   */
  wantsText = false
  readonly #handler: XmlHandler
  readonly #open: string[] = []
  #rest = ''
  #rootSeen = false
  #text = ''
  /**
   * Of the tag last read: where its name (without prefix) and its end are, and of each attribute
   * name and value.
   */
  #nameFrom = 0
  #nameTo = 0
  #selfClosing = false
  #attributes = 0
  readonly #spans = new Int32Array(4 * MOST_ATTRIBUTES)

  constructor(handler: XmlHandler) {
    this.#handler = handler
  }

  push(text: string): void {
    const whole = this.#rest === '' ? text : this.#rest + text
    this.#text = whole
    let at = 0
    for (;;) {
      // Most tags of a sheet follow directly on another, and a search costs more than a look.
      const tag = whole.charCodeAt(at) === 0x3c ? at : whole.indexOf('<', at)
      if (tag < 0) break
      const end = this.#tagAt(whole, tag, at)
      if (end < 0) break
      at = end
    }
    this.#rest = at === 0 ? whole : whole.slice(at)
    if (this.#rest.length > ROW_CHARACTERS) {
      throw new FileRefused('cell-too-long', { limit: ROW_CHARACTERS })
    }
  }

  /** Ends the document: a cut-off one is refused. */
  finish(): void {
    if (this.#open.length > 0 || !this.#rootSeen || this.#rest.trim() !== '') throw damaged()
  }

  /**
   * The value of an attribute of the tag being opened, with or without a prefix (`r:id` is `id`),
   * or undefined.
   */
  attribute(name: string): string | undefined {
    const text = this.#text
    const spans = this.#spans
    const { length } = name
    for (let span = 0; span < this.#attributes; span += 4) {
      const from = spans[span] ?? 0
      if ((spans[span + 1] ?? 0) - from !== length || !isAt(text, name, from)) continue
      const value = text.slice(spans[span + 2], spans[span + 3])
      return value.includes('&') ? resolveEntities(value) : value
    }
    return undefined
  }

  /**
   * Handles the tag at `tag`, with the text from `textFrom` before it; answers where it ends, or −1
   * when it is not complete.
   */
  #tagAt(text: string, tag: number, textFrom: number): number {
    const code = text.charCodeAt(tag + 1)
    if (code === 0x21) return this.#declaration(text, tag, textFrom)
    if (code === 0x3f) {
      const end = text.indexOf('?>', tag)
      if (end < 0) return -1
      this.#textBetween(text, textFrom, tag)
      return end + 2
    }
    const closing = code === 0x2f
    const end = this.#readTag(text, closing ? tag + 2 : tag + 1)
    if (end < 0) return -1
    this.#textBetween(text, textFrom, tag)
    const name = text.slice(this.#nameFrom, this.#nameTo)
    if (closing) {
      if (this.#open.pop() !== name) throw damaged()
      this.#handler.close(name)
      return end + 1
    }
    if (name === '' || (this.#open.length === 0 && this.#rootSeen)) throw damaged()
    this.#rootSeen = true
    const selfClosing = this.#selfClosing
    this.#handler.open(name, this)
    if (selfClosing) this.#handler.close(name)
    else if (this.#open.push(name) > DEEPEST) throw damaged()
    return end + 1
  }

  /**
   * Reads a tag from its name on into the fields above; answers where its `>` is, or −1 when it is
   * not there yet.
   */
  #readTag(text: string, from: number): number {
    const spans = this.#spans
    const last = text.length - 1
    if (from > last) return -1
    let at = from
    let code = text.charCodeAt(at)
    this.#nameFrom = from
    // Never past the end: a character code that may be NaN costs the engine its integers.
    while (code > 0x20 && code !== 0x3e && code !== 0x2f) {
      if (at === last) return -1
      at += 1
      if (code === 0x3a) this.#nameFrom = at
      code = text.charCodeAt(at)
    }
    this.#nameTo = at
    this.#selfClosing = false
    let span = 0
    for (;;) {
      if (code === 0x3e) {
        this.#attributes = span
        return at
      }
      if (at === last) return -1
      if (code <= 0x20 || code === 0x2f) {
        if (code === 0x2f) this.#selfClosing = true
        code = text.charCodeAt(++at)
        continue
      }
      if (span === spans.length) throw damaged()
      spans[span] = at
      while (code !== 0x3d) {
        if (code === 0x3c || code === 0x3e) throw damaged()
        if (at === last) return -1
        at += 1
        if (code === 0x3a) spans[span] = at
        code = text.charCodeAt(at)
      }
      let nameTo = at
      while (text.charCodeAt(nameTo - 1) <= 0x20) nameTo -= 1
      spans[span + 1] = nameTo
      do {
        if (at === last) return -1
        code = text.charCodeAt(++at)
      } while (code <= 0x20)
      if (code !== 0x22 && code !== 0x27) throw damaged()
      const quote = code
      spans[span + 2] = at + 1
      do {
        if (at === last) return -1
        code = text.charCodeAt(++at)
      } while (code !== quote)
      spans[span + 3] = at
      span += 4
      if (at === last) return -1
      code = text.charCodeAt(++at)
    }
  }

  #declaration(text: string, tag: number, textFrom: number): number {
    if (text.startsWith('<!--', tag)) {
      const end = text.indexOf('-->', tag + 4)
      if (end < 0) return -1
      this.#textBetween(text, textFrom, tag)
      return end + 3
    }
    if (text.startsWith('<![CDATA[', tag)) {
      const end = text.indexOf(']]>', tag)
      if (end < 0) return -1
      this.#textBetween(text, textFrom, tag)
      if (this.wantsText) this.#handler.text(withPlainLineEnds(text.slice(tag + 9, end)))
      return end + 3
    }
    if (text.length - tag < 9) return -1
    throw new FileRefused('xlsx-dtd')
  }

  #textBetween(text: string, from: number, to: number): void {
    if (!this.wantsText || from === to) return
    const piece = withPlainLineEnds(text.slice(from, to))
    this.#handler.text(piece.includes('&') ? resolveEntities(piece) : piece)
  }
}

/** Lines end as XML tells them, whatever ended them in the file. */
function withPlainLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

function isAt(text: string, name: string, from: number): boolean {
  for (let at = 0; at < name.length; at += 1) {
    if (text.charCodeAt(from + at) !== name.charCodeAt(at)) return false
  }
  return true
}

function resolveEntities(text: string): string {
  return text.replace(/&([^;&]{0,12});?/g, (whole, name: string) => {
    if (!whole.endsWith(';')) throw damaged()
    const known = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined
    if (known !== undefined) return known
    const digits = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name)
    if (digits === null) throw new FileRefused('xlsx-dtd')
    const code = digits[1] === undefined ? Number(digits[2]) : parseInt(digits[1], 16)
    if (code > 0x10ffff) throw damaged()
    return String.fromCodePoint(code)
  })
}

function damaged(): FileRefused {
  return new FileRefused('xlsx-damaged')
}
