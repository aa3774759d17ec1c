import {
  PEOPLE_FIELD_NAMES,
  SLOT,
  peopleField,
  type PeopleFieldName,
} from '#core/standard/fields.ts'
import {
  FIELD_NAMES,
  OWN_SLOT,
  type FieldName,
  type FileKind,
  type OwnFieldName,
} from '#core/standard/further-fields.ts'
import { foldName, foldValue } from '#core/pseudonym/normalising/fold.ts'
import type { CodeReader } from './words/code-reader.ts'
import type { UnusedIdentifier } from './further-people.ts'
import type { RowShape, TimePoint } from './mapping.ts'
import { postcodeOfAddress, splitName } from './name-split.ts'

/**
 * A file's row as cells of the standard, by `SLOT` and `OWN_SLOT`; one is filled again for every
 * row.
 */
export interface MappedRow {
  readonly cells: string[]
  /**
   * Bit n is set when slot n of a field of people held a word that its code list does not know; the
   * cell is then blank.
   */
  unlisted: number
  /** The same of fields of the further kinds, by name. */
  unlistedOwn: readonly OwnFieldName[]
  /**
   * Bit n is set when a rule filled the cell that slot n of a field of people comes from, or one of
   * several.
   */
  filled: number
  /** The cells that names were split from, as they stand; blank where names have columns of their own. */
  wholeName: string
  carerWholeName: string
}

/** An empty row to fill. */
export function mappedRow(): MappedRow {
  return {
    cells: new Array<string>(FIELD_NAMES.length).fill(''),
    unlisted: 0,
    unlistedOwn: NONE_UNLISTED,
    filled: 0,
    wholeName: '',
    carerWholeName: '',
  }
}

/** A cell that is taken apart: a whole name, or an address that ends in a postcode. */
export interface SplitPlan {
  readonly column: number
  readonly firstSlot: number
  readonly lastSlot: number
  readonly lastFirst: boolean
  readonly isAddress: boolean
}

/** A column of scores that are all of one instrument and time point. */
export interface WidePlan {
  readonly column: number
  readonly dateColumn: number
  readonly measure: string
  readonly subScale: string
  readonly timePoint: TimePoint
}

/** A score as a row has it: what is written, and a code where the row's own words gave one. */
export interface WrittenScore {
  readonly measure: string
  readonly subScale: string
  readonly timePoint: string
  readonly date: string
  readonly score: string
  /** Which of several columns of scores it stands in, from 1; 0 where a row holds one score. */
  readonly place: number
}

/** Cells that are put together. */
export interface JoinPlan {
  readonly slot: number
  readonly columns: readonly number[]
  readonly separator: ' ' | '/'
}

/**
 * What `compileMapping` found out, by position, so that a row is read without a name being looked
 * up.
 */
export interface MappingPlan {
  readonly kind: FileKind
  readonly shape: RowShape
  /** Whether client references are made of names and dates of birth. */
  readonly derivesReference: boolean
  /** Slots and, running parallel, the columns they are copied from. */
  readonly slots: readonly number[]
  readonly columns: readonly number[]
  readonly codes: readonly {
    readonly slot: number
    readonly column: number
    readonly reader: CodeReader
    /** The field where it is one of the further kinds. */
    readonly own: OwnFieldName | undefined
  }[]
  /** Columns of scores, where a row holds several. */
  readonly wide: readonly WidePlan[]
  readonly constants: readonly { readonly slot: number; readonly value: string }[]
  readonly splits: readonly SplitPlan[]
  readonly joins: readonly JoinPlan[]
  readonly mappedColumns: readonly number[]
  /** Columns of further people, which nothing is mapped to. */
  readonly ignoredPeople: readonly number[]
  /** Columns of identifiers that nothing is mapped to, by their headings. */
  readonly unusedIdentifiers: readonly UnusedIdentifier[]
  /** Columns of a second telephone number or email address, which nothing is mapped to. */
  readonly ignoredContacts: readonly number[]
  /** Columns of the carer alone: a surname shared with the child makes no carer. */
  readonly carerColumns: readonly number[]
  readonly nameColumns: ReadonlySet<number>
  readonly columnOf: ReadonlyMap<FieldName, string>
  /** For each column of the header the fields that it gives: a bit for the slot of each. */
  readonly slotsOf: readonly number[]
  /** Fields in which a rule may give several people the same value, in the same way. */
  readonly sharedSlots: number
  /** Fields that rules may fill. */
  readonly filledFields: readonly PeopleFieldName[]
  /** The first field that each mapped column is used for. */
  readonly fieldOf: ReadonlyMap<number, FieldName>
}

