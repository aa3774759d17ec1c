import type { Code } from '#core/messages/words-of.ts'
import { deflateSync, strToU8, zipSync } from 'fflate'
import { crc32 } from '#core/tabular/zip/crc32.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { latin1, utf16 } from '../../../core/tabular/byte-sources.ts'
import {
  sheetXml,
  workbookParts,
  writeWorkbook,
  type CellValue,
  type WorkbookDraft,
} from '../../../core/tabular/workbook/workbook-writer.ts'
import { bombOf, withDirectoryField, zipOf } from '../../../core/tabular/zip/zip-forging.ts'
import {
  children,
  COLUMNS,
  csv,
  csvText,
  mothers,
  table,
  type Column,
  type Row,
} from './small-files.ts'

/**
 * Files that a service might send by mistake, by bad luck or in bad faith, and the code each is
 * refused with.
 */

/** A file that is not to be taken. */
export interface BadFile {
  readonly what: string
  /** As a person calls it: what it is goes by its content. */
  readonly name: string
  readonly bytes: Uint8Array
  readonly code: Code
  readonly quarter?: string
  readonly mapping?: Mapping
}

/** People about whom the programme knows nothing yet: taken, they would change every figure. */
const ROWS: readonly Row[] = [...children(40, 52), ...mothers(40, 44)]
const DATA = table(ROWS)
const TEXT = csvText(ROWS)

/** Every bad file. Made once: a bomb takes a while. */
export function badFiles(): BadFile[] {
  return [...unreadableFiles(), ...otherKinds(), ...badWorkbooks(), ...badText(), ...badTables()]
}

function unreadableFiles(): BadFile[] {
  return [
    {
      what: 'bytes that are no text and no workbook',
      name: 'clients.csv',
      bytes: Uint8Array.from({ length: 5000 }, (_, at) => (at * at * 31 + at) % 256),
      code: 'binary-content',
    },
    { what: 'an empty file', name: 'clients.csv', bytes: new Uint8Array(), code: 'file-empty' },
    {
      what: 'blank lines alone',
      name: 'clients.csv',
      bytes: strToU8('\r\n\r\n  \r\n'),
      code: 'file-empty',
    },
    { what: 'a header alone', name: 'clients.csv', bytes: csv([]), code: 'no-rows' },
    {
      what: 'a workbook with a header alone',
      name: 'clients.xlsx',
      bytes: workbook([DATA[0] ?? []]),
      code: 'no-rows',
    },
    {
      what: 'rows without a header',
      name: 'clients.csv',
      bytes: strToU8(TEXT.slice(TEXT.indexOf('\n') + 1)),
      code: 'header-not-found',
    },
  ]
}

function otherKinds(): BadFile[] {
  const page = '<!DOCTYPE html>\n<html><body><table><tr><td>Client</td></tr></table></body></html>'
  const program = new Uint8Array(600)
  program.set([0x4d, 0x5a, 0x90, 0, 3])
  return [
    {
      what: 'a web page called .csv',
      name: 'clients.csv',
      bytes: strToU8(page),
      code: 'kind-html',
    },
    {
      what: 'a web page called .xlsx',
      name: 'clients.xlsx',
      bytes: strToU8(page),
      code: 'kind-html',
    },
    { what: 'a program called .csv', name: 'clients.csv', bytes: program, code: 'kind-program' },
    { what: 'a program called .xlsx', name: 'clients.xlsx', bytes: program, code: 'kind-program' },
    {
      what: 'a PDF document called .xlsx',
      name: 'clients.xlsx',
      bytes: strToU8('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n'),
      code: 'kind-pdf',
    },
    {
      what: 'an old Excel file',
      name: 'clients.xls',
      bytes: container('Workbook'),
      code: 'kind-xls',
    },
    {
      what: 'a workbook under a password',
      name: 'clients.xlsx',
      bytes: container('EncryptedPackage'),
      code: 'kind-encrypted',
    },
  ]
}

