import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import Papa from 'papaparse'
import { isQuarter, type Quarter } from '#core/standard/quarter.ts'
import { parseMappingFile } from '#core/mapping/mapping-file.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { FILE_KINDS } from '#core/standard/further-fields.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import {
  ALL_PEOPLE,
  MOST_KEPT_ROWS,
  readRowNumbers,
  type KeptPeople,
} from '#core/preparation/rows-left-out/kept-people.ts'
import { ENCODINGS, isEncoding, type Encoding, type ReadingTold } from '#core/tabular/table.ts'
import { isDataset, type Dataset } from '#server/programme/register/dataset.ts'
import { InvalidArgumentError, Option } from 'commander'
import { UsageError } from './run-command.ts'

/**
 * Reading what is named on the command line. Whatever is wrong with it is a usage error, said in
 * one line.
 */

/** The text of a file named by an option. */
export async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => {
    throw new UsageError(wordsOf('file-not-readable', { path }).title)
  })
}

/** Refuses a path that is no file. */
export async function demandFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() !== true) throw new UsageError(wordsOf('file-not-readable', { path }).title)
}

/** The bytes of a file, as they are read. */
export function bytesOf(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path, { highWaterMark: 1024 * 1024 })
}

/** A mapping file, when one is named. */
export async function readMappingOption(path: string | undefined): Promise<Mapping | undefined> {
  if (path === undefined) return undefined
  const parsed = parseMappingFile(await readText(path))
  if (parsed.ok) return parsed.mapping
  const { title } = wordsOf('mapping-file-unusable', { path, why: parsed.code, at: parsed.at })
  throw new UsageError(title)
}

/**
 * Rows of a small CSV with a header, by the names of its columns; every named column must be there.
 */
export async function readColumns<Name extends string>(
  path: string,
  columns: readonly Name[],
): Promise<Record<Name, string>[]> {
  const { data, meta, errors } = Papa.parse<Record<Name, string>>(await readText(path), {
    header: true,
    skipEmptyLines: true,
  })
  const missing = columns.filter((column) => meta.fields?.includes(column) !== true)
  if (missing.length > 0) throw new UsageError(`${path} has no column ${missing.join(', ')}.`)
  const [error] = errors
  if (error !== undefined) {
    throw new UsageError(`${path} cannot be read at row ${(error.row ?? 0) + 1} (${error.code}).`)
  }
  return data
}

/** The number of a row of a file, from 1. */
export function parseRow(text: string): number {
  if (!/^[1-9][0-9]{0,6}$/.test(text))
    throw new InvalidArgumentError('It is the number of a row, from 1.')
  return Number(text)
}

/** What `--encoding` does. */
export const ENCODING_HELP = `how the text of the file is encoded, where it is not found: ${ENCODINGS.join(', ')}`

/** An encoding that files are read in, by its name. */
export function parseEncoding(text: string): Encoding {
  if (!isEncoding(text)) throw new InvalidArgumentError(`It is one of ${ENCODINGS.join(', ')}.`)
  return text
}

/** What `--people` does. */
export const PEOPLE_HELP =
  'rows that are people though they do not look so: row numbers such as 14,18-20, or all'

/** Rows that are people: their numbers in the spreadsheet, or `all`. */
export function parsePeople(text: string): KeptPeople {
  if (text === 'all') return ALL_PEOPLE
  const rows = readRowNumbers(text)
  if (rows === undefined)
    throw new InvalidArgumentError(
      `Write row numbers as 14,18-20, up to ${MOST_KEPT_ROWS}; or all.`,
    )
  return { rows: rows.map((row) => ({ row })) }
}

/** What options say of how a file is read. */
export function toldOf({ headerRow, encoding, people }: ReadingTold): ReadingTold {
  return {
    ...(headerRow === undefined ? {} : { headerRow }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(people === undefined ? {} : { people }),
  }
}

/** What `--kind` takes. */
export function kindOption(): Option {
  return new Option('--kind <kind>', 'what its rows are about')
    .choices(FILE_KINDS)
    .default('people')
}

export function parseDataset(text: string): Dataset {
  if (!isDataset(text)) throw new InvalidArgumentError('It is production or staging.')
  return text
}

export function parseQuarter(text: string): Quarter {
  if (!isQuarter(text))
    throw new InvalidArgumentError('Write a quarter as 2024-Q1: April to June 2024.')
  return text
}
