import { unescapeText } from '#core/tabular/workbook/cell-text.ts'
import { ROW_CHARACTERS } from '#core/tabular/limits.ts'
import { StruckRuns } from '#core/tabular/workbook/struck-runs.ts'
import type { Struck } from '#core/tabular/workbook/struck-runs.ts'
import { FileRefused } from '#core/tabular/table.ts'
import { readPart } from '#core/tabular/workbook/package-parts.ts'
import { isOn } from './xlsx-styles.ts'
import type { Workbook } from './xlsx-workbook.ts'
import type { XmlHandler, XmlScanner } from '#core/tabular/workbook/xml-scanner.ts'

/**
 * The table of strings that the sheets of a workbook share. It may hold most of a file's text, so
 * it is kept as a few long strings with the ends of each short one: a third of what an array of
 * strings takes.
 */

/** Most characters kept; a workbook with more is to be saved as CSV, which needs no such table. */
const SHARED_CHARACTERS = 100_000_000

const BLOCK = 4096

interface Block {
  readonly text: string
  /** `ends[i]` is where string i of the block ends. */
  readonly ends: Uint32Array
}

/** Strings by index, in the order of the file. */
export class SharedStrings {
  readonly #blocks: Block[] = []
  readonly #struck = new Map<number, Struck>()
  #pending: string[] = []
  #characters = 0
  #count = 0

  /** How many there are. */
  get count(): number {
    return this.#count
  }

  /** Adds the next string. Throws FileRefused `xlsx-strings-too-large`. */
  add(text: string, struck: Struck = 'none'): void {
    if (struck !== 'none') this.#struck.set(this.#count, struck)
    this.#characters += text.length + (struck === 'none' ? 4 : 20)
    this.#count += 1
    if (this.#characters > SHARED_CHARACTERS) {
      throw new FileRefused('xlsx-strings-too-large', { limit: SHARED_CHARACTERS })
    }
    this.#pending.push(text)
    if (this.#pending.length === BLOCK) this.seal()
  }

  /** Packs the strings added since the last block was full. */
  seal(): void {
    if (this.#pending.length === 0) return
    const ends = new Uint32Array(this.#pending.length)
    let end = 0
    for (const [index, text] of this.#pending.entries()) {
      end += text.length
      ends[index] = end
    }
    this.#blocks.push({ text: this.#pending.join(''), ends })
    this.#pending = []
  }

  /** Whether any string is struck out by its own runs. */
  get hasStruck(): boolean {
    return this.#struck.size > 0
  }

  /** How much of the string at `index` is struck out by its own runs. */
  struckOf(index: number): Struck {
    return this.#struck.get(index) ?? 'none'
  }

  /** The string at `index`, or undefined. */
  get(index: number): string | undefined {
    const block = this.#blocks[Math.floor(index / BLOCK)]
    const within = index % BLOCK
    const end = block?.ends[within]
    if (block === undefined || end === undefined) return undefined
    return block.text.slice(within === 0 ? 0 : block.ends[within - 1], end)
  }
}

/** Reads the shared strings of a workbook; none when it has no such part. */
export async function readSharedStrings(workbook: Workbook): Promise<SharedStrings> {
  const strings = new SharedStrings()
  if (workbook.sharedStrings === undefined) return strings
  await readPart(workbook, workbook.sharedStrings, new SharedStringsHandler(strings))
  strings.seal()
  return strings
}

class SharedStringsHandler implements XmlHandler {
  readonly #strings: SharedStrings
  #scanner: XmlScanner | undefined
  readonly #runs = new StruckRuns()
  #phonetic = false
  #text = ''

  constructor(strings: SharedStrings) {
    this.#strings = strings
  }

  open(name: string, scanner: XmlScanner): void {
    this.#scanner = scanner
    if (name === 'si') {
      this.#text = ''
      this.#runs.begin()
    } else if (name === 'rPh') this.#phonetic = true
    else if (name === 't' && !this.#phonetic) scanner.wantsText = true
    else if (name === 'r') this.#runs.openRun()
    else if (name === 'strike') this.#runs.strikeRun(isOn(scanner))
  }

  close(name: string): void {
    if (name === 't' && this.#scanner !== undefined) this.#scanner.wantsText = false
    else if (name === 'rPh') this.#phonetic = false
    else if (name === 'si') this.#strings.add(unescapeText(this.#text), this.#runs.struck)
  }

  text(text: string): void {
    this.#runs.add(text)
    this.#text = this.#text === '' ? text : this.#text + text
    if (this.#text.length > ROW_CHARACTERS) {
      throw new FileRefused('cell-too-long', { limit: ROW_CHARACTERS })
    }
  }
}
