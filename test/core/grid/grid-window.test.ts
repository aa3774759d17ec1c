import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawnRows, listHeight, ROW_HEIGHT, scrolledTo } from '#core/grid/grid-window.ts'

const lists = fc.record({
  total: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 2_000_000 })),
  height: fc.integer({ min: ROW_HEIGHT, max: 1_500 }),
})

describe('the rows of a list that are drawn', () => {
  test('hold every row that is scrolled to, wherever the list stood and however long it is', () => {
    fc.assert(
      fc.property(
        lists,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        (list, share, at) => {
          const index = at % list.total
          const most = Math.max(0, listHeight(list) - list.height)
          const scrolled = scrolledTo(list, share * most, index)
          const { from, to, top } = drawnRows(list, scrolled)
          expect(from).toBeLessThanOrEqual(index)
          expect(to).toBeGreaterThan(index)
          // The row itself is in sight, to a pixel of rounding.
          const y = top + (index - from) * ROW_HEIGHT - scrolled
          expect(y).toBeGreaterThanOrEqual(-2)
          expect(y + Math.min(ROW_HEIGHT, list.height)).toBeLessThanOrEqual(list.height + 2)
        },
      ),
    )
  })

  test('are few, and fill what can be seen', () => {
    fc.assert(
      fc.property(lists, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
        const most = Math.max(0, listHeight(list) - list.height)
        const { from, to } = drawnRows(list, share * most)
        expect(to - from).toBeLessThanOrEqual(list.height / ROW_HEIGHT + 14)
        const seen = Math.min(list.total, Math.floor(list.height / ROW_HEIGHT))
        expect(to - from).toBeGreaterThanOrEqual(seen)
      }),
    )
  })

  test('begin with the first at the top and end with the last at the bottom', () => {
    const list = { total: 1_000_000, height: 500 }
    expect(drawnRows(list, 0)).toMatchObject({ from: 0, top: 0 })
    expect(drawnRows(list, listHeight(list) - list.height).to).toBe(list.total)
  })

  test('stay where they are when the row is in sight already', () => {
    expect(scrolledTo({ total: 100, height: 400 }, 200, 8)).toBe(200)
  })
})
