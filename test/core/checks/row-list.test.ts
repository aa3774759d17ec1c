import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RowList, readRowList } from '#core/checks/row-list.ts'

const rows = fc.array(fc.nat({ max: 2 ** 30 }), { maxLength: 300 })

function listOf(numbers: readonly number[]): Uint8Array {
  const list = new RowList()
  for (const row of numbers) list.push(row)
  return list.toBytes()
}

test('gives back every row in the order it was found', () => {
  fc.assert(
    fc.property(rows, (numbers) => {
      expect(readRowList(listOf(numbers))).toEqual(numbers)
    }),
  )
})

test('gives any page of the rows', () => {
  fc.assert(
    fc.property(rows, fc.nat({ max: 320 }), fc.nat({ max: 50 }), (numbers, from, size) => {
      expect(readRowList(listOf(numbers), from, from + size)).toEqual(
        numbers.slice(from, from + size),
      )
    }),
  )
})

test('keeps rows that follow one another in a byte each', () => {
  expect(listOf(Array.from({ length: 10_000 }, (_, index) => index + 1)).length).toBe(10_000)
})
