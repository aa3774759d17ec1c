import type { Words, WordsDetail } from '#core/messages/words.ts'

/**
 * The words of a file that is refused as a whole: code → what is wrong and how to fix it, for
 * somebody who keeps lists and is no technician. Headings, sheet names and row numbers are shown;
 * the value of a cell never is.
 */

type WordsFor = (detail: WordsDetail) => Words

const SAVE_AS =
  'Open it in Excel or LibreOffice and use Save As to make an Excel Workbook (.xlsx) or a CSV UTF-8 (.csv) file, then upload that.'
/** How a person says it, on a page and on the command line. */
const SAY_HEADER_ROW =
  'tell us its row number (“Row of the headings” on this page, --header-row on the command line)'
const EXPORT_AGAIN = 'Export or save the file again and upload the new copy.'

/** Every code of FileRefused with its words. */
export const FILE_WORDS = {
  'file-empty': words(
    'The file is empty.',
    'Check that you chose the right file and that it was saved before you uploaded it.',
  ),
  'file-too-large': (detail) => ({
    title: `The file is larger than ${megabytes(detail['limit'])}.`,
    fix: 'Send only the rows of this quarter. Pictures and unused sheets make a workbook large: delete them, or save the sheet as CSV.',
  }),
  'too-many-rows': (detail) => ({
    title: `The file has more than ${count(detail['limit'])} rows.`,
    fix: 'None of it was read, so that nothing is cut off. Send only the rows of this quarter, or ask the programme to raise the limit.',
  }),
  'register-other-quarter': words(
    'No session in the register is in this quarter.',
    'Choose the quarter the register is for, or send the register of this quarter.',
  ),
  'row-not-there': (detail) => ({
    title: `The file has no row ${count(detail['fileRow'])}, which was said to be a person.`,
    fix: 'Check the row numbers: they are those your spreadsheet shows.',
  }),
  'preparation-column-missing': (detail) => ({
    title: isTold(detail['heading'])
      ? `The file has no column “${text(detail['heading'])}”, which is needed to read it as it was chosen to be read.`
      : 'The file lacks a column that is needed to read it as it was chosen to be read.',
    fix: 'Check that it is the right file and that the heading is written as before; or say again how to read the rows of this file.',
  }),
  'filling-column-missing': (detail) => ({
    title: isTold(detail['heading'])
      ? `The file has no column “${text(detail['heading'])}”, which rule ${count(detail['rule'])} for filling gaps needs.`
      : `The file lacks a column that rule ${count(detail['rule'])} for filling gaps needs.`,
    fix: 'Check that it is the right file and that the heading is written as before; or take the rule out, on the page “Fill gaps in your file” or in the mapping file.',
  }),
  'too-many-columns': (detail) => ({
    title: `The file has more than ${count(detail['limit'])} columns.`,
    fix: 'Delete the columns that are not needed. If the sheet looks narrow, there is something far to the right of the table: delete those columns.',
  }),
  'row-too-long': (detail) => ({
    title: `${place(detail)} holds more than ${count(detail['limit'])} characters.`,
    fix: 'Usually a quotation mark or a line break is missing, so that the rest of the file runs into one row. Look at that row, then export the file again.',
  }),
  'cell-too-long': (detail) => ({
    title: `A cell holds more than ${count(detail['limit'])} characters.`,
    fix: 'Shorten or delete the very long text, which is not needed here.',
  }),
  'encoding-wrong': (detail) => ({
    title: `The file is not ${text(detail['encoding'])} text, although it was said to be.`,
    fix: 'Let the encoding be found automatically, or choose Windows-1252. If names then look wrong, export the file again as CSV UTF-8.',
  }),
  'binary-content': words(
    'The file is not a table of text.',
    `It holds characters that no CSV file has. ${SAVE_AS}`,
  ),
  'header-not-found': (detail) => ({
    title: 'We could not find a row of column headings.',
    fix: `${typeof detail['looked'] === 'number' ? `We looked in ${detail['looked'] === 1 ? 'the only row' : `the first ${count(detail['looked'])} rows`}. ` : ''}If the file begins with the first person, add a row of headings above, such as Client ID, First name, Date of birth: without one, that person would be lost. If there is a row of headings, ${SAY_HEADER_ROW}.`,
  }),
  'header-unsure': (detail) => ({
    title: `We are not sure which row holds the column headings: it may be row ${count(detail['fileRow'])}.`,
    fix: `If it is, ${SAY_HEADER_ROW}: nobody above that row is counted. If the file has no headings, add a row of them above the first person.`,
  }),
  'header-in-column': words(
    'The headings stand in the first column, and every person has a column of their own.',
    'Turn the table round, so that every person has a row: in Excel or LibreOffice copy it, then choose Paste Special and Transpose. Then upload the new file.',
  ),
  'header-moved': (detail) => ({
    title: `Row ${count(detail['fileRow'])} of the file does not hold the column headings; row ${count(detail['found'])} does.`,
    fix: `Rows were added or deleted above the table since the row number was chosen. Choose row ${count(detail['found'])}, or leave the choice of the row out and we will find it.`,
  }),
  'header-holds-people': (detail) => ({
    title: `Row ${count(detail['fileRow'])} of the file looks like a person, not like column headings.`,
    fix: 'Choose the row that holds the headings. If the file has none, add a row of headings above the first person, who would be lost otherwise.',
  }),
  'header-holds-data': (detail) => ({
    title: `Row ${text(detail['fileRow'])} of the file does not hold headings: column ${text(detail['column'])} looks like a telephone number, an NHS number or an email address.`,
    fix: 'Give every column a heading in one row above the data, or choose the row that holds the headings.',
  }),
  'header-duplicate': (detail) => ({
    title: `${isTold(detail['heading']) ? `Two columns are called “${text(detail['heading'])}”` : 'Two columns have the same heading'}: ${text(detail['first'])} and ${text(detail['second'])}.`,
    fix: `Give each column in row ${text(detail['fileRow'])} of the file its own heading, or delete the one you do not need.`,
  }),
  'header-reserved': (detail) => ({
    title: isTold(detail['heading'])
      ? `A column cannot be called “${text(detail['heading'])}”.`
      : `Column ${text(detail['column'])} has a heading that a column cannot have.`,
    fix: `Change that heading in row ${text(detail['fileRow'])} of the file.`,
  }),
  'heading-missing': (detail) => ({
    title: `${place(detail)} has something in column ${text(detail['column'])}, which has no heading.`,
    fix: 'Give the column a heading, or delete its contents. If the row is out of step with the headings, move its cells back.',
  }),
  'row-short': (detail) => ({
    title: `${place(detail)} has ${cells(detail['cells'])}; the headings need ${text(detail['expected'])}.`,
    fix: 'The rows beside it have all their cells, so a separator is missing or a text is broken over two lines. Fix the row, or export the file again.',
  }),
  'row-shifted': (detail) => ({
    title: `${place(detail)} is out of step with the headings: from column ${text(detail['column'])} on, its cells belong one column to the left or to the right.`,
    fix: 'Usually a text in the row holds the separator, such as the comma of an address or of 1,5, or a separator is missing; in a workbook, cells were inserted or deleted. Move the cells back to their columns, or put quotation marks around the text, and upload the file again.',
  }),
  'row-separator': (detail) => ({
    title: `${place(detail)} separates its cells with another sign than the other rows.`,
    fix: 'Put the same separator in every row, or export the file again.',
  }),
  'row-quoted': (detail) => ({
    title: `${place(detail)} stands in its first cell, all between quotation marks.`,
    fix: 'Open the file in a text editor, and take the quotation marks at the beginning and the end of this row away, and of others like it. Or export the file again from the system it came from.',
  }),
  'separator-unknown': (detail) => ({
    title: `Row ${count(detail['fileRow'])} holds all its headings in one column: its columns are separated by another sign than those we read.`,
    fix: 'We read files whose columns are separated by commas, semicolons, tabs or vertical bars. Export the file again so; or open it in Excel (Data, From Text, with the sign that separates its columns) and save it as a workbook.',
  }),
  'lines-quoted': (detail) => ({
    title: `Row ${count(detail['fileRow'])} holds all its headings in one cell, between quotation marks.`,
    fix: 'Each line of an export was put between quotation marks once more. Export the file again from the system it came from; or open it in a text editor, and take the quotation marks at the beginning and the end of each line away.',
  }),
  'rows-in-one-column': (detail) => ({
    title: `Row ${count(detail['fileRow'])} holds all its headings in one cell of the sheet.`,
    fix: 'A file of text was opened without its columns being split. Upload that file of text itself; or select the column, choose Data, Text to columns, and the separator, and save the workbook again.',
  }),
  'quote-swallows-row': (detail) => ({
    title: `${place(detail)} holds a text in quotation marks that goes over several lines and takes in other rows.`,
    fix: 'A quotation mark opens where none should be, such as 3" for three inches, and the rows below count as text until the next one. Delete the mark or close the text before the line ends, then upload the file again.',
  }),
  'cell-swallows-row': (detail) => ({
    title: `${place(detail)} has a cell of several lines that takes in another row.`,
    fix: 'When the rows were brought into the workbook, the end of one row and the beginning of the next went into one cell, so that somebody is lost. Put those cells back into rows and columns of their own, or export the file again, and upload it.',
  }),
  'row-long': (detail) => ({
    title: `${place(detail)} has ${cells(detail['cells'])}; there are headings for ${text(detail['expected'])}.`,
    fix: 'Usually a text holds the separator and has no quotation marks around it, such as the comma of an address or of 1,5, so that its cells are out of step even if the last one is empty. Fix the row, or export the file again.',
  }),
  'quote-unterminated': (detail) => ({
    title: `A quotation mark in ${inPlace(detail)} is never closed.`,
    fix: 'Close it or delete it. The row may be the one where the text begins, not where it shows.',
  }),
  'quote-misplaced': (detail) => ({
    title: `A quotation mark in ${inPlace(detail)} is followed by more text.`,
    fix: 'Inside a text in quotation marks every such mark is doubled (""), not written as \\" or ". Fix the row, or export the file again from the system it came from.',
  }),
  'no-rows': words(
    'The file has no rows of data.',
    'Check that the data is below the headings, on a sheet that is not hidden, and that you chose the right file.',
  ),
  'sheet-not-found': (detail) => ({
    title: `The workbook has no sheet called “${text(detail['sheet'])}”.`,
    fix: 'Choose one of the sheets it has.',
  }),
  'sheets-hidden': words(
    'All sheets with data are hidden.',
    'Show the sheet you mean to send (right-click a sheet’s tab, Unhide), and check that the hidden ones hold nothing that should not be sent.',
  ),
  'xlsx-damaged': words(
    'The workbook is damaged or incomplete.',
    `Open it in Excel, save it under a new name and upload that. If Excel cannot open it: ${lower(EXPORT_AGAIN)}`,
  ),
  'xlsx-unpacks-too-large': words(
    'The workbook unpacks to far more than its size, as harmful files do.',
    'If it comes from you, save the sheet as CSV UTF-8 (.csv) and upload that.',
  ),
  'xlsx-dtd': words(
    'The workbook has instructions in it that no spreadsheet program writes.',
    `They could be harmful. ${EXPORT_AGAIN}`,
  ),
  'xlsx-strings-too-large': words(
    'The workbook holds more text than can be read from a workbook.',
    'Save the sheet as CSV UTF-8 (.csv) and upload that.',
  ),
  'kind-xls': words('This is an old Excel file (.xls).', SAVE_AS),
  'kind-xlsb': words('This is a binary Excel file (.xlsb).', SAVE_AS),
  'kind-numbers': words(
    'This is an Apple Numbers spreadsheet.',
    'Open it in Numbers, choose File, Export To, Excel or CSV, and upload the file that this makes.',
  ),
  'kind-encrypted': words(
    'The file is protected by a password.',
    'Take the password off (in Excel: File, Info, Protect Workbook, Encrypt with Password, delete it), save, and upload it again. The upload itself is encrypted.',
  ),
  'kind-macros': words(
    'The workbook holds macros.',
    'Save it as an Excel Workbook (.xlsx) without macros, or as CSV, and upload that.',
  ),
  'kind-external-links': words(
    'The workbook takes values from other files.',
    'In Excel choose Data, Edit Links, Break Link for each of them, save, and upload it again; or save the sheet as CSV.',
  ),
  'kind-html': words(
    'This is a web page, whatever its name says.',
    `Some systems export web pages under the name of an Excel file. ${SAVE_AS}`,
  ),
  'kind-xml-spreadsheet': words(
    'This is a spreadsheet saved as XML, whatever its name says.',
    SAVE_AS,
  ),
  'kind-xml': words('This is an XML file, not a table.', SAVE_AS),
  'kind-json': words(
    'This is a JSON file, not a table.',
    'Export it as CSV or Excel from the system it comes from.',
  ),
  'kind-shortcut': words(
    'This is a link to a spreadsheet, not the spreadsheet itself.',
    'Open the link. In Google Sheets choose File, Download, Microsoft Excel (.xlsx), and upload the file that was downloaded.',
  ),
  'kind-pdf': words('This is a PDF document.', 'Upload the spreadsheet it was made from.'),
  'kind-document': words(
    'This is a document, not a spreadsheet.',
    'Upload an Excel workbook (.xlsx), an OpenDocument spreadsheet (.ods) or a CSV file.',
  ),
  'kind-image': words('This is a picture.', 'Upload the spreadsheet itself, not a picture of it.'),
  'kind-zip': words(
    'This is a packed folder, not a spreadsheet.',
    'Unpack it and upload the spreadsheet that is in it.',
  ),
  'kind-program': words(
    'This is a program, not a spreadsheet.',
    'Do not open it. Check that you chose the right file.',
  ),
  'hashed-header': words(
    'The columns are not those of a hashed file.',
    'Send the file as the hasher wrote it: one that was opened and saved in a spreadsheet cannot be used.',
  ),
  'hashed-line': (detail) => ({
    title: `Row ${count(detail['row'])} is not a line of a hashed file.`,
    fix: 'None of it was kept. Send the file as the hasher wrote it, or make it again from the original.',
  }),
  'hashed-cell': (detail) => ({
    title: `Row ${count(detail['row'])} of the hashed file has a value in column ${text(detail['column'])} that is not allowed there.`,
    fix: 'A hashed file holds nothing but codes and pseudonyms, so nothing was kept of it. Make it again from the original with the programme’s present area file, and send what the hasher wrote, unchanged.',
  }),
  'hashed-disagrees': (detail) => ({
    title: `The hashed file holds something else than its manifest says (${text(detail['member'])}).`,
    fix: 'None of it was kept. Send the file and the manifest that were written together, unchanged.',
  }),
} as const satisfies Readonly<Record<string, WordsFor>>

