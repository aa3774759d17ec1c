import Papa from 'papaparse'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutLeftovers } from '#core/tabular/leftovers.ts'
import { openTable } from '#core/tabular/open-table.ts'
import type { Separator } from '#core/tabular/table.ts'
import { bytesSource, latin1, textSource, utf16 } from '../byte-sources.ts'
import { readRows, readWhole, refusalOf } from '../reading.ts'

const SEPARATORS: readonly Separator[] = [',', ';', '\t', '|']

/** A cell of anything people type, and of all that a dialect gives a meaning to. */
const anyCell = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 8 }) },
  fc.string({ unit: 'binary', maxLength: 6 }).map((text) => text.replace(/\p{Cc}/gu, '')),
  fc.string({
    unit: fc.constantFrom('"', ',', ';', '\t', '|', '\n', '\r', ' ', 'a'),
    maxLength: 8,
  }),
)

/** A table with distinct headings and at least one row that holds something. */
const anyTable = fc
  .integer({ min: 1, max: 5 })
  .chain((width) =>
    fc.record({
      header: fc.constant(
        Array.from({ length: width }, (_, column) => `Heading ${'abcde'.charAt(column)}`),
      ),
      rows: fc.array(fc.array(anyCell, { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 6,
      }),
    }),
  )
  .filter(({ rows }) => rows.some((row) => row.some((cell) => cell.trim() !== '')))
  .filter(({ rows }) => !rows.flat().some((cell) => isReadOtherwise(cell)))

/** A cell that holds a row's worth of lines and separators, or what a tool left there. */
function isReadOtherwise(cell: string): boolean {
  const takesInRows = /[\r\n]/.test(cell) && /[,;\t|].*[,;\t|]/s.test(cell)
  const isOfSpreadsheet = /^###+$|^="/.test(cell.trim())
  return takesInRows || isOfSpreadsheet || cell === '\\N' || withoutLeftovers(cell) !== cell
}

describe('reading CSV', () => {
  it('reads back any table of text, in any dialect, wherever its pieces end', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyTable,
        fc.constantFrom(...SEPARATORS),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        async ({ header, rows }, separator, newline, ended, piece) => {
          const text =
            Papa.unparse([header, ...rows], { delimiter: separator, newline, quotes: true }) +
            (ended ? newline : '')
          const read = await readWhole(textSource(text, piece), { separator, headerRow: 1 })
          expect(read.header).toEqual(header)
          expect(read.rows).toEqual(rows.map((row) => row.map((cell) => cell.toWellFormed())))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('reads what papaparse reads where only some cells are quoted', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyTable,
        fc.constantFrom(...SEPARATORS),
        async ({ header, rows }, delimiter) => {
          const text = Papa.unparse([header, ...rows], { delimiter, newline: '\r\n' })
          const oracle = Papa.parse<string[]>(text, { delimiter, newline: '\r\n' })
          expect(oracle.errors).toEqual([])
          const read = await readWhole(textSource(`${text}\r\n`), {
            separator: delimiter,
            headerRow: 1,
          })
          expect([header, ...read.rows]).toEqual(
            oracle.data.map((row) => row.map((cell) => cell.toWellFormed())),
          )
        },
      ),
      { numRuns: 300 },
    )
  })

  it.each(SEPARATORS)(
    'finds the separator %j though the others stand in the cells',
    async (separator) => {
      const others = SEPARATORS.filter((other) => other !== separator).join('')
      const header = ['Client ID', 'Name', 'Notes']
      const rows = Array.from({ length: 30 }, (_, row) => [
        `C${row}`,
        `Smith, Ann ${row}`,
        `one ${others} two`,
      ])
      const text = [header, ...rows]
        .map((row) =>
          row.map((cell) => (cell.includes(separator) ? `"${cell}"` : cell)).join(separator),
        )
        .join('\n')
      const read = await readWhole(textSource(text))
      expect(read.receipt.separator).toBe(separator)
      expect(read.header).toEqual(header)
      expect(read.rows).toEqual(rows)
    },
  )

  it('finds the separator where decimal commas outnumber it', async () => {
    const rows = Array.from({ length: 20 }, (_, row) => `C${row},5;2,5`)
    const read = await readWhole(textSource(`Client;Score\n${rows.join('\n')}`))
    expect(read.receipt.separator).toBe(';')
  })

  it('finds the header under titles and blank lines, and numbers rows from below it', async () => {
    const read = await readWhole(
      textSource(
        'Quarterly return\nService,Breastfeeding support\n\nClient ID,First name,DOB\nC1,Ann,01/02/2019\n\nC2,Bo,02/03/2020\n',
      ),
    )
    expect(read.receipt.headerRow).toBe(4)
    expect(read.header).toEqual(['Client ID', 'First name', 'DOB'])
    expect(read.rows).toEqual([
      ['C1', 'Ann', '01/02/2019'],
      ['', '', ''],
      ['C2', 'Bo', '02/03/2020'],
    ])
  })

  it('takes the header row that a person chose, even far down', async () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => `note ${row},x`).join('\n')
    const read = await readWhole(textSource(`${rows}\nClient,Name\nC1,Ann\n`), {
      headerRow: 20_001,
      separator: ',',
    })
    expect(read.header).toEqual(['Client', 'Name'])
    expect(read.rows).toEqual([['C1', 'Ann']])
  })

  it('counts a quoted line break as no row, and a blank line as one', async () => {
    const read = await readWhole(textSource('a,b\n"one\ntwo",x\n\n"",y\n'))
    expect(read.rows).toEqual([
      ['one\ntwo', 'x'],
      ['', ''],
      ['', 'y'],
    ])
  })

  it('keeps identifiers as they are written', async () => {
    const read = await readWhole(
      textSource('Client,NHS,Flag\n007,0123456789,true\n1e5,1.23E+09,null\n'),
    )
    expect(read.rows).toEqual([
      ['007', '0123456789', 'true'],
      ['1e5', '1.23E+09', 'null'],
    ])
  })

  it('drops a separator at the end of lines, and columns with neither heading nor content', async () => {
    const read = await readWhole(textSource('a,,b,\n1,,2,\n3,,4\n5,,6,\n'))
    expect(read.header).toEqual(['a', 'b'])
    expect(read.rows).toEqual([
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ])
  })

  it('trims headings and makes a line break in one a space', async () => {
    const read = await readWhole(textSource('" Client\nID ",\ufeff Name\u00a0\n1,2\n'))
    expect(read.header).toEqual(['Client ID', 'Name'])
  })

  it('reads its rows from the start each time they are asked for', async () => {
    const table = await openTable(textSource('a,b\n1,2\n'))
    for (const time of [1, 2]) {
      const rows: unknown[] = []
      for await (const batch of table.batches()) rows.push(...batch.rows)
      expect([time, rows]).toEqual([time, [['1', '2']]])
    }
  })

  it('yields batches of a few thousand rows that follow one another', async () => {
    const table = await openTable(textSource(`a\n${'x\n'.repeat(30_000)}`))
    const sizes: number[] = []
    for await (const batch of table.batches()) sizes.push(batch.rows.length)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5000)
    expect((await readRows(table)).length).toBe(30_000)
  })
})

