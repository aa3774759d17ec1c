import type { Prepared } from '#core/preparation/prepared.ts'
import { ROW_SIGNS, type RowSign } from '#core/tabular/workbook/sheet-signs.ts'
import { ENCODINGS } from '#core/tabular/table.ts'
import type {
  CellsReported,
  Encoding,
  ReadingReceipt,
  SheetListed,
  StrikingRule,
} from '#core/tabular/table.ts'

const ENCODING_NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-8-twice': 'UTF-8, encoded twice',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16, big-endian',
  'windows-1252': 'Windows-1252 (Western European)',
  macintosh: 'Mac OS Roman',
  ibm850: 'DOS 850 (Western European)',
  ibm437: 'DOS 437 (United States)',
  'windows-1250': 'Windows-1250 (Polish and Central European)',
  'iso-8859-2': 'ISO 8859-2 (Polish and Central European)',
  'iso-8859-15': 'ISO 8859-15 (Western European)',
  'windows-1254': 'Windows-1254 (Turkish)',
  'iso-8859-14': 'ISO 8859-14 (Welsh and Irish)',
  'windows-1257': 'Windows-1257 (Baltic)',
  'windows-1258': 'Windows-1258 (Vietnamese)',
  'windows-1251': 'Windows-1251 (Cyrillic)',
  'windows-1253': 'Windows-1253 (Greek)',
  ibm852: 'DOS 852 (Central European)',
  ibm857: 'DOS 857 (Turkish)',
  ibm775: 'DOS 775 (Baltic)',
  ibm860: 'DOS 860 (Portuguese)',
  ibm861: 'DOS 861 (Icelandic)',
  ibm863: 'DOS 863 (Canadian French)',
  ibm865: 'DOS 865 (Nordic)',
  ibm737: 'DOS 737 (Greek)',
  ibm866: 'DOS 866 (Cyrillic)',
  'mac-turkish': 'Mac OS Turkish',
  'mac-ce': 'Mac OS Central European (Polish, Czech)',
  'iso-8859-3': 'ISO 8859-3 (Maltese)',
  'iso-8859-4': 'ISO 8859-4 (Baltic and Sami)',
  'iso-8859-10': 'ISO 8859-10 (Nordic)',
  'koi8-r': 'KOI8-R (Cyrillic)',
  'iso-8859-5': 'ISO 8859-5 (Cyrillic)',
  'x-mac-cyrillic': 'Mac OS Cyrillic',
}