function badWorkbooks(): BadFile[] {
  const draft: WorkbookDraft = { sheets: [{ name: 'Data', rows: DATA }] }
  const plain = writeWorkbook(draft)
  const types = workbookParts(draft)['[Content_Types].xml'] ?? ''
  const macroType = types.replace(
    'openxmlformats-officedocument.spreadsheetml.sheet.main',
    'ms-excel.sheet.macroEnabled.main',
  )
  const sheet = 'xl/worksheets/sheet1.xml'
  const withParts = (parts: Record<string, string>): Uint8Array =>
    writeWorkbook({ ...draft, parts })
  const files: [what: string, name: string, bytes: Uint8Array, code: Code][] = [
    [
      'a macro workbook',
      'clients.xlsm',
      withParts({ '[Content_Types].xml': macroType }),
      'kind-macros',
    ],
    [
      'a macro workbook called .xlsx',
      'clients.xlsx',
      withParts({ 'xl/vbaProject.bin': 'x' }),
      'kind-macros',
    ],
    ['a binary workbook', 'clients.xlsb', withParts({ 'xl/workbook.bin': 'x' }), 'kind-xlsb'],
    [
      'a workbook that takes values from elsewhere',
      'clients.xlsx',
      withParts({ 'xl/externalLinks/externalLink1.xml': '<externalLink/>' }),
      'kind-external-links',
    ],
    [
      'a workbook that reads a file of the server',
      'clients.xlsx',
      withParts({
        [sheet]: `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${sheetXml('')}`,
      }),
      'xlsx-dtd',
    ],
    ['a zip bomb of 870 KB', 'clients.xlsx', bombWorkbook(870_000_000), 'xlsx-unpacks-too-large'],
    [
      'a zip bomb that says it is small',
      'clients.xlsx',
      bombWorkbook(1_000_000),
      'xlsx-unpacks-too-large',
    ],
    [
      'a workbook whose directory says that a part is small',
      'clients.xlsx',
      withDirectoryField(plain, sheet, 24, 10, 4),
      'xlsx-unpacks-too-large',
    ],
    [
      'a workbook whose directory is wrong about a checksum',
      'clients.xlsx',
      withDirectoryField(plain, sheet, 16, 1, 4),
      'xlsx-damaged',
    ],
    ['half a workbook', 'clients.xlsx', plain.slice(0, plain.length / 2), 'xlsx-damaged'],
    ['a packed CSV file', 'clients.xlsx', zipSync({ 'clients.csv': csv(ROWS) }), 'kind-zip'],
    [
      'a workbook whose references are formulas',
      'clients.xlsx',
      workbook(withFormulas()),
      'must-fix',
    ],
    [
      'a workbook whose data is hidden',
      'clients.xlsx',
      writeWorkbook({
        sheets: [
          { name: 'Cover', rows: [] },
          { name: 'Data', state: 'hidden', rows: DATA },
        ],
      }),
      'sheets-hidden',
    ],
  ]
  return files.map(([what, name, bytes, code]) => ({ what, name, bytes, code }))
}

function badText(): BadFile[] {
  const lines = TEXT.split('\r\n')
  const withLine = (at: number, line: string): Uint8Array =>
    strToU8(lines.with(at, line).join('\r\n'))
  const files: [what: string, bytes: Uint8Array, code: Code][] = [
    ['a row that is short of cells', withLine(5, 'C-1,child,Ann'), 'must-fix'],
    ['a row with too many cells', withLine(5, `${lines[5] ?? ''},more,and more`), 'row-long'],
    [
      'a quotation mark that is never closed',
      withLine(9, `"${lines[9] ?? ''}`),
      'quote-unterminated',
    ],
    [
      'text behind a quotation mark',
      withLine(9, `"C-9"9${(lines[9] ?? '').slice(6)}`),
      'quote-misplaced',
    ],
    [
      'two columns of one name',
      withLine(0, (lines[0] ?? '').replace('last_name', 'first_name')),
      'header-duplicate',
    ],
    [
      'a column called __proto__',
      withLine(0, (lines[0] ?? '').replace('last_name', '__proto__')),
      'header-reserved',
    ],
    [
      'a column called constructor',
      withLine(0, (lines[0] ?? '').replace('last_name', 'Constructor')),
      'header-reserved',
    ],
    [
      'a cell of 1.2 million characters',
      withLine(5, `C-1,${'x'.repeat(1_200_000)}`),
      'row-too-long',
    ],
    ['601 columns', strToU8(wideTable(601)), 'too-many-columns'],
    ['half a character at its end', Uint8Array.from([...utf16(TEXT, true), 0x41]), 'to-confirm'],
    ['a zero byte', latin1(TEXT.replace('C-1041', 'C\0-1041')), 'binary-content'],
  ]
  return files.map(([what, bytes, code]) => ({ what, name: 'clients.csv', bytes, code }))
}