describe('encodings', () => {
  const text = 'Client,Name,Town\nC1,Zoë O’Brien,Café £5\nC2,Åsa,Málaga €\n'
  const windows1252 = latin1(text.replaceAll('’', '\x92').replaceAll('€', '\x80'))
  const copies = {
    'UTF-8': new TextEncoder().encode(text),
    'UTF-8 with a mark': new TextEncoder().encode(`\ufeff${text}`),
    'UTF-16LE with a mark': utf16(text, true),
    'UTF-16BE with a mark': utf16(text, false),
    'UTF-16LE without a mark': utf16(text, true, false),
    'UTF-16BE without a mark': utf16(text, false, false),
    'Windows-1252': windows1252,
  }

  it.each(Object.entries(copies))(
    '[S27] gives the same table from a copy in %s',
    async (_, bytes) => {
      for (const piece of [1, 3, 7, Infinity]) {
        const read = await readWhole(bytesSource(bytes, piece))
        expect(read.header).toEqual(['Client', 'Name', 'Town'])
        expect(read.rows).toEqual([
          ['C1', 'Zoë O’Brien', 'Café £5'],
          ['C2', 'Åsa', 'Málaga €'],
        ])
      }
    },
  )

  it('says which encoding it found', async () => {
    const found = await Promise.all(
      Object.values(copies).map(async (bytes) => {
        const { receipt } = await openTable(bytesSource(bytes))
        return [receipt.encoding, receipt.byteOrderMark]
      }),
    )
    expect(found).toEqual([
      ['utf-8', false],
      ['utf-8', true],
      ['utf-16le', true],
      ['utf-16be', true],
      ['utf-16le', false],
      ['utf-16be', false],
      ['windows-1252', false],
    ])
  })

  it('decides on UTF-8 by the whole file: one other byte at its end changes no other letter', async () => {
    const long = `Name\n${'Zoë\n'.repeat(200_000)}`
    const bytes = new TextEncoder().encode(`${long}caf`)
    expect((await openTable(bytesSource(bytes))).receipt.encoding).toBe('utf-8')
    const other = new Uint8Array([...bytes, 0xe9])
    const read = await readWhole(bytesSource(other))
    expect(read.receipt.encoding).toBe('utf-8')
    expect(read.rows.at(-1)).toEqual(['caf\ufffd'])
    expect(read.rows[0]).toEqual(['Zoë'])
  })

  it('drops no byte of Windows-1252', async () => {
    const every = Array.from({ length: 224 }, (_, index) => index + 32).filter(
      (code) => code !== 34 && code !== 44,
    )
    const read = await readWhole(bytesSource(new Uint8Array([97, 10, ...every, 10])), {
      encoding: 'windows-1252',
    })
    const cell = read.rows[0]?.[0] ?? ''
    expect(cell.length).toBe(every.length)
    expect(new Set(cell).size).toBe(every.length)
    expect(cell).not.toContain('\ufffd')
  })

  it('refuses a file that is not in the encoding its mark or the person says', async () => {
    const bytes = new Uint8Array([...latin1('a,b\n1,'), 0xe9, 10])
    expect(await refusalOf(bytesSource(bytes), { encoding: 'utf-8' })).toEqual({
      code: 'encoding-wrong',
      detail: { encoding: 'UTF-8' },
    })
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...bytes])
    expect((await refusalOf(bytesSource(marked))).code).toBe('encoding-wrong')
  })
})

