import type { Prepared } from '#core/preparation/prepared.ts'
import type { RowPlaces } from '#core/preparation/row-places.ts'
import type { ReadingReceipt } from './table.ts'

/**
 * How a file was read in numbers alone, as it may be kept when the file is gone: no heading and no
 * name of a sheet. Sheets are numbered as the workbook has them.
 */
export function plainReceipt(receipt: ReadingReceipt): ReadingReceipt {
  const { cutOff, encoding, encodingUnsure, places, prepared, separator, upperHeaderRow } = receipt
  return {
    format: receipt.format,
    date1904: receipt.date1904,
    headerRow: receipt.headerRow,
    ...(encoding === undefined ? {} : { encoding }),
    ...(encodingUnsure === undefined ? {} : { encodingUnsure }),
    ...(separator === undefined ? {} : { separator }),
    ...(upperHeaderRow === undefined ? {} : { upperHeaderRow }),
    ...(cutOff === undefined ? {} : { cutOff }),
    ...countsOf(receipt),
    ...(places === undefined ? {} : { places: plainPlaces(places, receipt) }),
    ...(prepared === undefined ? {} : { prepared: plainPrepared(prepared) }),
  }
}

const COUNTS = [
  'hiddenRows',
  'mergedCells',
  'mergedDown',
  'formulaCells',
  'errorCells',
  'struckRows',
  'fadedRows',
  'colouredRows',
  'unseenRows',
  'remarkedRows',
  'comments',
  'leftOutRows',
] as const satisfies readonly (keyof ReadingReceipt)[]

function countsOf(receipt: ReadingReceipt): Partial<ReadingReceipt> {
  return Object.fromEntries(
    COUNTS.flatMap((name) => (receipt[name] === undefined ? [] : [[name, receipt[name]]])),
  )
}

function plainPlaces(
  { parts, sheets }: RowPlaces,
  { sheets: all = [] }: ReadingReceipt,
): RowPlaces {
  return {
    ...(parts === undefined ? {} : { parts }),
    ...(sheets === undefined
      ? {}
      : {
          sheets: sheets.map(({ name, ...numbers }, place) => {
            const listed = all.findIndex((sheet) => sheet.name === name)
            return { ...numbers, name: String((listed < 0 ? place : listed) + 1) }
          }),
        }),
  }
}

function plainPrepared({ children, sessions, gaps }: Prepared): Prepared {
  return {
    ...(children === undefined ? {} : { children }),
    ...(sessions === undefined ? {} : { sessions }),
    ...(gaps === undefined ? {} : { gaps }),
  }
}