/** Turns the rows of one file into cells of the standard. */
export class RowMapper {
  /** What the rows are about. */
  readonly kind: FileKind
  readonly shape: RowShape
  /** Whether client references are made of names and dates of birth. */
  readonly derivesReference: boolean
  /**
   * The column, or the first of several, that each mapped field comes from; a constant has an empty
   * one.
   */
  readonly columnOf: ReadonlyMap<FieldName, string>
  /** The first field that each mapped column, counted in the header from 0, is used for. */
  readonly fieldOf: ReadonlyMap<number, FieldName>
  /** Fields that rules may fill. */
  readonly filledFields: readonly PeopleFieldName[]
  readonly #plan: MappingPlan

  constructor(plan: MappingPlan) {
    this.#plan = plan
    this.kind = plan.kind
    this.shape = plan.shape
    this.derivesReference = plan.derivesReference
    this.columnOf = plan.columnOf
    this.filledFields = plan.filledFields
    this.fieldOf = plan.fieldOf
  }

  /** Whether the mapping says anything of a field. */
  has(field: FieldName): boolean {
    return this.columnOf.has(field)
  }

  /** Whether folding leaves nothing in any mapped cell. */
  isBlank(row: readonly string[]): boolean {
    return this.#allBlank(row, this.#plan.mappedColumns)
  }

  /** The identifiers that columns nothing is mapped to hold something of. */
  unusedIdentifiers(row: readonly string[]): readonly UnusedIdentifier[] {
    const { unusedIdentifiers } = this.#plan
    if (unusedIdentifiers.length === 0) return unusedIdentifiers
    return unusedIdentifiers.filter(({ column }) => holdsSomebody(row[column] ?? ''))
  }

  /** Whether what a column holds of people is asked about row by row already. */
  isAskedAbout(column: number): boolean {
    const { ignoredPeople, unusedIdentifiers } = this.#plan
    return (
      ignoredPeople.includes(column) || unusedIdentifiers.some((unused) => unused.column === column)
    )
  }

  /** Whether a column of a further person, which nothing is mapped to, holds something. */
  ignoresPerson(row: readonly string[]): boolean {
    return this.#plan.ignoredPeople.some((column) => holdsSomebody(row[column] ?? ''))
  }

  /** The same of a second telephone number or email address. */
  ignoresContact(row: readonly string[]): boolean {
    return isAnyFilled(row, this.#plan.ignoredContacts)
  }

  /** Which way round each whole name is split: whose it is, and whether the last name stands first. */
  get wholeNames(): readonly { readonly isCarers: boolean; readonly lastFirst: boolean }[] {
    return this.#plan.splits
      .filter(({ isAddress }) => !isAddress)
      .map(({ firstSlot, lastFirst }) => ({
        isCarers: firstSlot !== SLOT.first_name,
        lastFirst,
      }))
  }

  /** Code fields whose words, as far as they were read, can mean two things and are not settled. */
  doubtfulCodes(): FieldName[] {
    return this.#codesWhere((reader) => reader.isDoubtful)
  }

  /** Code fields whose words, as far as they were read, are hardly any of their list. */
  codesOfOtherKind(): FieldName[] {
    return this.#codesWhere((reader) => reader.isOfOtherKind)
  }

  /** Code fields of whose words, as far as they were read, nobody knows one. */
  codesUnknown(): FieldName[] {
    return this.#codesWhere((reader) => reader.knowsNone)
  }

  #codesWhere(is: (reader: CodeReader) => boolean): FieldName[] {
    return this.#plan.codes.flatMap(({ slot, reader }) =>
      is(reader) ? (FIELD_NAMES[slot] ?? []) : [],
    )
  }

  /** Whether folding leaves something in a carer's cell; only rows of child and carer have one. */
  hasCarer(row: readonly string[]): boolean {
    return !this.#allBlank(row, this.#plan.carerColumns)
  }

  #allBlank(row: readonly string[], columns: readonly number[]): boolean {
    for (const column of columns) {
      const cell = row[column] ?? ''
      if (cell !== '' && !this.#leavesNothing(cell, column)) return false
    }
    return true
  }

  #leavesNothing(cell: string, column: number): boolean {
    const first = cell.charCodeAt(0)
    const isPlain = first > 0x20 && first < 0x7f && first !== 0x27 && first !== 0x60
    if (isPlain) return false
    return (this.#plan.nameColumns.has(column) ? foldName(cell) : foldValue(cell)) === ''
  }

  /** Whether a rule may give several people the same value of a field. */
  mayShare(field: PeopleFieldName): boolean {
    return (this.#plan.sharedSlots & (1 << SLOT[field])) !== 0
  }

  /**
   * Fills `into` with the cells of `row`, some of whose columns a rule filled; slots the mapping does
   * not name stay blank.
   */
  fill(row: readonly string[], into: MappedRow, filled: readonly number[] = NO_COLUMNS): void {
    const plan = this.#plan
    const { cells } = into
    into.unlisted = 0
    into.unlistedOwn = NONE_UNLISTED
    into.filled = 0
    for (const column of filled) into.filled |= plan.slotsOf[column] ?? 0
    const { slots, columns } = plan
    for (let index = 0; index < slots.length; index++) {
      cells[slots[index] ?? 0] = row[columns[index] ?? -1] ?? ''
    }
    for (const { slot, value } of plan.constants) cells[slot] = value
    for (const { slot, column, reader, own } of plan.codes) {
      const code = reader.read(row[column] ?? '')
      if (code === undefined && own !== undefined) into.unlistedOwn = [...into.unlistedOwn, own]
      else if (code === undefined) into.unlisted |= 1 << slot
      cells[slot] = code ?? ''
    }
    for (const split of plan.splits) fillSplit(row[split.column] ?? '', split, into)
    for (const join of plan.joins) cells[join.slot] = joined(row, join)
    // What a rule gave and nobody can read is not filled.
    if (into.filled !== 0)
      for (let slot = 0; slot < PEOPLE_FIELD_NAMES.length; slot++)
        if (cells[slot] === '') into.filled &= ~(1 << slot)
  }

  /** The scores of a row of outcomes whose cells `fill` has filled; in wide form, those that stand. */
  scoresOf(row: readonly string[], { cells }: MappedRow): readonly WrittenScore[] {
    const { wide } = this.#plan
    if (wide.length === 0)
      return [
        {
          measure: cells[OWN_SLOT.measure] ?? '',
          subScale: cells[OWN_SLOT.sub_scale] ?? '',
          timePoint: cells[OWN_SLOT.time_point] ?? '',
          date: cells[OWN_SLOT.score_date] ?? '',
          score: cells[OWN_SLOT.score] ?? '',
          place: 0,
        },
      ]
    return wide.flatMap(({ column, dateColumn, measure, subScale, timePoint }, index) => {
      const score = row[column] ?? ''
      return score.trim() === ''
        ? []
        : [{ measure, subScale, timePoint, date: row[dateColumn] ?? '', score, place: index + 1 }]
    })
  }
}