describe('refusing CSV', () => {
  const good = `Client,Name\n${'C1,Ann\n'.repeat(10)}`

  it.each([
    ['an unterminated quote', `${good}"C2,Bo\n${'C3,Cy\n'.repeat(10)}`, 'quote-unterminated', 12],
    ['text after a closing quote', `${good}"C2"x,Bo\n`, 'quote-misplaced', 12],
    [
      'a row with too few cells',
      `Client,Name,Notes\n${'C1,Ann,\n'.repeat(9)}C2 Bo,\nC3,Cy,\n`,
      'row-short',
      11,
    ],
    ['a row with too many cells', `${good}C2,Bo,Cy\n`, 'row-long', 12],
    ['a cell under no heading', `Client,,Name\nC1,,Ann\nC2,x,Bo\n`, 'heading-missing', 3],
    [
      'a cell under no heading at the end',
      `Client,Name,\nC1,Ann,\nC2,Bo,x\n`,
      'heading-missing',
      3,
    ],
    ['a duplicate heading', 'NHS number,Name,NHS number \n1,2,3\n', 'header-duplicate', 1],
    ['a reserved heading', 'Client,__proto__\n1,2\n', 'header-reserved', 1],
    ['a heading called constructor', 'Client,constructor\n1,2\n', 'header-reserved', 1],
    ['a heading called prototype', 'Client,Prototype\n1,2\n', 'header-reserved', 1],
  ])('[S27] refuses %s and names the row', async (_, text, code, fileRow) => {
    for (const piece of [1, 5, Infinity]) {
      const refusal = await refusalOf(textSource(text, piece))
      expect(refusal).toMatchObject({ code, detail: { fileRow } })
    }
  })

  it('names the row below the header beside the row of the file', async () => {
    const refusal = await refusalOf(textSource('Title\n\nClient,Name\nC1,Ann\nC2,Bo,Cy\n'))
    expect(refusal.detail).toMatchObject({ fileRow: 5, row: 2 })
  })

  it.each([
    ['an empty file', '', 'file-empty'],
    ['nothing but white space', ' \r\n\t\n', 'file-empty'],
    ['a header without rows', 'Client,Name\n', 'no-rows'],
    ['a header over blank rows', 'Client,Name\n,\n\n', 'no-rows'],
    [
      'data without a header',
      'Ann,01/02/2019,ann@example.org\nBo,02/03/2020,bo@example.org\n',
      'header-not-found',
    ],
    ['NUL characters', 'Client,Name\nC1,A\0n\n', 'binary-content'],
    ['a web page', '\n<!DOCTYPE html><html><table><tr><td>Client</td></tr></table>', 'kind-html'],
    ['a table cut from a web page', '<table><tr><td>Client</td></tr></table>', 'kind-html'],
    ['XML', '<?xml version="1.0"?><Workbook/>', 'kind-xml'],
    ['JSON', '[{"client": 1, "name": 2}]', 'kind-json'],
  ])('[S24] refuses %s', async (_, text, code) => {
    expect((await refusalOf(textSource(text))).code).toBe(code)
  })

  it('never shows a cell of a headless file as if it were a heading', async () => {
    const refusal = await refusalOf(textSource('Client,9434765919\nC1,x\n'), { headerRow: 1 })
    expect(refusal).toEqual({ code: 'header-holds-data', detail: { fileRow: 1, column: 'B' } })
  })

  it('[S28] makes each limit an error that names it', async () => {
    const rows = `Client\n${'C1\n'.repeat(101)}`
    expect(await refusalOf(textSource(rows), {}, { rows: 100 })).toMatchObject({
      code: 'too-many-rows',
      detail: { limit: 100, row: 101 },
    })
    expect((await readWhole(textSource(rows), {}, { rows: 101 })).rows.length).toBe(101)
    const wide = Array.from({ length: 16_384 }, (_, column) => `h${column}`).join(',')
    expect(await refusalOf(textSource(`${wide}\n`))).toMatchObject({
      code: 'too-many-columns',
      detail: { limit: 500 },
    })
  })

  it('refuses a cell of 10 MB without reading on', async () => {
    const bytes = new Uint8Array(12_000_000).fill(120)
    bytes.set(latin1('a,b\n1,2\n3,'))
    let furthest = 0
    const source = bytesSource(bytes)
    const counted = {
      ...source,
      read: (offset: number, length: number) => {
        furthest = Math.max(furthest, offset + length)
        return source.read(offset, length)
      },
    }
    const table = await openTable(counted, { encoding: 'windows-1252' })
    await expect(readRows(table)).rejects.toMatchObject({ code: 'row-too-long' })
    expect(furthest).toBeLessThan(2_000_000)
    bytes[10] = 34
    const quoted = await openTable(counted, { encoding: 'windows-1252' })
    await expect(readRows(quoted)).rejects.toMatchObject({
      code: 'quote-unterminated',
    })
    expect(furthest).toBeLessThan(2_000_000)
  })

  it('[S22] refuses a file over the byte limit before a byte of it is read', async () => {
    const source = {
      name: 'large.csv',
      size: 300_000_000,
      read: () => Promise.reject(new Error('read')),
    }
    expect((await refusalOf(source)).code).toBe('file-too-large')
  })

  it.each([
    ['a PDF', '%PDF-1.7\n', 'kind-pdf'],
    ['a program', 'MZ\x90\0\x03\0', 'kind-program'],
    ['a script', '#!/bin/sh\n', 'kind-program'],
    ['a picture', '\x89PNG\r\n', 'kind-image'],
    ['an archive', '\x1f\x8b\x08', 'kind-zip'],
    ['rich text', '{\\rtf1', 'kind-document'],
  ])('[S24] refuses %s by its content', async (_, top, code) => {
    const bytes = new Uint8Array(2000)
    bytes.set(latin1(top))
    expect((await refusalOf(bytesSource(bytes, Infinity, 'clients.csv'))).code).toBe(code)
  })
})
