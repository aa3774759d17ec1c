import {
  DATASET_VERSION,
  dictionaryCodes,
  dictionaryEntries,
  templateHeadings,
} from '#core/standard/dictionary.ts'
import { ALL_KINDS, ofEveryFeed, type FileKind } from '#core/standard/further-fields.ts'
import { writeCsv } from '#core/tabular/writing/csv-writer.ts'
import { workbook, type WorkbookSheet } from '#core/tabular/writing/xlsx-writer.ts'

/** A file to be kept. */
export interface DatasetFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

const CSV = 'text/csv; charset=utf-8'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const DICTIONARY = ['Heading', 'Field', 'What it holds', 'Kind', 'About', 'Required', 'Examples']
const CODES = ['Heading', 'Code', 'Meaning']

/** What there is to download about the standard, by name; each name holds the version. */
export const DATASET_FILES: Readonly<Record<FileKind, KindFiles>> = {
  people: { template: fileNames('template'), dictionary: fileNames('dictionary') },
  activities: filesOfKind('activities'),
  outcomes: filesOfKind('outcomes'),
  ...ofEveryFeed(filesOfKind),
}

/** The names of what there is to download of one kind of file. */
interface KindFiles {
  readonly template: FileNames
  readonly dictionary: FileNames
}

interface FileNames {
  readonly csv: string
  readonly xlsx: string
}

function filesOfKind(kind: FileKind): KindFiles {
  return { template: fileNames(`${kind}-template`), dictionary: fileNames(`${kind}-dictionary`) }
}

function fileNames(what: string): FileNames {
  const stem = `count-once-${what}-v${DATASET_VERSION}`
  return { csv: `${stem}.csv`, xlsx: `${stem}.xlsx` }
}

/** Makes one of the files; undefined for any other name. The same version gives the same bytes. */
export function makeDatasetFile(name: string): DatasetFile | undefined {
  for (const kind of ALL_KINDS) {
    const { template, dictionary } = DATASET_FILES[kind]
    switch (name) {
      case template.csv:
        return csv(name, templateHeadings(kind), [])
      case template.xlsx:
        return xlsx(name, [templateSheet(kind)])
      case dictionary.csv:
        return csv(name, [...DICTIONARY, 'Codes'], dictionaryWithCodes(kind))
      case dictionary.xlsx:
        return xlsx(name, [
          sheet('Dictionary', DICTIONARY, dictionaryRows(kind), [22, 20, 70, 44, 40, 14, 30]),
          sheet('Codes', CODES, codeRows(kind), [22, 20, 50]),
        ])
    }
  }
  return undefined
}

/**
 * All columns are text: a spreadsheet program would eat leading zeros, round NHS numbers and turn
 * dates about.
 */
function templateSheet(kind: FileKind): WorkbookSheet {
  const headings = templateHeadings(kind)
  return {
    name: 'Template',
    titleRows: 1,
    rows: [headings],
    isText: true,
    widths: headings.map((heading) => Math.max(14, heading.length + 4)),
  }
}

function sheet(
  name: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
): WorkbookSheet {
  return { name, titleRows: 1, rows: [header, ...rows], widths }
}

function dictionaryRows(of: FileKind): string[][] {
  return dictionaryEntries(of).map(
    ({ heading, field, what, kind, forWhom, required, examples }) => [
      ...[heading, field, what, kind, forWhom, required, examples],
    ],
  )
}

function codeRows(kind: FileKind): string[][] {
  return dictionaryCodes(kind).map(({ heading, code, meaning }) => [heading, code, meaning])
}

/** As one table: the codes of a field in its last cell. */
function dictionaryWithCodes(kind: FileKind): string[][] {
  const codes = dictionaryCodes(kind)
  return dictionaryRows(kind).map((row) => [
    ...row,
    codes
      .filter(({ heading }) => heading === row[0])
      .map(({ code, meaning }) => (code === meaning ? code : `${code}: ${meaning}`))
      .join('; '),
  ])
}

function csv(
  name: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): DatasetFile {
  return { name, type: CSV, bytes: new TextEncoder().encode(writeCsv(header, rows)) }
}

function xlsx(name: string, sheets: readonly WorkbookSheet[]): DatasetFile {
  return { name, type: XLSX, bytes: workbook(sheets) }
}
