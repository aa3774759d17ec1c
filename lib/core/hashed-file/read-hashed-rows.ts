/**
 * Lines of a hashed file, read as a stranger's: every cell by the grammar of its column. One cell
 * outside it refuses the file, told by row and column and never by what stands there. The reading
 * is linear, and no line is held but the last one. Source: docs/pseudonymisation.md, "Hashed file".
 */
import type { KeptActivity, PersonEvents } from '#core/checks/events/kept-events.ts'
import { EMPTY_FRAMEWORK, type Framework } from '#core/framework/framework.ts'
import type { ReachKind } from '#core/standard/further-fields.ts'
import { LANGUAGE_CODES } from '#core/standard/languages.ts'
import { referenceDay, type CalendarDay, type Quarter } from '#core/standard/quarter.ts'
import { RECORD_FACTS, type FactColumn, type RecordFacts } from '#core/standard/record.ts'
import type { Gender, Role, YesNo } from '#core/standard/roles.ts'
import { isDay } from '#core/pseudonym/normalising/calendar.ts'
import { PSEUDONYM_COLUMNS, PSEUDONYM_COUNT } from '#core/pseudonym/kinds.ts'
import { SOURCE_LENGTH, type PseudonymBatch } from '#core/pseudonym/pseudonymise.ts'
import { FileRefused } from '#core/tabular/table.ts'
import type { EventsOfLines } from './event-tally.ts'
import {
  HASHED_COLUMNS,
  PSEUDONYM_VERSION,
  hashedHeader,
  type BeyondPattern,
} from './hashed-columns.ts'
import { EVENT_COLUMNS, EventReader } from './hashed-events.ts'

/**
 * Characters after which a line without an end is none: the longest of people has some 1,500, and
 * one of scores some sixty more for each.
 */
const LONGEST_LINE: Readonly<Record<ReachKind, number>> = {
  people: 4096,
  activities: 1024 * 1024,
  outcomes: 1024 * 1024,
}
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
  /** What its rows were about; people and service use where it is not said. */
  readonly kind?: ReachKind
  /** Of outcomes, what their scores are of. */
  readonly framework?: Framework
}

/** Records of some lines, with the source pseudonyms of each at the same place. */
export interface HashedRecords {
  readonly facts: readonly RecordFacts[]
  readonly pseudonyms: PseudonymBatch
  /** Of a file of activities or outcomes. */
  readonly events?: EventsOfLines
}

/**
 * Reads the lines of a file as its bytes come. Throws FileRefused: `hashed-header`, `hashed-line`
 * with the row, `hashed-cell` with row and column.
 */
export class HashedRowReader {
  readonly #terms: HashedFileTerms
  readonly #day: CalendarDay
  readonly #decoder = new TextDecoder('latin1')
  readonly #kind: ReachKind
  readonly #events: EventReader | undefined
  #rest = ''
  #isHeaderRead = false
  /** Lines below the header that were read. */
  #row = 0
  #before = { sourceRow: 0, role: '', isSecond: false }

  constructor(terms: HashedFileTerms) {
    this.#terms = terms
    this.#day = referenceDay(terms.quarter)
    const { kind = 'people', framework = EMPTY_FRAMEWORK } = terms
    this.#kind = kind
    this.#events = kind === 'people' ? undefined : new EventReader(kind, { ...terms, framework })
  }

  /** The records that these bytes complete. */
  push(bytes: Uint8Array): HashedRecords {
    const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split('\n')
    this.#rest = lines.pop() ?? ''
    if (this.#rest.length > LONGEST_LINE[this.#kind]) throw this.#refuseLine()
    if (!this.#isHeaderRead && lines.length > 0) {
      if (lines.shift() !== hashedHeader(this.#kind)) throw new FileRefused('hashed-header')
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
    const activities: KeptActivity[] = []
    const people: PersonEvents[] = []
    for (const line of lines) {
      const cells = line.split(',')
      if (cells.length !== HASHED_COLUMNS.length + EVENT_COLUMNS[this.#kind].length)
        throw this.#refuseLine()
      this.#row += 1
      if (this.#kind === 'activities' && cells[0] === '') {
        activities.push(this.#readActivity(cells))
        continue
      }
      this.#checkCells(cells)
      if (this.#events !== undefined) people.push(this.#readPerson(cells, this.#events))
      const positions = facts.length * PSEUDONYM_COUNT
      for (let column = 0; column < PSEUDONYM_COUNT; column++) {
        const cell = cells[FIRST_PSEUDONYM + column] ?? ''
        if (cell === '') continue
        present[positions + column] = 1
        writeHex(cell, bytes, (positions + column) * SOURCE_LENGTH)
      }
      facts.push(factsOf(cells))
    }
    const places = facts.length * PSEUDONYM_COUNT
    return {
      facts,
      pseudonyms: {
        ...{ rows: facts.length, width: SOURCE_LENGTH },
        bytes: bytes.subarray(0, places * SOURCE_LENGTH),
        present: present.subarray(0, places),
      },
      ...(this.#events === undefined ? {} : { events: { activities, people } }),
    }
  }

  /** A line without a record: version and key stand there, and what the activity is. */
  #readActivity(cells: readonly string[]): KeptActivity {
    const filled = HASHED_COLUMNS.findIndex(({ name, pattern, beyond }, column) => {
      const cell = cells[column] ?? ''
      const isOfFile = name === 'pseudonym_version' || name === 'source_key_check'
      return isOfFile ? !pattern.test(cell) || !this.#isBeyond(beyond, cell, cells) : cell !== ''
    })
    if (filled >= 0) throw this.#refuseCell(filled)
    // It stands before every record, which may name it.
    if (this.#before.sourceRow > 0) throw this.#refuseCell(0)
    const read = this.#events?.readActivity(cells.slice(HASHED_COLUMNS.length))
    if (read === undefined || 'wrong' in read) throw this.#refuseNamed(read?.wrong)
    return read
  }

  #readPerson(cells: readonly string[], events: EventReader): PersonEvents {
    const read = events.readPerson(cells.slice(HASHED_COLUMNS.length))
    if ('wrong' in read) throw this.#refuseNamed(read.wrong)
    return read
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
    return this.#refuseNamed(HASHED_COLUMNS[column]?.name)
  }

  #refuseNamed(column = ''): FileRefused {
    return new FileRefused('hashed-cell', { row: this.#row, column })
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