function badTables(): BadFile[] {
  const name = 'clients.csv'
  const without = (column: Column): Uint8Array =>
    csv(
      ROWS,
      COLUMNS.filter((one) => one !== column),
    )
  const monthFirst = ROWS.map((row) => {
    const [year, month, day] = (row.date_of_birth ?? '').split('-')
    return { ...row, date_of_birth: `${month ?? ''}/${day ?? ''}/${year ?? ''}` }
  })
  const rounded = ROWS.map((row) => ({ ...row, nhs_number: '9.99E+09' }))
  const nextYear = ROWS.map((row) => ({ ...row, start_date: '2025-05-20' }))
  const shared = ROWS.map((row) => ({ ...row, client_ref: 'C-1' }))
  return [
    {
      what: 'birth dates written month first',
      name,
      bytes: csv(monthFirst),
      code: 'birth-month-first',
    },
    {
      what: 'NHS numbers that a spreadsheet rounded',
      name,
      bytes: csv(rounded),
      code: 'to-confirm',
    },
    { what: 'dates that are after the quarter', name, bytes: csv(nextYear), code: 'to-confirm' },
    { what: 'one reference on every row', name, bytes: csv(shared), code: 'must-fix' },
    {
      what: 'no column of references',
      name,
      bytes: without('client_ref'),
      code: 'mapping-incomplete',
    },
    {
      what: 'a mapping made for other headers',
      name,
      bytes: csv(ROWS),
      code: 'mapping-unusable',
      mapping: { columns: { client_ref: 'Client No', date_of_birth: 'Born' } },
    },
    {
      what: 'a mapping that names what JavaScript keeps for itself',
      name,
      bytes: csv(ROWS),
      code: 'mapping-unusable',
      mapping: JSON.parse(
        '{"columns":{"client_ref":"client_ref","__proto__":"email","constructor":"gender"}}',
      ) as Mapping,
    },
    {
      what: 'a mapping that puts one name into every row',
      name,
      bytes: csv(ROWS),
      code: 'mapping-unusable',
      mapping: { columns: { client_ref: 'client_ref' }, constants: { first_name: 'Ann' } },
    },
  ]
}

function workbook(rows: readonly (readonly CellValue[])[]): Uint8Array {
  return writeWorkbook({ sheets: [{ name: 'Data', rows }] })
}

/**
 * A workbook whose sheet is 870 KB that unpack to 870 MB, and that announces so many bytes of it.
 */
export function bombWorkbook(announced: number): Uint8Array {
  const sheet = 'xl/worksheets/sheet1.xml'
  const parts = Object.entries(workbookParts({ sheets: [{ name: 'Data', rows: [] }] }))
  return zipOf([
    ...parts
      .filter(([name]) => name !== sheet)
      .map(([name, xml]) => {
        const bytes = strToU8(xml)
        return { name, packed: deflateSync(bytes), announced: bytes.length, crc: crc32(bytes) }
      }),
    { name: sheet, packed: bombOf(870_000_000), announced },
  ])
}

/** The table with a formula for each reference, which keeps a result that looks right. */
function withFormulas(): CellValue[][] {
  return DATA.map((row, at) =>
    row.map((value, column) =>
      at === 0 || column > 0 ? value : { xml: ` t="str"><f>"C-"&amp;ROW()</f><v>${value}</v></c>` },
    ),
  )
}

function wideTable(columns: number): string {
  const names = Array.from(
    { length: columns },
    (_, at) => `Column ${String.fromCharCode(97 + (at % 26))}${at}x`,
  )
  const cells = names.map((_, at) => (at === 0 ? 'C-1' : 'text'))
  return `${names.join(',')}\r\n${cells.join(',')}\r\n${cells.join(',')}\r\n`
}

/** One of Office's older containers ([MS-CFB]) with a stream of this name. */
function container(stream: string): Uint8Array {
  const bytes = new Uint8Array(2048)
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  new DataView(bytes.buffer).setUint16(30, 9, true)
  new DataView(bytes.buffer).setUint32(48, 1, true)
  bytes.set(utf16(stream, true, false), 1024 + 128)
  return bytes
}
