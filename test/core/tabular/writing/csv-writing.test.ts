import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { csvLine, writeCsv, writePlainCsv } from '#core/tabular/writing/csv-writer.ts'
import { neutraliseCell } from '#core/tabular/writing/neutralise-cell.ts'

/**
 * A line that a spreadsheet might run: a dangerous sign after nothing but spaces and quotation
 * marks.
 */
const RUNS = /^[\s\u0085\u200b\u2060\ufeff"“”„‟«»＂]*[=+\-@＝＋－＠\t\r\n\0]/u
const LINE_BREAK = /[\n\r\v\f\u0085\u2028\u2029]/

function mayRun(cell: string): boolean {
  return RUNS.test(cell) || cell.split(LINE_BREAK).some((line) => RUNS.test(line))
}

const hostile = fc.string({
  unit: fc.constantFrom(
    ...[
      '=',
      '+',
      '-',
      '@',
      '＝',
      '＋',
      '－',
      '＠',
      '\t',
      '\r',
      '\n',
      '\0',
      ' ',
      '"',
      '“',
      "'",
      '\u00a0',
      '\u2028',
      '\v',
      '\ufeff',
      'a',
      '1',
      ',',
    ],
  ),
  maxLength: 12,
})

describe('a cell of an exported file', () => {
  it('[S33] is always neutral, whatever spaces, quotes and line breaks a formula hides behind', () => {
    fc.assert(
      fc.property(hostile, (cell) => {
        expect(mayRun(neutraliseCell(cell))).toBe(false)
      }),
      { numRuns: 20_000 },
    )
  })

  it('[S33] of the forms that a library misses is neutral', () => {
    const cells = [
      ...[
        '=1+1\nnote',
        '  =1+1',
        '"=1+1"',
        '＝1+1',
        'note\n=1+1',
        'note\r\n @SUM(A1)',
        '\n=1',
        '\0=1',
      ],
      ...['=HYPERLINK("http://evil.example","click")', '\u00a0+44', '\u2028－1', '\ufeff=1'],
    ]
    for (const cell of cells) {
      expect(mayRun(cell)).toBe(true)
      expect(mayRun(neutraliseCell(cell))).toBe(false)
    }
  })

  it('always says the same but for apostrophes, and is not neutralised twice', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (cell) => {
        const neutral = neutraliseCell(cell)
        expect(neutral.replaceAll("'", '')).toBe(cell.replaceAll("'", ''))
        expect(neutraliseCell(neutral)).toBe(neutral)
        if (!mayRun(cell) && !LINE_BREAK.test(cell)) expect(neutral).toBe(cell)
      }),
    )
  })
})

describe('a written CSV file', () => {
  it('[S33] always reads back as the neutral text of its cells', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hostile, hostile), { minLength: 1, maxLength: 4 }), (rows) => {
        const text = writeCsv(['a', 'b'], rows)
        expect(text.startsWith('\ufeff')).toBe(true)
        const { data } = Papa.parse<string[]>(text.slice(1), { delimiter: ',', newline: '\r\n' })
        expect(data.slice(1, -1)).toEqual(rows.map((row) => row.map(neutraliseCell)))
      }),
    )
  })

  it('reads back as it was where no person opens it, whatever separates it and ends its lines', () => {
    const separator = fc.constantFrom(',', ';', '\t', '|')
    const lineEnd = fc.constantFrom('\n', '\r\n')
    const rows = fc.array(fc.tuple(hostile, hostile, fc.constant('z')), {
      minLength: 1,
      maxLength: 4,
    })
    fc.assert(
      fc.property(rows, separator, lineEnd, (rows, separator, lineEnd) => {
        const form = { separator, lineEnd, neutral: false } as const
        const text = rows.map((row) => csvLine(row, form)).join('')
        const { data } = Papa.parse<string[]>(`x${separator}y${separator}z${lineEnd}${text}`, {
          delimiter: separator,
          newline: lineEnd,
        })
        expect(data.slice(1, -1)).toEqual(rows)
      }),
    )
    expect(
      writePlainCsv([
        ['a', 'b'],
        ['=1', 2],
      ]),
    ).toBe('a,b\n=1,2\n')
  })

  it('leaves numbers as numbers', () => {
    expect(writeCsv(['people'], [[10], ['*']])).toBe('\ufeffpeople\r\n10\r\n*\r\n')
  })
})