const NONE_UNLISTED: readonly OwnFieldName[] = []

const NO_COLUMNS: readonly number[] = []

/** Whether a cell is more than a count of people, or word that there is nobody. */
function holdsSomebody(cell: string): boolean {
  const text = cell.trim()
  return text !== '' && !COUNT_OR_NOBODY.test(text)
}

const COUNT_OR_NOBODY =
  /^(?:[0-9]{1,2}|y|n|yes|no|none|nil|n\/?a|not applicable|unknown|[^\p{L}\p{N}]+)$/iu

function isAnyFilled(row: readonly string[], columns: readonly number[]): boolean {
  for (const column of columns) if ((row[column] ?? '').trim() !== '') return true
  return false
}

function fillSplit(cell: string, split: SplitPlan, into: MappedRow): void {
  const { cells } = into
  if (split.isAddress) {
    cells[split.firstSlot] = postcodeOfAddress(cell)
    return
  }
  if (split.firstSlot === SLOT.first_name) into.wholeName = cell
  else into.carerWholeName = cell
  const { first, last } = splitName(cell, split.lastFirst)
  cells[split.firstSlot] = first
  cells[split.lastSlot] = last
}

function joined(row: readonly string[], join: JoinPlan): string {
  let text = ''
  let filled = false
  for (const [index, column] of join.columns.entries()) {
    const cell = (row[column] ?? '').trim()
    if (cell !== '') filled = true
    text += index === 0 ? cell : join.separator + cell
  }
  return filled ? text.trim() : ''
}

/**
 * The slot of the first name and last name that a whole name fills, for the person or the carer.
 */
export function namePair(
  fields: readonly string[],
): { first: number; last: number; lastFirst: boolean } | undefined {
  const [one = '', two = ''] = fields
  for (const prefix of ['', 'carer_']) {
    const first = peopleField(`${prefix}first_name`)
    const last = peopleField(`${prefix}last_name`)
    if (first === undefined || last === undefined) continue
    if (one === first.name && two === last.name)
      return { first: SLOT[first.name], last: SLOT[last.name], lastFirst: false }
    if (one === last.name && two === first.name)
      return { first: SLOT[first.name], last: SLOT[last.name], lastFirst: true }
  }
  return undefined
}
