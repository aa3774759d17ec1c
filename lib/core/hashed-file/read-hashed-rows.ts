/**
 * Lines of a hashed file, read as a stranger's: every cell by the grammar of its column. One cell
 * outside it refuses the file, told by row and column and never by what stands there. The reading
 * is linear, and no line is held but the last one. Source: docs/pseudonymisation.md, "Hashed file".
 */
import { LANGUAGE_CODES } from '#core/standard/languages.ts'
import { referenceDay, type CalendarDay, type Quarter } from '#core/standard/quarter.ts'
import { RECORD_FACTS, type FactColumn, type RecordFacts } from '#core/standard/record.ts'
import type { Gender, Role, YesNo } from '#core/standard/roles.ts'
import { isDay } from '#core/pseudonym/normalising/calendar.ts'
import { PSEUDONYM_COLUMNS, PSEUDONYM_COUNT } from '#core/pseudonym/kinds.ts'
import { SOURCE_LENGTH, type PseudonymBatch } from '#core/pseudonym/pseudonymise.ts'
import { FileRefused } from '#core/tabular/table.ts'
import {
  HASHED_COLUMNS,
  HASHED_HEADER,
  PSEUDONYM_VERSION,
  type BeyondPattern,
} from './hashed-columns.ts'

/** Characters after which a line without an end is none: the longest has some 1,500. */
const LONGEST_LINE = 4096
const FIRST_PSEUDONYM = RECORD_FACTS.length
const YEARS_ADULT = 16
const OLDEST = 120
const LANGUAGES: ReadonlySet<string> = new Set(LANGUAGE_CODES.map(({ code }) => code))

/** What a file must be beyond its grammar: what its manifest and the portal say. */
export interface HashedFileTerms {
  readonly sourceKeyCheck: string
  readonly quarter: Quarter
  /** Codes of the wards that the portal knows. */
  readonly wards: ReadonlySet<string>
}

/** Records of some lines, with the source pseudonyms of each at the same place. */
export interface HashedRecords {
  readonly facts: readonly RecordFacts[]
  readonly pseudonyms: PseudonymBatch
}

/**
 * Reads the lines of a file as its bytes come. Throws FileRefused: `hashed-header`, `hashed-line`
 * with the row, `hashed-cell` with row and column.
 */
export class HashedRowReader {
  readonly #terms: HashedFileTerms
  readonly #day: CalendarDay
  readonly #decoder = new TextDecoder('latin1')
  #rest = ''
  #isHeaderRead = false
  /** Lines below the header that were read. */
  #row = 0
  #before = { sourceRow: 0, role: '', isSecond: false }

  constructor(terms: HashedFileTerms) {
    this.#terms = terms
    this.#day = referenceDay(terms.quarter)
  }

