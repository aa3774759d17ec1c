/**
 * Where a row of a table stands in the file, as the spreadsheet counts. Rows are numbered from 1
 * below the headings; where sheets are read together or a row holds several children, the numbers
 * run on, and this says what each stands for.
 */

/** What the numbers of a table's rows stand for; small, so that a receipt keeps it. */
export interface RowPlaces {
  /** The sheets in their order, each with the number of its first row and the row of its headings. */
  readonly sheets?: readonly {
    readonly firstRow: number
    readonly name: string
    readonly headerRow: number
  }[]
  /** How many numbers each row of the file takes: one for each child that it has room for. */
  readonly parts?: number
}

/** A place in the file, in the spreadsheet's own numbers. */
export interface Place {
  readonly fileRow: number
  /** Where several sheets were read. */
  readonly sheet?: string
  /** Which child of the row, from 1, where a row holds several. */
  readonly part?: number
}

/** What of a receipt tells the places of rows. */
interface Placing {
  readonly headerRow: number
  readonly places?: RowPlaces
}

/** Where a row of a table, numbered from 1 below the headings, stands in its file. */
export function placeOf({ headerRow, places = {} }: Placing, row: number): Place {
  const { sheets = [], parts = 1 } = places
  const sheet = sheets.findLast(({ firstRow }) => firstRow <= row)
  const within = row - (sheet?.firstRow ?? 1)
  return {
    fileRow: (sheet?.headerRow ?? headerRow) + 1 + Math.floor(within / parts),
    ...(sheet === undefined ? {} : { sheet: sheet.name }),
    ...(parts === 1 ? {} : { part: 1 + (within % parts) }),
  }
}

/**
 * The rows of a table that stand in a row of the spreadsheet: several where sheets were read together,
 * or where the row holds several children; some may be past the end of their sheet or file.
 */
export function rowsAt({ headerRow, places = {} }: Placing, fileRow: number): readonly number[] {
  const { sheets = [{ firstRow: 1, headerRow }], parts = 1 } = places
  return sheets.flatMap((sheet, index) => {
    const first = sheet.firstRow + (fileRow - sheet.headerRow - 1) * parts
    const next = sheets[index + 1]?.firstRow ?? Infinity
    return Array.from({ length: parts }, (_, part) => first + part).filter(
      (row) => row >= sheet.firstRow && row < next,
    )
  })
}

/** A place without the word “row” before it: “7”, “7 of sheet May”, “7, child 2”. */
export function placeWords({ fileRow, sheet, part }: Place): string {
  const of = sheet === undefined ? '' : ` of sheet ${sheet}`
  return `${fileRow.toLocaleString('en-GB')}${of}${part === undefined ? '' : `, child ${part}`}`
}
