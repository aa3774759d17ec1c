import { codeKey } from '#core/standard/code-key.ts'
import { readHeader } from '#core/standard/header-reading.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import { FileRefused, type ReadingReceipt, type RowBatch, type Table } from '#core/tabular/table.ts'
import type { KeptPeople } from './kept-people.ts'
import { leftOutRow, type LeftOut, type OtherRowCode } from './left-out-row.ts'
import { beginsListApart, judgeRow } from './other-rows.ts'
import { isWho, learnHabits, type RowHabits } from './row-habits.ts'
import { columnsBeside } from './table-beside.ts'

/**
 * Leaves out the rows of a table that are not people: headings said again, instructions and
 * examples, totals, titles and closing lines, references that wait for a person, and tables below;
 * and the columns of a table beside it.
 * Others stand in their places, so that every row keeps its number. Nothing here asks anybody: a
 * check reports them. Rows that somebody says are `people` stay. Throws FileRefused `row-not-there`
 * where they name a row below the last.
 */
export function leaveRowsOut(table: Table, people?: KeptPeople): Table {
  let beside: readonly number[] = []
  return {
    header: table.header,
    // Counts in it grow as the table is read.
    get receipt() {
      const { receipt, header } = table
      if (beside.length === 0) return receipt
      return { ...receipt, columnsLeftOut: beside.map((column) => header[column] ?? '') }
    },
    get signs() {
      return table.signs
    },
    async *batches() {
      let watch: RowWatch | undefined
      const narrow = (batch: RowBatch): RowBatch =>
        beside.length === 0 ? batch : withoutColumns(batch, beside)
      for await (const waiting of inTurns(table.batches())) {
        if (watch === undefined) {
          const { header, receipt } = table
          const { columnsApart = [] } = receipt
          beside =
            columnsApart.length === 0 ? [] : columnsBeside(header, columnsApart, sampleOf(waiting))
          watch = new RowWatch(table, learnHabits(header, sampleOf(waiting.map(narrow))), people)
        }
        for (const batch of waiting) yield watch.leaveOut(narrow(batch))
      }
      watch?.end()
    },
  }
}

/** Batches one by one, but for the first: as many as habits are learnt from come together. */
async function* inTurns(batches: AsyncIterable<RowBatch>): AsyncGenerator<readonly RowBatch[]> {
  const first: RowBatch[] = []
  let rows = 0
  for await (const batch of batches) {
    if (rows >= SAMPLE_ROWS) {
      yield [batch]
      continue
    }
    first.push(batch)
    rows += batch.rows.length
    if (rows >= SAMPLE_ROWS) yield first
  }
  if (rows > 0 && rows < SAMPLE_ROWS) yield first
}

/** The same rows with empty cells in some columns. */
function withoutColumns(batch: RowBatch, columns: readonly number[]): RowBatch {
  const isOut = new Set(columns)
  return {
    ...batch,
    rows: batch.rows.map((row) => row.map((cell, column) => (isOut.has(column) ? '' : cell))),
  }
}

/** Rows that habits are learnt from. */
const SAMPLE_ROWS = 500

function sampleOf(batches: readonly RowBatch[]): (readonly string[])[] {
  const sample: (readonly string[])[] = []
  let filled = 0
  for (const row of batches.flatMap(({ rows }) => rows)) {
    if (filled >= SAMPLE_ROWS) break
    const isBlank = row.every((cell) => cell === '' || cell.trim() === '')
    if (!isBlank) filled += 1
    sample.push(row)
  }
  return sample
}

/** Rows from the top that are looked at one by one, whatever is in them. */
const TOP_ROWS = 10

/** Goes down the rows of one reading. */
class RowWatch {
  readonly #header: readonly string[]
  readonly #headings: readonly string[]
  readonly #habits: RowHabits
  readonly #proofs: readonly Proof[]
  readonly #table: Table
  /** Columns that tell who is meant, by their headings. */
  readonly #whoColumns: readonly number[]
  readonly #kept: KeptHere | undefined
  #lastRow = 0
  #isFirst = true
  #isApart = false
  #isSecond = false
  /** Whether the rows below a title such as “Waiting list” are read. */
  #isListApart = false

