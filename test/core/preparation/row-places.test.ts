import fc from 'fast-check'
import { expect, it } from 'vitest'
import { placeOf, placeWords, rowsAt } from '#core/preparation/row-places.ts'

it('counts a row below the headings as the spreadsheet does', () => {
  expect(placeOf({ headerRow: 6 }, 1)).toEqual({ fileRow: 7 })
  expect(placeWords(placeOf({ headerRow: 6 }, 1))).toBe('7')
})

it('names the child of a row that holds several', () => {
  const receipt = { headerRow: 1, places: { parts: 3 } }
  expect([1, 2, 3, 4].map((row) => placeWords(placeOf(receipt, row)))).toEqual([
    '2, child 1',
    '2, child 2',
    '2, child 3',
    '3, child 1',
  ])
})

it('names the sheet, whose own headings its rows are counted from', () => {
  const receipt = {
    headerRow: 6,
    places: {
      sheets: [
        { firstRow: 1, name: 'April', headerRow: 6 },
        { firstRow: 15, name: 'May', headerRow: 2 },
      ],
      parts: 2,
    },
  }
  expect(placeWords(placeOf(receipt, 14))).toBe('13 of sheet April, child 2')
  expect(placeWords(placeOf(receipt, 15))).toBe('3 of sheet May, child 1')
  expect(placeWords(placeOf(receipt, 18))).toBe('4 of sheet May, child 2')
})

it('finds every row that stands in a row of the spreadsheet, and no other', () => {
  const sheet = fc.record({
    rows: fc.integer({ min: 1, max: 6 }),
    headerRow: fc.integer({ min: 1, max: 4 }),
  })
  const some = fc.record({
    headerRow: fc.integer({ min: 1, max: 4 }),
    parts: fc.integer({ min: 1, max: 3 }),
    sheets: fc.option(fc.array(sheet, { minLength: 1, maxLength: 3 })),
  })
  fc.assert(
    fc.property(some, fc.integer({ min: 1, max: 12 }), ({ headerRow, parts, sheets }, fileRow) => {
      let rows = sheets === null ? 6 * parts : 0
      const placed = sheets?.map((one, index) => {
        const firstRow = 1 + rows
        rows += one.rows * parts
        return { firstRow, name: `S${index}`, headerRow: one.headerRow }
      })
      const receipt = { headerRow, places: { parts, ...(placed && { sheets: placed }) } }
      const expected = Array.from({ length: rows }, (_, index) => index + 1).filter(
        (row) => placeOf(receipt, row).fileRow === fileRow,
      )
      expect(rowsAt(receipt, fileRow).filter((row) => row <= rows)).toEqual(expected)
    }),
  )
})
