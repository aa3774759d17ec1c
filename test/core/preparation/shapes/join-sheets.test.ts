import { expect, it } from 'vitest'
import { readingBasis, standingCells } from '#core/preparation/corrections/corrections.ts'
import {
  openAsItStands,
  openPrepared,
  openSheetsAsTheyStand,
} from '#core/preparation/open-prepared.ts'
import type { Table } from '#core/tabular/table.ts'
import { jointHeader, sourcesOf } from '#core/preparation/shapes/joint-headings.ts'
import { preparationOf } from '#core/preparation/proposals/proposals.ts'
import { placeOf, placeWords } from '#core/preparation/row-places.ts'
import { writeWorkbook, type SheetDraft } from '../../tabular/workbook/workbook-writer.ts'
import { openBytes, openSample, rowsOf } from '../shapes.ts'

const MONTHS: readonly SheetDraft[] = [
  {
    name: 'Summary',
    rows: [
      ['Month', 'Children'],
      ['Apr', '2'],
      ['May', '1'],
    ],
  },
  {
    name: 'Apr',
    rows: [
      ['Ref', 'Name', 'DOB'],
      ['R1', 'Ada Lane', '01/02/2019'],
      ['R2', 'Ben Moss', '03/04/2020'],
    ],
  },
  {
    name: 'May',
    rows: [
      ['A title'],
      [null],
      ['DOB', 'Ref', 'Name', 'Notes'],
      ['01/02/2019', 'R1', 'Ada Lane', 'moved'],
    ],
  },
  { name: 'June', rows: [['Ref', 'Name', 'DOB']] },
  {
    name: 'Old',
    state: 'hidden',
    rows: [
      ['Ref', 'Name', 'DOB'],
      ['R9', 'Cat Nye', '05/06/2018'],
    ],
  },
]

it('reads sheets with the same headings as one table, whatever the order of their columns', async () => {
  const bytes = writeWorkbook({ sheets: MONTHS })
  const { proposals } = await openBytes(bytes)
  expect(proposals.map(({ shape }) => shape)).toEqual(['sheets'])
  expect(proposals[0]?.options.map(({ preparation }) => preparation)).toEqual([
    { sheets: 'alike' },
    { sheets: 'alike-and-hidden' },
  ])
  const { table, open } = await openBytes(
    bytes,
    preparationOf(proposals, () => 0),
  )
  expect(open).toEqual([])
  expect(table.header).toEqual(['Ref', 'Name', 'DOB', 'Notes', 'Sheet'])
  const rows = await rowsOf(table)
  expect(rows.map(({ cells }) => cells.join('|'))).toEqual([
    'R1|Ada Lane|01/02/2019||Apr',
    'R2|Ben Moss|03/04/2020||Apr',
    'R1|Ada Lane|01/02/2019|moved|May',
  ])
  expect(rows.map(({ row }) => placeWords(placeOf(table.receipt, row)))).toEqual([
    '2 of sheet Apr',
    '3 of sheet Apr',
    '4 of sheet May',
  ])
  expect(table.receipt.prepared?.sheets).toEqual({
    taken: ['Apr', 'May', 'June'],
    left: ['Summary', 'Old'],
  })
  const withHidden = await openBytes(
    bytes,
    preparationOf(proposals, () => 1),
  )
  expect(await rowsOf(withHidden.table)).toHaveLength(4)
})

it('refuses a sheet that was chosen by name and is not there', async () => {
  const bytes = writeWorkbook({ sheets: MONTHS })
  await expect(openBytes(bytes, { sheets: ['Apr', 'July'] })).rejects.toMatchObject({
    code: 'sheet-not-found',
    detail: { sheet: 'July' },
  })
})

it('names the sheet of a row that cannot be read', async () => {
  const [, april, may] = MONTHS
  const broken = { ...may, rows: [...(may?.rows ?? []), ['1', '2', '3', '4', '5']] } as SheetDraft
  const large = { ...april, rows: [...(april?.rows ?? []), ...people(20)] } as SheetDraft
  const bytes = writeWorkbook({ sheets: [large, broken] })
  const { table } = await openBytes(bytes, { sheets: ['Apr', 'May'] })
  await expect(rowsOf(table)).rejects.toMatchObject({ detail: { sheet: 'May', fileRow: 5 } })
})

function people(many: number): string[][] {
  return Array.from({ length: many }, (_, at) => [`P${at}`, 'Some Body', '01/02/2019'])
}

it('counts sessions of registers that have other dates on each sheet', async () => {
  const bytes = writeWorkbook({
    sheets: ['Oct', 'Nov'].map((month) => ({
      name: `Register ${month}`,
      rows: [
        ['Ref', 'Name', 'DOB', `3 ${month}`, `10 ${month}`, `17 ${month}`],
        ['R1', 'Ada Lane', '01/02/2019', '✓', '', '✓'],
      ],
    })),
  })
  const { proposals } = await openBytes(bytes)
  expect(proposals.map(({ shape }) => shape)).toEqual(['sheets', 'register'])
  const { table } = await openBytes(
    bytes,
    preparationOf(proposals, () => 0),
  )
  expect((await rowsOf(table)).map(({ cells }) => cells.slice(3).join('|'))).toEqual([
    '2|2024-10-17|Register Oct',
    '2|2024-11-17|Register Nov',
  ])
  expect(table.receipt.prepared?.sessions?.contacts).toBe(4)
})