  /** The records that these bytes complete. */
  push(bytes: Uint8Array): HashedRecords {
    const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split('\n')
    this.#rest = lines.pop() ?? ''
    if (this.#rest.length > LONGEST_LINE) throw this.#refuseLine()
    if (!this.#isHeaderRead && lines.length > 0) {
      if (lines.shift() !== HASHED_HEADER) throw new FileRefused('hashed-header')
      this.#isHeaderRead = true
    }
    return this.#read(lines)
  }

  /** Answers how many lines there were below the header, once all bytes have come. */
  finish(): number {
    if (!this.#isHeaderRead) throw new FileRefused('hashed-header')
    if (this.#rest !== '') throw this.#refuseLine()
    return this.#row
  }

  #read(lines: readonly string[]): HashedRecords {
    const facts: RecordFacts[] = []
    const bytes = new Uint8Array(lines.length * PSEUDONYM_COUNT * SOURCE_LENGTH)
    const present = new Uint8Array(lines.length * PSEUDONYM_COUNT)
    for (const line of lines) {
      const cells = line.split(',')
      if (cells.length !== HASHED_COLUMNS.length) throw this.#refuseLine()
      this.#row += 1
      this.#checkCells(cells)
      const positions = facts.length * PSEUDONYM_COUNT
      for (let column = 0; column < PSEUDONYM_COUNT; column++) {
        const cell = cells[FIRST_PSEUDONYM + column] ?? ''
        if (cell === '') continue
        present[positions + column] = 1
        writeHex(cell, bytes, (positions + column) * SOURCE_LENGTH)
      }
      facts.push(factsOf(cells))
    }
    return { facts, pseudonyms: { rows: lines.length, width: SOURCE_LENGTH, bytes, present } }
  }

  #checkCells(cells: readonly string[]): void {
    for (let column = 0; column < HASHED_COLUMNS.length; column++) {
      const rule = HASHED_COLUMNS[column]
      const cell = cells[column] ?? ''
      const fits =
        rule?.pattern.test(cell) === true &&
        (cell === '' || rule.beyond === 'nothing' || this.#isBeyond(rule.beyond, cell, cells))
      if (!fits) throw this.#refuseCell(column)
    }
    const [sourceRow, role = ''] = cells
    this.#before = {
      isSecond: Number(sourceRow) === this.#before.sourceRow,
      sourceRow: Number(sourceRow),
      role,
    }
    if (role === 'child') return
    // Pseudonyms that only a child has.
    const made = PSEUDONYM_COLUMNS.findIndex(
      ({ childOnly }, column) => childOnly === true && cells[FIRST_PSEUDONYM + column] !== '',
    )
    if (made >= 0) throw this.#refuseCell(FIRST_PSEUDONYM + made)
  }

  #isBeyond(beyond: BeyondPattern, cell: string, cells: readonly string[]): boolean {
    switch (beyond) {
      case 'nothing':
        return true
      case 'real-day':
        return isDay({
          year: Number(cell.slice(0, 4)),
          month: Number(cell.slice(5, 7)),
          day: Number(cell.slice(8)),
        })
      case 'known-ward':
        return this.#terms.wards.has(cell)
      case 'known-language':
        return LANGUAGES.has(cell)
      case 'row-in-order':
        return this.#isInOrder(Number(cell), cells[1] ?? '')
      case 'birth-of-age':
        return this.#isOfAge(cell)
      case 'this-version':
        return cell === PSEUDONYM_VERSION
      case 'this-key':
        return cell === this.#terms.sourceKeyCheck
    }
  }

  /** A row gives one line, or a child's and then the carer's. */
  #isInOrder(sourceRow: number, role: string): boolean {
    const { sourceRow: last, role: lastRole, isSecond } = this.#before
    if (sourceRow !== last) return sourceRow > last
    return !isSecond && lastRole === 'child' && role === 'parent'
  }

  /** With its month for who is under 16 on the reference day, the year alone for everybody else. */
  #isOfAge(birth: string): boolean {
    const { year, month } = this.#day
    const bornIn = Number(birth.slice(0, 4))
    if (birth.length === 4) return bornIn + YEARS_ADULT <= year && bornIn + OLDEST >= year
    const months = bornIn * 12 + Number(birth.slice(5))
    const today = year * 12 + month
    return months <= today && months + YEARS_ADULT * 12 > today
  }

  #refuseLine(): FileRefused {
    return new FileRefused('hashed-line', { row: this.#row + 1 })
  }

  #refuseCell(column: number): FileRefused {
    return new FileRefused('hashed-cell', {
      row: this.#row,
      column: HASHED_COLUMNS[column]?.name ?? '',
    })
  }
}

/** Where each fact stands in a line. */
const PLACES = Object.fromEntries(
  RECORD_FACTS.map(({ column }, place) => [column, place]),
) as Readonly<Record<FactColumn, number>>

/** Every cell was tested by then. */
function factsOf(cells: readonly string[]): RecordFacts {
  const cell = (column: FactColumn): string => cells[PLACES[column]] ?? ''
  return {
    sourceRow: Number(cell('source_row')),
    role: cell('role') as Role,
    birth: cell('birth'),
    gender: cell('gender') as Gender,
    ward: cell('ward'),
    imdDecile: Number(cell('imd_decile')),
    inArea: cell('in_area') as YesNo,
    ethnicity: cell('ethnicity'),
    mainLanguage: cell('main_language'),
    sendOrDisability: cell('send_or_disability') as YesNo,
    referralDate: cell('referral_date'),
    startDate: cell('start_date'),
    endDate: cell('end_date'),
    referralSource: cell('referral_source'),
    status: cell('status'),
    contacts: cell('contacts') === '' ? null : Number(cell('contacts')),
    lastContactDate: cell('last_contact_date'),
    filled: null,
  }
}

function writeHex(hex: string, to: Uint8Array, start: number): void {
  for (let at = 0; at < SOURCE_LENGTH; at++) {
    to[start + at] = (digit(hex.charCodeAt(at * 2)) << 4) | digit(hex.charCodeAt(at * 2 + 1))
  }
}

/** The value of 0–9 or a–f. */
function digit(code: number): number {
  return code < 0x3a ? code - 0x30 : code - 0x57
}
