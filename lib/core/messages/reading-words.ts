import type { ReadingReceipt } from '../tabular/table.ts'

const ENCODINGS = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16, big-endian',
  'windows-1252': 'Windows-1252 (Western European)',
} as const

const SEPARATORS = { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Vertical bar' } as const

/** Choices of an encoding, after finding it out. */
export const ENCODING_CHOICES = Object.entries(ENCODINGS).map(([value, text]) => ({ value, text }))

/** Choices of a separator, after finding it out. */
export const SEPARATOR_CHOICES = Object.entries(SEPARATORS).map(([value, text]) => ({
  value,
  text,
}))

/** A line of the reading receipt. */
export interface ReceiptLine {
  readonly name: string
  readonly value: string
}

/** How a file was read, in words; what does not apply to its kind is left out. */
export function receiptLines(receipt: ReadingReceipt, rows: number | null): ReceiptLine[] {
  const { encoding, separator, sheet, headerRow, upperHeaderRow, format, byteOrderMark } = receipt
  return [
    { name: 'Kind of file', value: format === 'csv' ? 'Text (CSV)' : 'Excel workbook' },
    ...(encoding === undefined
      ? []
      : [
          {
            name: 'Encoding',
            value: ENCODINGS[encoding] + (byteOrderMark === true ? ', marked as such' : ''),
          },
        ]),
    ...(separator === undefined
      ? []
      : [{ name: 'Columns separated by', value: SEPARATORS[separator] }]),
    ...(sheet === undefined ? [] : [{ name: 'Sheet', value: sheet }]),
    upperHeaderRow === undefined
      ? { name: 'Headings in row', value: String(headerRow) }
      : { name: 'Headings in rows', value: `${upperHeaderRow} and ${headerRow}, joined` },
    { name: 'Dates read as', value: 'Day, month, year; or year-month-day' },
    ...(rows === null ? [] : [{ name: 'Rows below the headings', value: numberWords(rows) }]),
  ]
}

/**
 * What a person ought to know about how the file was read: what is hidden, merged or worked out by
 * a formula.
 */
export function receiptNotices(receipt: ReadingReceipt): string[] {
  const { sheets = [], sheet, hiddenRows = 0, hiddenColumns = [], mergedCells = 0 } = receipt
  const { formulas = [], formulaCells = 0, errorCells = 0, errors = [] } = receipt
  const others = sheets.filter(({ name, holdsData }) => name !== sheet && holdsData)
  const hidden = others.filter(({ hidden: isHidden }) => isHidden)
  const shown = others.filter(({ hidden: isHidden }) => !isHidden)
  return [
    ...(shown.length === 0
      ? []
      : [`Other sheets were not read: ${shown.map(({ name }) => name).join(', ')}.`]),
    ...(hidden.length === 0
      ? []
      : [
          `Hidden sheets were not read: ${hidden.map(({ name }) => name).join(', ')}. Check that nothing is in the workbook that should not be sent.`,
        ]),
    ...(hiddenRows === 0
      ? []
      : [`${counted(hiddenRows, 'hidden row was', 'hidden rows were')} read like any other.`]),
    ...(hiddenColumns.length === 0
      ? []
      : [`Hidden columns were read like any other: ${hiddenColumns.join(', ')}.`]),
    ...(mergedCells === 0
      ? []
      : [
          `${counted(mergedCells, 'area of merged cells has', 'areas of merged cells have')} its value in the first cell only.`,
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

/** A number with commas between thousands. */
export function numberWords(value: number): string {
  return value.toLocaleString('en-GB')
}

/** A number with the word for one or for several. */
export function counted(value: number, one: string, many: string): string {
  return `${numberWords(value)} ${value === 1 ? one : many}`
}
