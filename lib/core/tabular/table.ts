import type { FileCode } from '#core/messages/reading/file-refusals.ts'
import type { KeptPeople } from '#core/preparation/rows-left-out/kept-people.ts'
import type { Preparation } from '#core/preparation/preparation.ts'
import type { Prepared } from '#core/preparation/prepared.ts'
import type { RowPlaces } from '#core/preparation/row-places.ts'
import type { SheetSigns } from './workbook/sheet-signs.ts'

/**
 * A file as a table of text: what every reader yields, whatever the format.
 */

/** Random access to the bytes of a file: a file handle, a browser's File, a decrypted blob. */
export interface ByteSource {
  /** Name as the person gave it: data only, never a path to open. */
  readonly name: string
  readonly size: number
  /** Exactly `length` bytes from `offset`, fewer only at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>
}

/** Every encoding that a file of text can be read in, the likeliest first. */
export const ENCODINGS = [
  'utf-8',
  'utf-8-twice',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'macintosh',
  'ibm850',
  'ibm437',
  'windows-1250',
  'iso-8859-2',
  'iso-8859-15',
  'windows-1254',
  'iso-8859-14',
  'windows-1257',
  'windows-1258',
  'windows-1251',
  'windows-1253',
  'ibm852',
  'ibm857',
  'ibm775',
  'ibm860',
  'ibm861',
  'ibm863',
  'ibm865',
  'ibm737',
  'ibm866',
  'mac-turkish',
  'mac-ce',
  'iso-8859-3',
  'iso-8859-4',
  'iso-8859-10',
  'koi8-r',
  'iso-8859-5',
  'x-mac-cyrillic',
] as const

/** How bytes become text; `utf-8-twice` is UTF-8 that was taken for something else and encoded again. */
export type Encoding = (typeof ENCODINGS)[number]

/** Whether a text is the name of an encoding that files are read in. */
export function isEncoding(text: string): text is Encoding {
  return ENCODINGS.some((encoding) => encoding === text)
}

export type Separator = ',' | ';' | '\t' | '|'

/** What the reader is told; what is left out is found in the file. */
export interface ReadingChoices {
  readonly encoding?: Encoding
  readonly separator?: Separator
  readonly sheet?: string
  /** Row of the header in the file, from 1. */
  readonly headerRow?: number
  /** What is changed in the table before its columns are matched. */
  readonly preparation?: Preparation
  /** Rows that are people though they do not look so. */
  readonly people?: KeptPeople
  /** Headings of this service's last file: a row that has them is the header. */
  readonly expectedHeadings?: readonly string[] | ExpectedHeadings
}

/** Tells headings that are expected, by their letters and digits. */
export interface ExpectedHeadings {
  has(key: string): boolean
}

/** What is said of a reading beside a mapping, and before what the mapping says. */
export type ReadingTold = Pick<ReadingChoices, 'headerRow' | 'encoding' | 'people'>

/** Limits are errors, never truncation. */
export interface ReadingLimits {
  readonly bytes: number
  readonly rows: number
  readonly columns: number
}

/** A sheet of a workbook; only the chosen one is read. */
export interface SheetListed {
  readonly name: string
  /** Hidden in any way; `veryHidden` sheets cannot even be shown from a spreadsheet's own menus. */
  readonly hidden: boolean
  readonly veryHidden: boolean
  readonly holdsData: boolean
  /** It seems to hold people, under other headings than the sheet that is read. */
  readonly holdsOthers?: true
}

/** Cells of one column that were read as empty: where to look for them. */
export interface CellsReported {
  /** The column's heading or, above the header or without one, its letters. */
  readonly column: string
  readonly cells: number
  /** Row of the first of them as the spreadsheet numbers it. */
  readonly firstFileRow: number
}

/** An encoding, and what it makes of the letters that encodings differ in. */
export interface EncodingReading {
  readonly encoding: Encoding
  /** A few letters beyond A to Z, the commonest first, and nothing beside them. */
  readonly letters: string
}

/** Rows of a file of text with fewer cells than there are headings. */
export interface ShortRows {
  readonly rows: number
  /** Row of the first of them in the file, as spreadsheets number it. */
  readonly firstFileRow: number
  /** Whether they are few, and the other rows are filled to their last column. */
  readonly isUnusual: boolean
}

/** How the file was read; the part of the reading receipt that the reader knows. */
export interface ReadingReceipt {
  readonly format: 'csv' | 'xlsx' | 'ods'
  readonly encoding?: Encoding
  readonly byteOrderMark?: boolean
  /** The encodings that the file may be in, the best first, where its bytes do not settle it. */
  readonly readings?: readonly EncodingReading[]
  /** Whether another of `readings` is nearly as plausible as `encoding`, and nobody chose. */
  readonly encodingUnsure?: boolean
  /** Cells with bytes that are no text in the file's encoding. */
  readonly unreadable?: readonly CellsReported[]
  readonly separator?: Separator
  /** Cells with what a web page or a database left in them, which was read as what it stands for. */
  readonly decoded?: readonly CellsReported[]
  /** Cells with a database's word for no value, which were read as empty. */
  readonly emptied?: readonly CellsReported[]
  /** Rows whose last cells were left off; they were read as empty. */
  readonly shortRows?: ShortRows
  /** Whether the file seems to end before its last row does. */
  readonly cutOff?: boolean
  readonly sheet?: string
  /** All sheets of a workbook with what is hidden, in their order. */
  readonly sheets?: readonly SheetListed[]
  /** Rows below the header that are hidden; they are read all the same. */
  readonly hiddenRows?: number
  /** Hidden columns by heading, or by letters where there is none; they are read all the same. */
  readonly hiddenColumns?: readonly string[]
  /** Merged areas of the sheet; only the first cell of each holds a value. */
  readonly mergedCells?: number
  /** Those below the headings that cover several rows. */
  readonly mergedDown?: number
  readonly formulaCells?: number
  /** The formula cells by column; each is read as empty, its kept result never used. */
  readonly formulas?: readonly CellsReported[]
  readonly errorCells?: number
  readonly errors?: readonly CellsReported[]
  /** Of a file of text, headings of columns with an error in a row that holds something else. */
  readonly errorsBeside?: readonly string[]
  /** Cells whose number format shows another text than the one that is read. */
  readonly shownOtherwise?: readonly CellsReported[]
  /** Rules by which the sheet strikes out or greys rows; which, is not known. */
  readonly strikingRules?: readonly StrikingRule[]
  /** Rows below the header whose text is struck out; they are read, as those of the next four. */
  readonly struckRows?: number
  readonly fadedRows?: number
  readonly colouredRows?: number
  readonly unseenRows?: number
  /** Rows with a comment that says they are not to count. */
  readonly remarkedRows?: number
  /** Cells with a comment, whatever it says; comments are not read. */
  readonly comments?: number
  /** Rows that were left out by `Preparation.leaveOutMarked`. */
  readonly leftOutRows?: number
  /** Whether serial dates of this workbook count from 1904. */
  readonly date1904: boolean
  /** Row of the header in the file, from 1; a line break inside quotes starts no row. */
  readonly headerRow: number
  /** What the numbers of rows stand for, where a preparation makes them more than a count. */
  readonly places?: RowPlaces
  /** Row above it whose headings were joined with its own. */
  readonly upperHeaderRow?: number
  /** Columns of the file's header that a column without a heading stands before, from 0. */
  readonly columnsApart?: readonly number[]
  /** Headings of a second table beside the first: its cells are read as empty. */
  readonly columnsLeftOut?: readonly string[]
  /** What a preparation did. */
  readonly prepared?: Prepared
}

/** A rule (conditional format) that strikes out or greys cells where a formula holds. */
export interface StrikingRule {
  /** Areas of the sheet, such as `A2:F200`. */
  readonly range: string
  /** Headings, or letters, of the columns that its formula looks at. */
  readonly columns: readonly string[]
}

/** Rows in file order. `firstRow` is the source row of `rows[0]`: 1 is the row below the header. */
export interface RowBatch {
  readonly firstRow: number
  /**
   * Each row has as many cells as the header, a blank cell being an empty string; or it is NO_ROW.
   */
  readonly rows: readonly (readonly string[])[]
  /** For each row the columns whose cells a rule filled; left out where there are no rules. */
  readonly filled?: readonly (readonly number[])[]
}

/**
 * An open file: its header is known, its rows are read on demand, from the start each time
 * `batches` is called.
 */
export interface Table {
  readonly header: readonly string[]
  /**
   * Complete once all batches were read; counts of hidden, merged and formula cells grow until
   * then.
   */
  readonly receipt: ReadingReceipt
  /** What a sheet shows beside its cells, as far as it was read; undefined where nothing can be. */
  readonly signs?: SheetSigns | undefined
  batches(): AsyncIterable<RowBatch>
}

/** Rows of a file that a person looks at to say which holds the headings; every value masked. */
export interface TopRows {
  /** Row of the first of them in the file, from 1. */
  readonly firstRow: number
  readonly rows: readonly (readonly string[])[]
}

/**
 * A file that is refused as a whole. `code` is in the catalogue of messages; `detail` holds no
 * personal value. `top` goes with a question about the row of the headings.
 */
export class FileRefused extends Error {
  readonly code: FileCode
  readonly detail: Readonly<Record<string, string | number>>
  readonly top: TopRows | undefined
  constructor(
    code: FileCode,
    detail: Readonly<Record<string, string | number>> = {},
    top?: TopRows,
  ) {
    super(code)
    this.name = 'FileRefused'
    this.code = code
    this.detail = detail
    this.top = top
  }
}