/** What a person can answer by saying which row holds the headings. */
const ASKS_HEADER_ROW: ReadonlySet<string> = new Set<FileCode>([
  'header-not-found',
  'header-unsure',
  'header-moved',
  'header-holds-people',
  'header-holds-data',
])

/** Whether saying which row holds the headings may answer a refusal. */
export function asksHeaderRow(code: string): boolean {
  return ASKS_HEADER_ROW.has(code)
}

/** A stable code of why a file is refused as a whole. */
export type FileCode = keyof typeof FILE_WORDS

/** All of them. */
export const FILE_CODES = Object.keys(FILE_WORDS) as [FileCode, ...FileCode[]]

function words(title: string, fix: string): WordsFor {
  return () => ({ title, fix })
}

/** Where the refusal is, to begin a sentence. */
function place(detail: WordsDetail): string {
  return detail['fileRow'] === undefined
    ? 'A row'
    : `Row ${count(detail['fileRow'])} of ${inFile(detail)}`
}

function inPlace(detail: WordsDetail): string {
  return detail['fileRow'] === undefined
    ? 'the file'
    : `row ${count(detail['fileRow'])} of ${inFile(detail)}`
}

/** Where several sheets are read, the one it is in. */
function inFile({ sheet }: WordsDetail): string {
  return sheet === undefined ? 'the file' : `sheet “${text(sheet)}”`
}

function cells(value: string | number | undefined): string {
  return value === 1 ? '1 cell' : `${text(value)} cells`
}

function megabytes(value: string | number | undefined): string {
  return `${count(Math.round(Number(value ?? 0) / (1024 * 1024)))} MB`
}

/** A number with commas between thousands. */
function count(value: string | number | undefined): string {
  return typeof value === 'number' ? value.toLocaleString('en-GB') : text(value)
}

/** Headings and names of sheets are told while a file is looked at, and not kept with what is. */
function isTold(value: string | number | undefined): boolean {
  return value !== undefined
}

function text(value: string | number | undefined): string {
  return String(value ?? '')
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}
