import { describe, expect, it, test } from 'vitest'
import { fillGaps } from '#core/filling/fill-gaps.ts'
import type { FillingRule } from '#core/filling/rules.ts'
import { leftOutRow } from '#core/preparation/rows-left-out/left-out-row.ts'
import { NO_ROW } from '#core/tabular/no-row.ts'
import type { SheetSigns } from '#core/tabular/workbook/sheet-signs.ts'
import { fillingOf, filledBy, readAll, tableOf } from './tables.ts'

const HEADER = ['Ref', 'Name', 'Centre', 'Postcode', 'Address', 'Status']
const ROWS = [
  ['1', 'Lane, Ada', 'Old Library', '', '1 High St, SW9 8AB', ''],
  ['2', 'Moss', 'old library ', 'SW9 8AC', '', 'Active'],
  ['3', '', 'The Hall', ' ', '', 'N/K'],
]

/** The cells that one rule makes of a column, and its effect. */
async function columnAfter(rule: FillingRule, column = rule.column) {
  const { header, rows, effects } = await filledBy([rule], HEADER, ROWS)
  return { cells: rows.map((row) => row[header.indexOf(column)]), effect: effects[0] }
}

describe('a rule', () => {
  test('default fills blank cells with the same words, or every cell', async () => {
    const rule = { kind: 'default', column: 'Status', value: 'active' } as const
    expect(await columnAfter(rule)).toEqual({
      cells: ['active', 'Active', 'N/K'],
      effect: { rows: 3, filled: 1, changed: 0, without: 0 },
    })
    expect(await columnAfter({ ...rule, when: 'always' })).toEqual({
      cells: ['active', 'active', 'active'],
      effect: { rows: 3, filled: 1, changed: 2, without: 0 },
    })
  })

  test('look-up gives what words of another column stand for, however they are written', async () => {
    const words = [
      { word: 'OLD LIBRARY', becomes: 'SW9 8AA' },
      { word: 'Old Library', becomes: 'not this' },
    ]
    expect(
      await columnAfter({ kind: 'look-up', column: 'Postcode', from: 'Centre', words }),
    ).toEqual({
      cells: ['SW9 8AA', 'SW9 8AC', ' '],
      effect: { rows: 3, filled: 1, changed: 0, without: 1 },
    })
  })

  test('translate changes listed words of the column itself, also to nothing', async () => {
    const words = [
      { word: 'n/k', becomes: '' },
      { word: 'active', becomes: 'Still coming' },
    ]
    expect(await columnAfter({ kind: 'translate', column: 'Status', words })).toEqual({
      cells: ['', 'Still coming', ''],
      effect: { rows: 3, filled: 0, changed: 2, without: 0 },
    })
  })

  test('take-from, join and split take what other columns of the row have', async () => {
    const part = { kind: 'split', column: 'First', from: 'Name', separator: ',' } as const
    expect((await columnAfter({ ...part, part: 2 })).cells).toEqual(['Ada', '', ''])
    expect((await columnAfter({ ...part, part: 'last' })).cells).toEqual(['Ada', '', ''])
    expect((await columnAfter({ ...part, part: 3 })).effect?.without).toBe(3)
    expect(
      (await columnAfter({ kind: 'take-from', column: 'Postcode', from: 'Address' })).cells,
    ).toEqual(['1 High St, SW9 8AB', 'SW9 8AC', ' '])
    expect(
      (
        await columnAfter({
          ...{ kind: 'join', column: 'Key', from: ['Ref', 'Name', 'Status'], separator: '-' },
        })
      ).cells,
    ).toEqual(['1-Lane, Ada', '2-Moss-Active', '3-N/K'])
  })

  test.each([
    ['October 24', '2024-10-01'],
    ['Oct', '2024-10-01'],
    ['Stay & play – Jan 2025', '2025-01-01'],
    ['Jan', '2025-01-01'],
    ['Sept register', '2024-09-01'],
    ['Oct and Nov', ''],
    ['Stockwell', ''],
    ['Sheet 1', ''],
    ['Marsh', ''],
  ])('derive finds the month that “%s” names', async (name, day) => {
    const rule: FillingRule = {
      ...{ kind: 'derive', column: 'Contact date', from: 'Sheet', what: 'month-in-text' },
    }
    const table = tableOf(['Sheet'], [[name]])
    const read = await readAll(fillGaps(table, fillingOf([rule]), undefined, '2024-Q3'))
    expect(read.rows).toEqual([[name, day]])
    // Without a quarter nothing says which year is meant.
    const unplaced = await readAll(fillGaps(table, fillingOf([rule])))
    expect(unplaced.rows[0]?.[1]).toBe(/20|24/.test(name) ? day : '')
  })

  test('derive finds the one postcode, email address or mobile number within a text', async () => {
    const header = ['Contact']
    const found = async (text: string, what: 'email-in-text' | 'mobile-in-text') => {
      const { rows } = await filledBy(
        [{ kind: 'derive', column: 'Found', from: 'Contact', what }],
        header,
        [[text]],
      )
      return rows[0]?.[1]
    }
    expect(
      (
        await columnAfter({
          ...{ kind: 'derive', column: 'Postcode', from: 'Address', what: 'postcode-in-address' },
        })
      ).cells,
    ).toEqual(['SW9 8AB', 'SW9 8AC', ' '])
    expect(await found('Mum: ada@mail.test, 07700 900123', 'email-in-text')).toBe('ada@mail.test')
    expect(await found('Mum: ada@mail.test, 07700 900123', 'mobile-in-text')).toBe('07700900123')
    expect(await found('<mailto:ada@mail.test>.', 'email-in-text')).toBe('ada@mail.test')
    expect(await found('ada@mail.test or bea@mail.test', 'email-in-text')).toBe('')
    expect(await found('07700 900123 / 07700 900124', 'mobile-in-text')).toBe('')
    expect(await found('020 7946 0000 or a@b@c.test', 'mobile-in-text')).toBe('')
    expect(await found('020 7946 0000 or a@b@c.test', 'email-in-text')).toBe('')
  })
})

