import { expect, test } from 'vitest'
import { openTable } from '#core/tabular/open-table.ts'
import { readSpreadsheetText } from '#core/tabular/csv/spreadsheet-text.ts'
import { textSource } from '../byte-sources.ts'
import { readRows } from '../reading.ts'

function read(cells: readonly string[]): { read: readonly string[]; errors: number[] } {
  const errors: number[] = []
  return { read: readSpreadsheetText(cells, (index) => errors.push(index)), errors }
}

test('unwraps a text that was kept as a formula, and no other formula', () => {
  const cells = ['="000101"', '=" A ""1"""', '=A1&B1', '=', '="', '=SUM(A1)', 'a="b"']
  expect(read(cells)).toEqual({
    read: ['000101', ' A "1"', '=A1&B1', '=', '="', '=SUM(A1)', 'a="b"'],
    errors: [],
  })
})

test('reads the error words of a spreadsheet as empty, and a hash as itself', () => {
  const cells = [
    '#N/A',
    '#ref!',
    ' x',
    '#VALUE!',
    '#DIV/0!',
    '#NAME?',
    '########',
    '#12',
    '#',
    '#1 Road',
  ]
  expect(read(cells)).toEqual({
    read: ['', '', ' x', '', '', '', '', '#12', '#', '#1 Road'],
    errors: [0, 1, 3, 4, 5, 6],
  })
})

test('answers a row without either as it is', () => {
  const cells = ['a', '', '1']
  expect(read(cells).read).toBe(cells)
})

test('tells of error words in the receipt, by column', async () => {
  const text = 'Client ID,Name\nC-1,Amara\n#N/A,Ben\n#REF!,#NAME?\n'
  const table = await openTable(textSource(text))
  await readRows(table)
  expect(table.receipt).toMatchObject({
    errorCells: 3,
    errors: [
      { column: 'Client ID', cells: 2, firstFileRow: 3 },
      { column: 'Name', cells: 1, firstFileRow: 4 },
    ],
  })
})