const SEPARATORS = { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Vertical bar' } as const

/**
 * Choices of an encoding, after finding it out; with the letters that each makes of the file, where
 * more than one of them may be right.
 */
export function encodingChoices(
  receipt: ReadingReceipt | null,
): { readonly value: Encoding; readonly text: string }[] {
  const letters = new Map(receipt?.readings?.map((reading) => [reading.encoding, reading.letters]))
  return ENCODINGS.map((value) => {
    const made = letters.get(value) ?? ''
    return { value, text: ENCODING_NAMES[value] + (made === '' ? '' : `: ${spaced(made)}`) }
  })
}

function spaced(letters: string): string {
  return Array.from(letters).join(' ')
}

/** Choices of a separator, after finding it out. */
export const SEPARATOR_CHOICES = Object.entries(SEPARATORS).map(([value, text]) => ({
  value,
  text,
}))

const FORMATS: Readonly<Record<ReadingReceipt['format'], string>> = {
  csv: 'Text (CSV)',
  xlsx: 'Excel workbook',
  ods: 'OpenDocument spreadsheet',
}

/** Rows that look as if they did not count: how many, and what they are called. */
const SIGN_WORDS: Readonly<
  Record<
    RowSign,
    {
      readonly count: (receipt: ReadingReceipt) => number | undefined
      readonly rows: string
      /** What is done, for a box to tick. */
      readonly leaveOut: string
    }
  >
> = {
  struck: {
    count: ({ struckRows }) => struckRows,
    rows: 'struck out',
    leaveOut: 'Leave out the rows that are struck out',
  },
  hidden: {
    count: ({ hiddenRows }) => hiddenRows,
    rows: 'hidden, by hand or by a filter',
    leaveOut: 'Leave out the rows that are hidden',
  },
  faded: {
    count: ({ fadedRows }) => fadedRows,
    rows: 'grey where the others are not',
    leaveOut: 'Leave out the rows that are grey',
  },
  coloured: {
    count: ({ colouredRows }) => colouredRows,
    rows: 'coloured where the others are not',
    leaveOut: 'Leave out the rows that are coloured',
  },
  unseen: {
    count: ({ unseenRows }) => unseenRows,
    rows: 'white on white, or shown as nothing',
    leaveOut: 'Leave out the rows that cannot be seen',
  },
  remark: {
    count: ({ remarkedRows }) => remarkedRows,
    rows: 'commented on as not to count',
    leaveOut: 'Leave out the rows with a comment that says so',
  },
}

/**
 * Rows of a sheet that may be left out by how they look: those that there are, and those that are
 * left out now.
 */
export function leaveOutChoices(
  receipt: ReadingReceipt | null,
  chosen: readonly RowSign[],
): { readonly sign: RowSign; readonly text: string; readonly isChosen: boolean }[] {
  return ROW_SIGNS.flatMap((sign) => {
    const { count, leaveOut } = SIGN_WORDS[sign]
    const rows = receipt === null ? 0 : (count(receipt) ?? 0)
    const isChosen = chosen.includes(sign)
    if (rows === 0 && !isChosen) return []
    return [{ sign, text: rows === 0 ? leaveOut : `${leaveOut} (${numberWords(rows)})`, isChosen }]
  })
}

/**
 * What a sheet shows beside its cells: rows that look as if they did not count, which were read all
 * the same, comments, and cells that show something else.
 */
export function signNotices(receipt: ReadingReceipt): string[] {
  const { leftOutRows = 0, comments = 0, shownOtherwise = [], strikingRules = [] } = receipt
  return [
    ...ROW_SIGNS.flatMap((sign) => {
      const { count, rows } = SIGN_WORDS[sign]
      const found = count(receipt) ?? 0
      return found === 0
        ? []
        : [`${counted(found, 'row is', 'rows are')} ${rows}, and read like any other.`]
    }),
    ...strikingRules.map(ruleNotice),
    ...(leftOutRows === 0
      ? []
      : [`${counted(leftOutRows, 'row was', 'rows were')} left out by how they look, as chosen.`]),
    ...(comments === 0
      ? []
      : [`${counted(comments, 'cell has a comment', 'cells have comments')}, which is not read.`]),
    ...(shownOtherwise.length === 0
      ? []
      : [
          `Cells show something else than they hold, which is what was read: ${shownOtherwise.map(({ column }) => column).join(', ')}.`,
        ]),
  ]
}

function ruleNotice({ range, columns }: StrikingRule): string {
  const by = columns.length === 0 ? '' : `, by what stands in ${columns.join(', ')}`
  return `A rule strikes out or greys rows in ${range}${by}. They are read like any other.`
}

/** A line of the reading receipt. */
export interface ReceiptLine {
  readonly name: string
  readonly value: string
}

/** How a file was read, in words; what does not apply to its kind is left out. */
export function receiptLines(receipt: ReadingReceipt, rows: number | null): ReceiptLine[] {
  const { encoding, separator, sheet, headerRow, upperHeaderRow, format, byteOrderMark } = receipt
  return [
    { name: 'Kind of file', value: FORMATS[format] },
    ...(encoding === undefined
      ? []
      : [
          {
            name: 'Encoding',
            value: ENCODING_NAMES[encoding] + (byteOrderMark === true ? ', marked as such' : ''),
          },
        ]),
    ...(separator === undefined
      ? []
      : [{ name: 'Columns separated by', value: SEPARATORS[separator] }]),
    ...(sheet === undefined ? [] : [{ name: 'Sheet', value: sheet }]),
    ...preparedLines(receipt),
    upperHeaderRow === undefined
      ? { name: 'Headings in row', value: String(headerRow) }
      : { name: 'Headings in rows', value: `${upperHeaderRow} and ${headerRow}, joined` },
    { name: 'Dates read as', value: 'Day, month, year; or year-month-day' },
    ...(rows === null ? [] : [{ name: 'Rows below the headings', value: numberWords(rows) }]),
  ]
}

/** What was changed in a table before its columns are matched; nothing where nothing was. */
export function preparedLines({ prepared = {} }: Pick<ReadingReceipt, 'prepared'>): ReceiptLine[] {
  const { sheets, filled = [], sessions, children, gaps = [] } = prepared
  const cells = filled.map(({ column, cells: many }) => `${numberWords(many)} in ${column}`)
  return [
    ...(sheets === undefined
      ? []
      : [{ name: 'Sheets read as one table', value: sheets.taken.join(', ') }]),
    ...(cells.length === 0
      ? []
      : [{ name: 'Cells filled from the row above', value: cells.join(', ') }]),
    ...(sessions === undefined
      ? []
      : [{ name: 'Columns of sessions', value: sessionWords(sessions) }]),
    ...(children === undefined
      ? []
      : [
          {
            name: 'Children in rows of their own',
            value: `${numberWords(children.children)}, from ${counted(children.rows, 'row', 'rows')}`,
          },
        ]),
    ...(gaps.length === 0 ? [] : [{ name: 'Gaps filled by rules', value: gapWords(gaps) }]),
  ]
}

function gapWords(gaps: NonNullable<Prepared['gaps']>): string {
  const sum = (of: 'filled' | 'changed'): string =>
    counted(
      gaps.reduce((total, effect) => total + effect[of], 0),
      'cell',
      'cells',
    )
  return `${counted(gaps.length, 'rule', 'rules')}: ${sum('filled')} filled, ${sum('changed')} changed`
}

function sessionWords({
  columns,
  contacts,
  outsideQuarter,
}: NonNullable<Prepared['sessions']>): string {
  const outside =
    outsideQuarter === 0 ? '' : `; ${numberWords(outsideQuarter)} outside it were not counted`
  return `${numberWords(columns)}, with ${counted(contacts, 'session', 'sessions')} attended in the quarter${outside}`
}

/**
 * What a person ought to know about how the file was read: what is hidden, merged or worked out by
 * a formula.
 */
export function receiptNotices(receipt: ReadingReceipt): string[] {
  const { hiddenColumns = [], mergedCells = 0, columnsLeftOut = [] } = receipt
  const { formulas = [], formulaCells = 0, errorCells = 0, errors = [] } = receipt
  const others = sheetsLeft(receipt).filter(({ holdsData }) => holdsData)
  const hidden = others.filter(({ hidden: isHidden }) => isHidden)
  const shown = others.filter(({ hidden: isHidden }) => !isHidden)
  const withPeople = others.filter(({ holdsOthers }) => holdsOthers === true)
  const isJoined = receipt.prepared?.sheets !== undefined
  return [
    ...textNotices(receipt),
    ...(shown.length === 0
      ? []
      : [
          `Other sheets were not read: ${shown.map(({ name }) => name).join(', ')}.${isJoined ? '' : ' Where they hold the same table, you are asked whether to read them together.'}`,
        ]),
    ...(hidden.length === 0
      ? []
      : [
          `Hidden sheets were not read: ${hidden.map(({ name }) => name).join(', ')}. Check that nothing is in the workbook that should not be sent.`,
        ]),
    ...(withPeople.length === 0
      ? []
      : [
          `Seems to hold people of its own, who are not counted: ${withPeople.map(({ name }) => name).join(', ')}.`,
        ]),
    ...signNotices(receipt),
    ...(hiddenColumns.length === 0
      ? []
      : [`Hidden columns were read like any other: ${hiddenColumns.join(', ')}.`]),
    ...(columnsLeftOut.length === 0
      ? []
      : [
          `These columns are a second table beside the first and were left out: ${columnsLeftOut.join(', ')}.`,
        ]),
    ...(mergedCells === 0
      ? []
      : [
          `${counted(mergedCells, 'merged area', 'merged areas')}: only the first cell of a merged area holds a value.`,
        ]),
    ...(formulaCells === 0
      ? []
      : [
          `${counted(formulaCells, 'cell holds a formula and was', 'cells hold formulas and were')} read as empty: ${formulas.map(({ column }) => column).join(', ')}. Copy the column and paste its values to have them read.`,
        ]),
    ...(errorCells === 0
      ? []
      : [
          `${counted(errorCells, 'cell shows an error and was', 'cells show errors and were')} read as empty: ${errors.map(({ column }) => column).join(', ')}.`,
        ]),
  ]
}

/** Of these, what concerns a file of text. */
export function textNotices(receipt: ReadingReceipt): string[] {
  const { encoding, encodingUnsure = false, readings = [], unreadable = [] } = receipt
  const { shortRows, cutOff = false, decoded = [], emptied = [] } = receipt
  return [
    ...(encodingUnsure
      ? [
          `Letters with accents can be read in more than one way: ${readings.map(({ encoding: other, letters }) => `${spaced(letters)} (${ENCODING_NAMES[other]})`).join('; or ')}. Choose the encoding that gives the right letters.`,
        ]
      : []),
    ...(encoding === 'utf-8-twice'
      ? [
          'Letters with accents were broken when the file was made, such as Ã© for é. They were read as what they were before.',
        ]
      : []),
    ...(unreadable.length === 0
      ? []
      : [
          `${placesWords(unreadable)} a letter that cannot be read. Type it again in your own system, or save the file again as CSV UTF-8.`,
        ]),
    ...(decoded.length === 0
      ? []
      : [
          `${placesWords(decoded)} what a web page or a database left there, such as &eacute; for é, and ${decoded.length === 1 && decoded[0]?.cells === 1 ? 'was' : 'were'} read as what it stands for.`,
        ]),
    ...(emptied.length === 0
      ? []
      : [
          `${placesWords(emptied)} a database’s word for no value, such as NULL, and ${emptied.length === 1 && emptied[0]?.cells === 1 ? 'was' : 'were'} read as empty.`,
        ]),
    ...(shortRows === undefined
      ? []
      : [
          `${counted(shortRows.rows, 'row ends', 'rows end')} before the last column, the first of them in row ${numberWords(shortRows.firstFileRow)}. Their last cells were read as empty.`,
        ]),
    ...(cutOff ? ['The file seems to end before its last row does.'] : []),
  ]
}

/** How many cells, where they are, and a verb: "2 cells (Surname, first in row 6) hold". */
function placesWords(reported: readonly CellsReported[]): string {
  const cells = reported.reduce((sum, column) => sum + column.cells, 0)
  const places = reported.map(
    ({ column, firstFileRow }) => `${column}, first in row ${numberWords(firstFileRow)}`,
  )
  return `${counted(cells, 'cell', 'cells')} (${places.join('; ')}) ${cells === 1 ? 'holds' : 'hold'}`
}

/** Which sheets of a workbook were read. */
export function sheetWords({
  sheet,
  prepared,
}: Pick<ReadingReceipt, 'sheet' | 'prepared'>): string {
  const together = prepared?.sheets?.taken
  return together === undefined ? `sheet ${sheet ?? ''}` : `sheets ${together.join(', ')}`
}

/** The sheets of a workbook that were not read. */
export function sheetsLeft({
  sheet,
  sheets = [],
  prepared,
}: Pick<ReadingReceipt, 'sheet' | 'sheets' | 'prepared'>): readonly SheetListed[] {
  const read = prepared?.sheets?.taken ?? [sheet]
  return sheets.filter(({ name }) => !read.includes(name))
}

/** A number with commas between thousands. */
export function numberWords(value: number): string {
  return value.toLocaleString('en-GB')
}

/** A number with the word for one or for several. */
export function counted(value: number, one: string, many: string): string {
  return `${numberWords(value)} ${value === 1 ? one : many}`
}
