import { describe, expect, test } from 'vitest'
import { chooseReading, describeReading } from '#server/intake/journey/describe-reading.ts'
import { readCheck, readFindingRows } from '#server/intake/journey/read-check.ts'
import { row, table, writeOds } from '../../../core/tabular/ods/ods-writer.ts'
import {
  cell,
  writeWorkbook,
  type CellValue,
} from '../../../core/tabular/workbook/workbook-writer.ts'
import {
  ACORN,
  csvOf,
  journeyOf,
  match,
  mustUpload,
  settingOfFile,
  range,
} from './journey-setting.ts'

const setting = settingOfFile()

/** The cells of the CSV file of the same people. */
function cellsOf(numbers: readonly number[]): string[][] {
  const lines = new TextDecoder().decode(csvOf(numbers)).trim().split('\r\n')
  return lines.map((line) => line.split(','))
}

const STRUCK =
  '<styleSheet><fonts><font/><font><strike/></font></fonts><cellXfs><xf/><xf fontId="1"/></cellXfs></styleSheet>'

/** A workbook whose rows of these numbers are struck out. */
function struckOut(numbers: readonly number[], struck: readonly number[]): Uint8Array {
  const rows = cellsOf(numbers).map((cells, at): CellValue[] =>
    struck.includes(at) ? cells.map((text) => cell('t="str" s="1"', `<v>${text}</v>`)) : cells,
  )
  return writeWorkbook({ sheets: [{ name: 'Data', rows }], parts: { 'xl/styles.xml': STRUCK } })
}

async function questionsOf(reference: string): Promise<string[]> {
  const check = await readCheck(setting.storeOf(ACORN), ACORN, reference)
  if (!check.ok) throw new Error(check.code)
  return check.groups
    .flatMap(({ findings }) => findings)
    .filter(({ code }) => code.startsWith('row-'))
    .map(({ code, severity, rows }) => `${code} ${severity} ${String(rows)}`)
}

describe('a row that is struck out in a workbook', () => {
  test('is asked about by its own number, and left out when its uploader chooses so', async () => {
    const store = setting.storeOf(ACORN)
    const { reference } = await mustUpload(setting, struckOut(range(1, 20), [3, 7]))
    await match(setting, reference)
    expect(await setting.work(reference)).toMatchObject({ rows: { read: 20, accepted: 20 } })
    expect(await questionsOf(reference)).toEqual(['row-struck-out confirm 2'])
    const wanted = { reference, code: 'row-struck-out', field: '', page: 1 }
    expect(await readFindingRows(store, ACORN, wanted)).toMatchObject({
      rows: [
        { row: 3, place: { fileRow: 4 } },
        { row: 7, place: { fileRow: 8 } },
      ],
    })
    const journey = await journeyOf(setting.storeOf, ACORN, reference)
    const chosen = await chooseReading(store, ACORN, journey, {
      ...({ encoding: '', separator: '', sheet: '' } as const),
      ...{ headerRow: null, leaveOutMarked: ['struck'] },
    })
    expect(chosen).toMatchObject({ ok: true })
    expect(await describeReading(store, ACORN, reference)).toMatchObject({
      reading: { ok: true, receipt: { leftOutRows: 2 } },
    })
    await match(setting, reference)
    expect(await setting.work(reference)).toMatchObject({
      rows: { read: 20, accepted: 18, blank: 2 },
    })
    expect(await questionsOf(reference)).toEqual([])
  })
})

test('an OpenDocument spreadsheet goes the way of any other, its hidden rows asked about', async () => {
  const [header = [], ...people] = cellsOf(range(1, 20))
  const rows = people.map((cells, at) => row(cells, at === 4 ? ' table:visibility="filter"' : ''))
  const bytes = writeOds({ tables: [table('Data', row(header) + rows.join(''))] })
  const { reference } = await mustUpload(setting, bytes, { quarter: '2024-Q2' })
  await match(setting, reference)
  expect(await setting.work(reference)).toMatchObject({
    ...{ receipt: { format: 'ods' }, rows: { read: 20, accepted: 20 } },
  })
  expect(await questionsOf(reference)).toEqual(['row-hidden confirm 1'])
})