  constructor(table: Table, habits: RowHabits, people: KeptPeople | undefined) {
    const { header, receipt } = table
    this.#kept = people === undefined ? undefined : keptHere(people, receipt)
    this.#table = table
    this.#whoColumns = header.flatMap((heading, column) => (tellsWho(heading) ? [column] : []))
    this.#header = header
    this.#headings = header.map(codeKey)
    this.#habits = habits
    this.#proofs = proofsOf(habits)
  }

  /** The batch with the rows that are no people left out. */
  leaveOut(batch: RowBatch): RowBatch {
    const { firstRow, rows } = batch
    this.#lastRow = firstRow + rows.length - 1
    let kept: (readonly string[])[] | undefined
    for (let index = 0; index < rows.length; index += 1) {
      const cells = rows[index] ?? []
      const row = firstRow + index
      if (!this.#isSecond && row > TOP_ROWS && this.#proves(cells)) {
        this.#isFirst = false
        this.#isApart = false
        continue
      }
      const why = this.#judge(cells, row)
      if (why === undefined || this.#isKept(why, row)) continue
      kept ??= [...rows]
      kept[index] = leftOutRow(why)
    }
    return kept === undefined ? batch : { ...batch, rows: kept }
  }

  /** Refuses rows that were said to be people and are not there. */
  end(): void {
    const missing = this.#kept?.ownRows.find((row) => row > this.#lastRow)
    if (missing === undefined) return
    const { headerRow } = this.#table.receipt
    throw new FileRefused('row-not-there', { fileRow: headerRow + missing })
  }

  /** Whether somebody says that the row is a person; then it is as any other. */
  #isKept({ code }: LeftOut, row: number): boolean {
    if (this.#kept?.codes.has(code) !== true && this.#kept?.rows.has(row) !== true) return false
    this.#isFirst = false
    this.#isApart = false
    if (this.#kept.codes.has('rows-second-table')) this.#endOrBeginList(false)
    return true
  }

  /** Whether a cell says at a glance that the row is a person's. */
  #proves(cells: readonly string[]): boolean {
    if (this.#proofs.length === 0) return isNumbered(cells, this.#habits)
    for (const { column, isShapedSo } of this.#proofs) {
      const cell = cells[column] ?? ''
      if (cell !== '' && isShapedSo(cell)) return isBeside(cells, column, this.#habits)
    }
    return false
  }

  #judge(cells: readonly string[], row: number): LeftOut | undefined {
    if (isNoRow(cells)) return undefined
    if (cells.every((cell) => cell === '' || cell.trim() === '')) {
      this.#isApart = true
      return undefined
    }
    const again = this.#saysHeadings(cells)
    if (again === 'moved') {
      this.#isSecond = true
      return { code: 'rows-second-table', isSure: false }
    }
    if (again !== 'no') {
      this.#isSecond = this.#isListApart
      return { code: 'rows-repeat-headings', isSure: again === 'all' }
    }
    const isApartFromThose = this.#isSecond && !this.#isListApart
    if (isApartFromThose) return { code: 'rows-second-table', isSure: false }
    const place = { row, isFirst: this.#isFirst, isApart: this.#isApart }
    const code = judgeRow(cells, this.#habits, place)
    const isApart = beginsListApart(cells)
    const isTitle = code === 'rows-titles' || (code === 'rows-no-person' && isApart)
    if (isTitle && !this.#isFirst) this.#endOrBeginList(isApart)
    else if (this.#isListApart) return { code: code ?? 'rows-second-table', isSure: false }
    if (code === undefined || (code === 'rows-no-person' && this.#holdsFormula(row))) {
      this.#isFirst = false
      this.#isApart = false
      return undefined
    }
    if (code === 'rows-second-table') this.#isSecond = true
    if (code === 'rows-titles') this.#isApart = true
    return { code, isSure: false }
  }

  /** A formula is read as empty: who is meant may stand in one, and its own finding asks about it. */
  #holdsFormula(row: number): boolean {
    const { signs } = this.#table
    return this.#whoColumns.some((column) =>
      isAmong(signs?.cellsWith('formula', column) ?? [], row),
    )
  }

  /** At a title: another list of people begins below it, or the first goes on. */
  #endOrBeginList(isApart: boolean): void {
    this.#isListApart = isApart
    this.#isSecond = isApart
  }

  /**
   * Whether a row says the headings once more: every one, or most; `moved` where some stand over
   * other columns than above.
   */
  #saysHeadings(cells: readonly string[]): 'all' | 'most' | 'moved' | 'no' {
    let said = 0
    let moved = 0
    let filled = 0
    for (const [column, cell] of cells.entries()) {
      if (cell === '' || cell.trim() === '') continue
      filled += 1
      const key = codeKey(cell)
      if (this.#headings[column] !== '' && key === this.#headings[column]) said += 1
      else if (this.#headings.includes(key)) moved += 1
      else if (filled - said > 2) return 'no'
    }
    if (said < 2 || said * 3 < filled * 2 || said * 2 < this.#header.length) return 'no'
    if (moved > 1) return 'moved'
    return said === this.#header.length ? 'all' : 'most'
  }
}

/** Rows of one sheet that are kept, from 1 below its headings. */
interface KeptHere {
  readonly codes: ReadonlySet<OtherRowCode>
  readonly rows: ReadonlySet<number>
  /** Those that are of this sheet and no other. */
  readonly ownRows: readonly number[]
}

function keptHere(
  { codes = [], rows = [] }: KeptPeople,
  { headerRow, sheet: own, sheets = [] }: ReadingReceipt,
): KeptHere {
  const isAlone = sheets.filter(({ holdsData }) => holdsData).length <= 1
  const here = rows.filter(({ sheet }) => sheet === undefined || sheet === own)
  return {
    codes: new Set(codes),
    rows: new Set(here.map(({ row }) => row - headerRow)),
    ownRows: here
      .filter(({ sheet }) => isAlone || sheet !== undefined)
      .map(({ row }) => row - headerRow),
  }
}

const WHO = /_name$|date_of_birth$|nhs_number$|email$|mobile$/

function tellsWho(heading: string): boolean {
  const { claims, fullName } = readHeader(heading)
  return fullName !== undefined || claims.some(({ field }) => WHO.test(field))
}

/** Whether a number is in an ascending list. */
function isAmong(ascending: readonly number[], wanted: number): boolean {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ascending[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  return ascending[low] === wanted
}

/** A column whose cells say at a glance that somebody is meant. */
interface Proof {
  readonly column: number
  readonly isShapedSo: (cell: string) => boolean
}

/** The columns that say most often who is meant, the fullest first. */
function proofsOf({ columns }: RowHabits): Proof[] {
  return columns
    .map(({ telling, kind, filled }, column) => ({ telling, kind, filled, column }))
    .filter(({ telling }) => telling === 'birth' || telling === 'contact')
    .sort((left, right) => right.filled - left.filled)
    .flatMap(({ kind, column }) => {
      const isShapedSo = kind === undefined ? undefined : SHAPES[kind]
      return isShapedSo === undefined ? [] : [{ column, isShapedSo }]
    })
    .slice(0, 3)
}

/** Shapes that a glance at the ends of a cell tells. */
const SHAPES: Readonly<Partial<Record<string, (cell: string) => boolean>>> = {
  date: (cell) => cell.length >= 6 && cell.length <= 20 && isDigit(cell, 0),
  phone: (cell) => cell.length >= 9 && cell.length <= 20 && isDigit(cell, cell.length - 1),
  email: (cell) => cell.includes('@'),
  postcode: (cell) => cell.length >= 5 && cell.length <= 8 && /[0-9]/.test(cell),
}

function isDigit(cell: string, at: number): boolean {
  const code = cell.charCodeAt(at)
  return code >= 48 && code <= 57
}

/** Where no column says at a glance who is meant: a number of a case, and cells as people have. */
function isNumbered(
  cells: readonly string[],
  { reference, columns, usualFill }: RowHabits,
): boolean {
  const kind = columns[reference]?.kind
  const cell = cells[reference] ?? ''
  if ((kind !== 'reference' && kind !== 'number') || !isDigit(cell, cell.length - 1)) return false
  let filled = 0
  for (const other of cells) if (other !== '') filled += 1
  return filled > 2 && filled * 3 >= usualFill * 2
}

/** One cell alone is no proof: a closing line may hold a date. */
function isBeside(cells: readonly string[], proof: number, habits: RowHabits): boolean {
  if ((cells[habits.reference] ?? '') !== '') return true
  return habits.columns.some(
    ({ telling }, column) => column !== proof && isWho(telling) && (cells[column] ?? '') !== '',
  )
}
