import { ROW_CHARACTERS } from './limits.ts'
import { FileRefused } from './table.ts'

/**
 * Reads the XML of a workbook as it arrives, without building a tree. Namespaces are dropped (`<x:row>` is `row`):
 * strict and transitional workbooks differ in nothing else that is read here. A document type declaration or an
 * entity of its own refuses the file, so nothing can be fetched or multiplied. Measured on a sheet: saxes reads
 * 24 MB/s, this five times that.
 */

/** What is told of a document in its order; names are without prefix. */
export interface XmlHandler {
  /** The attributes may be asked of `scanner` until this returns. */
  open(name: string, scanner: XmlScanner): void
  close(name: string): void
  /** Text as it stands between two tags, entities resolved; only where `XmlScanner.wantsText` is set. */
  text(text: string): void
}

const DEEPEST = 64

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

/** A scan of one document. Throws FileRefused: `xlsx-damaged`, `xlsx-dtd`, `cell-too-long`. */
export class XmlScanner {
  /** Set by the handler while it wants the text: most text of a sheet is white space or is not wanted. */
  wantsText = false
  readonly #handler: XmlHandler
  readonly #open: string[] = []
  #rest = ''
  #text = ''
  /** The current tag within `#text`: past its name, and its end. */
  #attributesAt = 0
  #tagEnd = 0
  #rootSeen = false

  constructor(handler: XmlHandler) {
    this.#handler = handler
  }

  push(text: string): void {
    const whole = this.#rest === '' ? text : this.#rest + text
    this.#text = whole
    let at = 0
    for (;;) {
      const tag = whole.indexOf('<', at)
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

  /** The value of an attribute of the tag being opened, with or without a prefix (`r:id` is `id`), or undefined. */
  attribute(name: string): string | undefined {
    const text = this.#text
    let at = this.#attributesAt
    while (at < this.#tagEnd) {
      const code = text.charCodeAt(at)
      if (code <= 0x20 || code === 0x2f) {
        at += 1
        continue
      }
      const equals = text.indexOf('=', at)
      if (equals < 0 || equals >= this.#tagEnd) return undefined
      const quote = quoteAfter(text, equals + 1)
      const valueEnd = text.indexOf(text.charAt(quote), quote + 1)
      if (valueEnd < 0 || valueEnd >= this.#tagEnd) throw damaged()
      if (isAttribute(text, name, at, equals)) {
        const value = text.slice(quote + 1, valueEnd)
        return value.includes('&') ? resolveEntities(value) : value
      }
      at = valueEnd + 1
    }
    return undefined
  }

  /** Handles the tag at `tag`, with the text from `textFrom` before it; answers where it ends, or −1 when it is not complete. */
  #tagAt(text: string, tag: number, textFrom: number): number {
    const code = text.charCodeAt(tag + 1)
    if (code === 0x21) return this.#declaration(text, tag, textFrom)
    if (code === 0x3f) {
      const end = text.indexOf('?>', tag)
      if (end < 0) return -1
      this.#textBetween(text, textFrom, tag)
      return end + 2
    }
    const end = tagEnd(text, tag)
    if (end < 0) return -1
    this.#textBetween(text, textFrom, tag)
    if (code === 0x2f) {
      const name = localName(text, tag + 2, nameEnd(text, tag + 2, end))
      if (this.#open.pop() !== name) throw damaged()
      this.#handler.close(name)
      return end + 1
    }
    const selfClosing = text.charCodeAt(end - 1) === 0x2f
    const afterName = nameEnd(text, tag + 1, selfClosing ? end - 1 : end)
    const name = localName(text, tag + 1, afterName)
    if (name === '' || (this.#open.length === 0 && this.#rootSeen)) throw damaged()
    this.#rootSeen = true
    this.#attributesAt = afterName
    this.#tagEnd = end
    this.#handler.open(name, this)
    if (selfClosing) this.#handler.close(name)
    else if (this.#open.push(name) > DEEPEST) throw damaged()
    return end + 1
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
      if (this.wantsText) this.#handler.text(text.slice(tag + 9, end))
      return end + 3
    }
    if (text.length - tag < 9) return -1
    throw new FileRefused('xlsx-dtd')
  }

  #textBetween(text: string, from: number, to: number): void {
    if (!this.wantsText || from === to) return
    let piece = text.slice(from, to)
    if (piece.includes('\r')) piece = piece.replace(/\r\n?/g, '\n')
    this.#handler.text(piece.includes('&') ? resolveEntities(piece) : piece)
  }
}

/** The `>` that ends the tag at `tag`, one inside a quoted attribute not counted; −1 when it is not there yet. */
function tagEnd(text: string, tag: number): number {
  let quote = 0
  for (let at = tag + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === 0x3e) return at
    else if (code === 0x22 || code === 0x27) quote = code
    else if (code === 0x3c) throw damaged()
  }
  return -1
}

function nameEnd(text: string, from: number, end: number): number {
  let at = from
  while (at < end && text.charCodeAt(at) > 0x20) at += 1
  return at
}

function localName(text: string, from: number, to: number): string {
  const name = text.slice(from, to)
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

function quoteAfter(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) <= 0x20) at += 1
  const code = text.charCodeAt(at)
  if (code !== 0x22 && code !== 0x27) throw damaged()
  return at
}

/** Whether what stands from `at` up to the equals sign is `name`, alone or after a prefix. */
function isAttribute(text: string, name: string, at: number, equals: number): boolean {
  let end = equals
  while (text.charCodeAt(end - 1) <= 0x20) end -= 1
  const from = end - name.length
  if (from < at || !text.startsWith(name, from)) return false
  return from === at || text.charCodeAt(from - 1) === 0x3a
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