it('copies from the row above until a blank row, a row that is left out or another sheet', async () => {
  const rule = { kind: 'copy-above', column: 'Family' } as const
  const title = leftOutRow({ code: 'rows-titles', isSure: false })
  const rows = [
    ['Lane', 'Ada'],
    ['', 'Ben'],
    NO_ROW,
    ['', 'Cara'],
    ['', ' '],
    ['', 'Dan'],
    ['Moss', 'Eve'],
    title,
    ['', 'Fay'],
    ['Nye', 'Gus'],
    ['', 'Hal'],
  ]
  const places = {
    sheets: [
      { name: 'April', firstRow: 1, headerRow: 1 },
      { name: 'May', firstRow: 11, headerRow: 1 },
    ],
  }
  const receipt = { format: 'xlsx', date1904: false, headerRow: 1, places } as const
  const table = tableOf(['Family', 'First'], rows, { receipt })
  const read = await readAll(fillGaps(table, fillingOf([rule])))
  expect(read.rows.map(([family, first]) => `${first ?? '-'} ${family ?? ''}`.trim())).toEqual(
    'Ada Lane|Ben Lane|-|Cara Lane||Dan|Eve Moss|-|Fay|Gus Nye|Hal'.split('|'),
  )
  expect(read.numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  // Such rows are told apart by what they are, not by what they look like.
  expect(read.rows[2]).toBe(NO_ROW)
  expect(read.rows[7]).toBe(title)
  expect(read.effects).toEqual([{ rows: 8, filled: 2, changed: 0, without: 3 }])
})

it('never fills a blank row: nobody is in it', async () => {
  const { rows, filled } = await filledBy(
    [{ kind: 'default', column: 'New', value: 'yes' }],
    ['A', 'B'],
    [
      ['', '  '],
      ['x', ''],
    ],
  )
  expect(rows).toEqual([
    ['', '  ', ''],
    ['x', '', 'yes'],
  ])
  expect(filled).toEqual([[], [2]])
})

it('marks what rules filled, also over what was given, and not words that were translated', async () => {
  const { filled } = await filledBy(
    [
      { kind: 'translate', column: 'Status', words: [{ word: 'active', becomes: 'Open' }] },
      { kind: 'default', column: 'Status', value: 'N/K' },
      { kind: 'translate', column: 'Status', words: [{ word: 'N/K', becomes: '' }] },
      { kind: 'default', column: 'Centre', value: 'One', when: 'always' },
    ],
    HEADER,
    ROWS,
  )
  expect(filled).toEqual([[2], [2], [2]])
})

it('leaves a cell alone that holds a formula or an error: it is no gap', async () => {
  const signs: SheetSigns = {
    isWhole: true,
    rowsWith: () => [],
    cellsWith: (sign, column) => (sign === 'formula' && column === 1 ? [2] : []),
    isTelling: () => false,
  }
  const table = tableOf(
    ['Ref', 'Status'],
    [
      ['1', ''],
      ['2', ''],
    ],
    { signs },
  )
  const filled = fillGaps(
    table,
    fillingOf([
      { kind: 'default', column: 'Status', value: 'active' },
      { kind: 'take-from', column: 'State', from: 'Status' },
    ]),
  )
  expect((await readAll(filled)).rows).toEqual([
    ['1', 'active', 'active'],
    ['2', '', ''],
  ])
  // A column that is made of it shows the same.
  expect(filled.signs?.cellsWith('formula', 2)).toEqual([2])
})

it('refuses a rule whose column the file has not, or has twice', () => {
  const refusal = (rule: FillingRule, header: readonly string[] = HEADER): unknown => {
    try {
      fillGaps(tableOf(header, ROWS), fillingOf([rule]))
    } catch (error) {
      return (error as { detail: unknown }).detail
    }
    return undefined
  }
  expect(refusal({ kind: 'take-from', column: 'New', from: 'Site' })).toEqual({
    heading: 'Site',
    rule: 1,
  })
  expect(refusal({ kind: 'copy-above', column: 'Site' })).toEqual({ heading: 'Site', rule: 1 })
  expect(
    refusal({ kind: 'default', column: 'post code', value: 'x' }, ['Post-code', 'Post_code']),
  ).toEqual({ heading: 'post code', rule: 1 })
  expect(refusal({ kind: 'take-from', column: 'New', from: 'post code' })).toBeUndefined()
})

it('stays small: a value that grows too long is not given', async () => {
  const doubling = Array.from({ length: 50 }, (_, at): FillingRule => ({
    ...{ kind: 'join', column: `C${at + 1}`, separator: '' },
    from: Array.from({ length: 6 }, () => `C${at}`),
  }))
  const { rows, effects } = await filledBy(doubling, ['C0'], [['0123456789'], ['x'.repeat(5000)]])
  expect(Math.max(...(rows[0] ?? []).map((cell) => cell.length))).toBe(360)
  expect(rows[1]?.slice(1).every((cell) => cell === '')).toBe(true)
  expect(effects[0]).toEqual({ rows: 2, filled: 1, changed: 0, without: 1 })
})
