import { expect, test } from 'vitest'
import { drawTileMap, placeTiles, readTilePlace } from '#core/charts/tile-map.ts'

test('a place is a column and a row from 1 to 12', () => {
  expect(readTilePlace('2,12')).toEqual({ column: 2, row: 12 })
  for (const text of ['', '0,1', '13,1', '1,13', '1;2', '1,2,3', ' 1,2'])
    expect(readTilePlace(text)).toBeUndefined()
})

test('tiles stand where they were placed; others, and the second of two at one place, below them', () => {
  const places = ['3,2', '1,2', '', '3,5', '1,2'].map((text) => ({ place: readTilePlace(text) }))
  expect(placeTiles(places)).toEqual([
    // Columns and rows that nobody is in are left out.
    { column: 2, row: 1 },
    { column: 1, row: 1 },
    { column: 1, row: 3 },
    { column: 2, row: 2 },
    { column: 2, row: 3 },
  ])
  expect(placeTiles([])).toEqual([])
})

test('a tile says its name and its words, and its bar is as full as its share', () => {
  const tile = { place: undefined, words: ['25%', '2 reached'] }
  const { svg, table } = drawTileMap({ id: 'w', title: 'Wards', description: 'Tiles.' }, [
    { ...tile, name: 'Brook & Hill', share: 25 },
    { ...tile, name: 'A very long name of a ward that has no end', share: 130 },
    { ...tile, name: 'Moor', share: null },
  ])
  expect(svg).toContain('Brook &amp; Hill')
  expect([...svg.matchAll(/width='([0-9.]+)' fill='#1d70b8'/g)].map(([, width]) => width)).toEqual([
    '45',
    '180',
  ])
  expect(svg.match(/stroke-dasharray/g)).toHaveLength(1)
  expect(table.rows[1]).toEqual(['A very long name of a ward that has no end', '25%, 2 reached'])
})
