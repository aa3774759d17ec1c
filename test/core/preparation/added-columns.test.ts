import { expect, test } from 'vitest'
import { addColumn, areTooMany, findAdded } from '#core/preparation/added-columns.ts'
import { PREPARATION } from '#core/preparation/preparation-schema.ts'
import { readingBasis, standingCells } from '#core/preparation/corrections/corrections.ts'
import { openAsItStands, openPrepared } from '#core/preparation/open-prepared.ts'
import { preparationOf } from '#core/preparation/proposals/proposals.ts'
import { preparationAnswered } from '#core/preparation/proposals/shape-answers.ts'
import { recallMapping } from '#core/remembered/recall-mapping.ts'
import { rememberMapping } from '#core/remembered/remember-mapping.ts'
import { wordDigests } from '#core/remembered/word-digests.ts'
import type { Preparation } from '#core/preparation/preparation.ts'
import type { Table } from '#core/tabular/table.ts'
import { bytesSource } from '../tabular/byte-sources.ts'
import { writeWorkbook } from '../tabular/workbook/workbook-writer.ts'
import { openText, rowsOf } from './shapes.ts'

/** Columns that somebody adds in the browser, and their cells. */

const BIRTH = { label: 'Date of birth', isOfEach: true }

function corrected(
  table: Table,
  preparation: Preparation,
  cells: readonly [number, number, string][],
) {
  const step = cells.map(([row, column, text]) => ({ row, column, text, original: '' }))
  return {
    basis: readingBasis(table, { preparation }),
    cells: standingCells({ steps: [{ at: '', cells: step }], done: 1 }),
  }
}

test('a column stands blank behind the file’s own, and what is typed into it is read', async () => {
  const text = 'Ref,Name,Age\nR1,Ada Lane,3\n\nR2,Ben Moss,4\n'
  const { table: own } = await openText(text)
  const { preparation, heading } = addColumn({}, { own: own.header, prepared: [] }, BIRTH)
  const { table, asItStands } = await openText(text, preparation)
  expect([heading, table.header]).toEqual([
    'Date of birth',
    ['Ref', 'Name', 'Age', 'Date of birth'],
  ])
  expect((await rowsOf(table)).map(({ cells }) => cells)).toEqual([
    ['R1', 'Ada Lane', '3', ''],
    ['', '', '', ''],
    ['R2', 'Ben Moss', '4', ''],
  ])
  const source = bytesSource(new TextEncoder().encode(text))
  const corrections = corrected(asItStands, preparation, [[3, 3, '01/02/2019']])
  const file = { source, choices: { preparation }, corrections }
  expect((await rowsOf(await openPrepared(file))).at(-1)?.cells).toEqual([
    ...['R2', 'Ben Moss', '4', '01/02/2019'],
  ])
  // What was corrected before the column was added stands as it stood.
  expect(readingBasis(own, {})).toBe(corrections.basis)
})

test('a column is called what no column of the file is, in capitals or small letters', () => {
  const own = ['Ref', 'DATE OF BIRTH']
  const { heading, preparation } = addColumn({}, { own, prepared: own }, BIRTH)
  expect(heading).toBe('Date of birth (2)')
  expect(addColumn(preparation, { own, prepared: own }, BIRTH).heading).toBe('Date of birth (3)')
})

test('each child of a row gets a cell of its own', async () => {
  const text = [
    'Ref,Child 1 name,Child 1 gender,Child 2 name,Child 2 gender',
    'F1,Ada Lane,F,Ben Lane,M',
    'F2,Cat Moss,F,,',
  ].join('\n')
  const proposed = await openText(text)
  const shaped = preparationOf(proposed.proposals, () => 0)
  const { table: before, asItStands } = await openText(text, shaped)
  const taken = { own: asItStands.header, prepared: before.header }
  const { preparation, heading } = addColumn(shaped, taken, BIRTH)
  const added = await openText(text, preparation)
  expect(added.open).toEqual([])
  expect(added.asItStands.header.slice(5)).toEqual([
    ...['Child 1 date of birth', 'Child 2 date of birth'],
  ])
  const corrections = corrected(added.asItStands, preparation, [
    [1, 5, '01/02/2019'],
    [1, 6, '03/04/2021'],
  ])
  const source = bytesSource(new TextEncoder().encode(text))
  const table = await openPrepared({ source, choices: { preparation }, corrections })
  const column = table.header.indexOf(heading)
  expect(column).toBeGreaterThan(-1)
  expect((await rowsOf(table)).map(({ cells }) => cells[column]).filter(Boolean)).toEqual([
    ...['01/02/2019', '03/04/2021'],
  ])
})

