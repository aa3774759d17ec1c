import { expect, test } from 'vitest'
import { savedHeader, savedRows, type ToldTable } from '#core/measures/told-table.ts'
import { toldWords } from '#core/messages/releases/measure-words.ts'

const TABLE: ToldTable = {
  ...{ name: 'Wards', caption: 'Wards' },
  columns: [
    { name: 'Ward', is: 'words' },
    { name: 'Reached', is: 'between' },
    { name: 'Kept', is: 'part' },
    { name: 'Share', is: 'share' },
    { name: 'Gap', is: 'points' },
    { name: 'Wait', is: 'spread' },
    { name: 'Change', is: 'change' },
  ],
  rows: [
    {
      key: 'brook',
      cells: [
        'Brook',
        { people: 12, lower: 10, upper: 14 },
        { part: 3, whole: 9 },
        { share: 25.04, lower: 13, upper: 25.04 },
        -3.26,
        { median: 9.5, lowerQuartile: 1, upperQuartile: 20 },
        { mean: 1.25, interval: null },
      ],
    },
  ],
  total: ['All', null, null, null, null, null, null],
}

test('each number of a cell has a column in a file, and no cell of it is empty', () => {
  expect(savedHeader(TABLE)).toEqual([
    ...['Ward', 'Reached', 'Reached, at least', 'Reached, at most', 'Kept', 'Kept, of'],
    ...['Share, per cent', 'Share, per cent at least', 'Share, per cent at most'],
    ...['Gap, points of per cent', 'Wait, median', 'Wait, lower quartile', 'Wait, upper quartile'],
    ...['Change, mean', 'Change, 95% interval from', 'Change, 95% interval to'],
  ])
  const [brook, all] = savedRows(TABLE)
  expect(brook).toEqual([
    ...['Brook', 12, 10, 14, 3, 9, 25, 13, 25, -3.3, 9.5, 1, 20],
    ...[1.3, 'not known', 'not known'],
  ])
  expect(all).toEqual(['All', ...Array.from({ length: 15 }, () => 'not known')])
})

test('a page says the same in words', () => {
  const words = TABLE.columns.map(({ is }, at) => toldWords(is, TABLE.rows[0]?.cells[at] ?? null))
  expect(words).toEqual([
    ...['Brook', '12 (10 to 14)', '3 of 9 (33%)', '25% (13% to 25%)', '▼ 3 points less'],
    ...['9.5 (1 to 20)', '+1.3 (of one person)'],
  ])
  expect([toldWords('points', 0.4), toldWords('points', 1), toldWords('count', null)]).toEqual([
    ...['= the same', '▲ 1 point more', 'not known'],
  ])
})

test('a figure of a release is itself in a file, hidden or not, and says where no file had come', () => {
  const table: ToldTable = {
    ...{ name: 'Reached', caption: 'Reached' },
    columns: [
      { name: 'Service', is: 'words' },
      { name: 'People', is: 'printed', otherwise: 'no file' },
    ],
    rows: [1240, '*' as const, 0, null].map((people, at) => ({
      key: String(at),
      cells: [`Service ${at}`, people],
    })),
  }
  expect(savedRows(table).map(([, people]) => people)).toEqual([1240, '*', 0, 'no file'])
  expect([toldWords('printed', 1240), toldWords('printed', '*')]).toEqual(['1,240', '*'])
})