it('takes the months of ugly-A-monthly.xlsx together and leaves its list of codes', async () => {
  const { proposals } = await openSample('ugly-A-monthly.xlsx')
  const { table } = await openSample(
    'ugly-A-monthly.xlsx',
    preparationOf(proposals, () => 0),
  )
  await rowsOf(table)
  expect(table.receipt.prepared?.sheets).toEqual({
    taken: ['October 24', 'November 24', 'December 24'],
    left: ['Lookups'],
  })
})

it('knows what the eye sees of rows that were moved', async () => {
  const formula = { xml: '><f>1+1</f><v>2</v></c>' }
  const bytes = writeWorkbook({
    sheets: [
      {
        name: 'Apr',
        rows: [
          ['Family ref', 'Child 1 name', 'Child 1 DOB', 'Child 2 name', 'Child 2 DOB'],
          ['F1', 'Ada', '01/02/2019', 'Ben', formula],
        ],
      },
      {
        name: 'May',
        rows: [
          ['Family ref', 'Child 2 name', 'Child 2 DOB', 'Child 1 name', 'Child 1 DOB'],
          ['F2', '', '', 'Cat', formula],
          ['F3', 'Dan', formula, 'Eve', '01/02/2019'],
        ],
      },
    ],
  })
  const { proposals } = await openBytes(bytes)
  const { table } = await openBytes(
    bytes,
    preparationOf(proposals, () => 0),
  )
  await rowsOf(table)
  const births = table.header.indexOf('Child DOB')
  expect(table.signs?.cellsWith('formula', births)).toEqual([2, 3, 6])
  expect(table.signs?.cellsWith('formula', births - 1)).toEqual([])
})

it('applies what was corrected in sheets read as one table before anything is prepared', async () => {
  const bytes = writeWorkbook({
    sheets: ['Apr', 'May'].map((name) => ({
      name,
      rows: [
        ['Family ref', 'Child 1 name', 'Child 1 DOB', 'Child 2 name', 'Child 2 DOB'],
        [`F-${name}`, 'Ada', '01/02/2019', 'Ben', 'unknown'],
      ],
    })),
  })
  const source = {
    name: 'file',
    size: bytes.length,
    read: (offset: number, length: number) => Promise.resolve(bytes.slice(offset, offset + length)),
  }
  const { proposals } = await openBytes(bytes)
  const choices = { preparation: preparationOf(proposals, () => 0) }
  const raw = await openAsItStands({ source, choices })
  const cell = { row: 2, column: 4, text: '03/04/2021', original: 'unknown' }
  const corrections = {
    basis: readingBasis(raw, choices),
    cells: standingCells({ steps: [{ at: '', cells: [cell] }], done: 1 }),
  }
  const file = { source, choices, quarter: '2024-Q3', corrections } as const
  const births = async (table: Table): Promise<string[]> =>
    (await rowsOf(table)).map(({ cells }) => cells[2] ?? '')
  expect(await births(await openPrepared(file))).toEqual([
    ...['01/02/2019', 'unknown', '01/02/2019', '03/04/2021'],
  ])
  const corrected = await rowsOf(await openAsItStands(file))
  expect(corrected.map(({ cells }) => cells[4])).toEqual(['unknown', '03/04/2021'])
  // Sheet by sheet, each under its own headings, for the corrected workbook.
  const sheets: unknown[] = []
  for await (const { name, table } of openSheetsAsTheyStand(file))
    sheets.push([name, table.header.length, (await rowsOf(table)).map(({ cells }) => cells[4])])
  expect(sheets).toEqual([
    ['Apr', 5, ['unknown']],
    ['May', 5, ['03/04/2021']],
  ])
})

it('reads a column that one sheet heads in other words as the column it is, and says so', async () => {
  const month = (name: string, contacts: string, rows: readonly string[][]): SheetDraft => ({
    name,
    rows: [['Ref', 'Name', 'DOB', 'Sex', contacts], ...rows],
  })
  const bytes = writeWorkbook({
    sheets: [
      month('Apr', 'No of sessions', [['R1', 'Ada Lane', '01/02/2019', 'F', '3']]),
      month('May', 'Sessions', [['R2', 'Ben Moss', '03/04/2020', 'M', '2']]),
    ],
  })
  const { proposals } = await openBytes(bytes)
  const [proposal] = proposals
  expect(proposal?.evidence).toContain('“Sessions” of May is read as “No of sessions”.')
  expect(proposal?.shown.together?.rows.map((row) => row.join('|'))).toEqual([
    'R1|Ada Lane|01/02/2019|F|3|Apr',
    'R2|Ben Moss|03/04/2020|M|2|May',
  ])
  const { table } = await openBytes(bytes, proposal?.preparation)
  expect(table.header).toEqual(['Ref', 'Name', 'DOB', 'Sex', 'No of sessions', 'Sheet'])
  expect((await rowsOf(table)).map(({ cells }) => cells[4])).toEqual(['3', '2'])
})

it('keeps headings apart that say the same where a sheet has both', () => {
  const both = [
    ['Ref', 'Sessions', 'No of sessions'],
    ['Ref', 'Sessions'],
  ]
  expect(jointHeader(both, [])).toEqual(['Ref', 'Sessions', 'No of sessions'])
  expect(sourcesOf(both, ['Ref', 'Sessions'], [])).toEqual([0, 1, -1])
})