test('each child keeps its own when it is said again how rows are kept, and the next file has none', async () => {
  const text = [
    'Ref,Child 1 name,Child 1 gender,Child 2 name,Child 2 gender',
    'F1,Ada Lane,F,Ben Lane,M',
  ].join('\n')
  const { proposals, asItStands } = await openText(text)
  const shaped = preparationOf(proposals, () => 0)
  const taken = { own: asItStands.header, prepared: asItStands.header }
  const { preparation } = addColumn(shaped, taken, BIRTH)
  const again = await openText(text, preparation)
  expect(preparationAnswered(again.proposals, { 'children-across': '0' }, preparation)).toEqual(
    preparation,
  )
  const digests = wordDigests(new Uint8Array(32))
  const way = rememberMapping(
    { mapping: { columns: {}, preparation }, header: again.table.header },
    digests,
  )
  const next = recallMapping(way, { header: asItStands.header }, digests)
  expect(next.preparation).toEqual(shaped)
})

test('of sheets that are read together it is one column, which decides of none that it is alike', async () => {
  const bytes = writeWorkbook({
    sheets: [
      {
        name: 'Apr',
        rows: [
          ['Ref', 'Name', 'Centre'],
          ['R1', 'Ada Lane', 'Hall'],
        ],
      },
      {
        name: 'May',
        rows: [
          ['Ref', 'Name', 'Centre', 'Notes'],
          ['R2', 'Ben Moss', 'Hall', 'moved'],
        ],
      },
      {
        name: 'Staff',
        rows: [
          ['Ref', 'Rota'],
          ['S1', 'Mon'],
        ],
      },
    ],
  })
  const source = bytesSource(bytes)
  const preparation: Preparation = { sheets: 'alike', addedColumns: ['Date of birth'] }
  const before = await openAsItStands({ source, choices: { preparation: { sheets: 'alike' } } })
  const table = await openAsItStands({ source, choices: { preparation } })
  expect(table.header).toEqual(['Ref', 'Name', 'Centre', 'Notes', 'Date of birth', 'Sheet'])
  const corrections = corrected(table, preparation, [
    [1, 4, '01/02/2019'],
    [2, 4, '03/04/2020'],
  ])
  expect(readingBasis(before, { preparation: { sheets: 'alike' } })).toBe(corrections.basis)
  const prepared = await openPrepared({ source, choices: { preparation }, corrections })
  expect((await rowsOf(prepared)).map(({ cells }) => cells.slice(0, 5))).toEqual([
    ['R1', 'Ada Lane', 'Hall', '', '01/02/2019'],
    ['R2', 'Ben Moss', 'Hall', 'moved', '03/04/2020'],
  ])
  expect(prepared.receipt.prepared?.sheets?.left).toEqual(['Staff'])
})

test('a column that was added and is not used is taken again, however often one is wanted', () => {
  const isFree = (): boolean => true
  const own = ['Ref', 'Date of birth', 'Date of birth (3)']
  const { preparation } = addColumn({}, { own, prepared: own }, BIRTH)
  const header = [...own, 'Date of birth (2)']
  expect(findAdded(preparation, header, BIRTH, isFree)).toBe(3)
  // What is the file's own, is in use, or was added for something else is left.
  expect(findAdded({}, header, BIRTH, isFree)).toBe(-1)
  expect(findAdded(preparation, header, BIRTH, (column) => column !== 3)).toBe(-1)
  expect(findAdded(preparation, header, { label: 'Date', isOfEach: true }, isFree)).toBe(-1)
  const childrenAcross = { children: [{ Name: 'Child 1 name' }, { Name: 'Child 2 name' }] }
  const across = addColumn({ ...preparation, childrenAcross }, { own, prepared: header }, BIRTH)
  const prepared = ['Ref', 'Name', 'Date of birth (2)', across.heading]
  expect(findAdded(across.preparation, prepared, BIRTH, isFree)).toBe(3)
})

test('a file has 500 columns at most with those that are added, and a mapping file may say so many', () => {
  const own = Array.from({ length: 499 }, (_, at) => `Column ${String(at)}`)
  const { preparation } = addColumn({}, { own, prepared: own }, BIRTH)
  expect(areTooMany(own, preparation)).toBe(false)
  expect(areTooMany(own, addColumn(preparation, { own, prepared: own }, BIRTH).preparation)).toBe(
    true,
  )
  expect(PREPARATION.safeParse({ addedColumns: own }).success).toBe(true)
  expect(PREPARATION.safeParse({ addedColumns: [...own, 'x', 'y'] }).success).toBe(false)
})
