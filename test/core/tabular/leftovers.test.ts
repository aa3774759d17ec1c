import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { textNotices } from '#core/messages/reading/reading-words.ts'
import { emptyWordsOf, withoutLeftovers } from '#core/tabular/leftovers.ts'
import { bytesSource, textSource } from './byte-sources.ts'
import { readWhole } from './reading.ts'
import { writeWorkbook } from './workbook/workbook-writer.ts'

describe('what tools leave in a text', () => {
  it.each([
    ['Zo&euml;', 'Zoë'],
    ['O&rsquo;Brien', 'O’Brien'],
    ['O&#039;Shea', "O'Shea"],
    ['O&#x27;Shea', "O'Shea"],
    ['O&#146;Shea', 'O’Shea'],
    ['N&uacute;&ntilde;ez', 'Núñez'],
    ['&Lstrok;ukasz Wi&sacute;niewski', 'Łukasz Wiśniewski'],
    ['G&uuml;l&scedil;en', 'Gülşen'],
    ['R&amp;D-4', 'R&D-4'],
    ['Ren&amp;eacute;e', 'Renée'],
    ['&nbsp;', ''],
    ['Ben&nbsp;Hall', 'Ben\u00a0Hall'],
    ['Lowe_x000D_', 'Lowe'],
    ['Elm Row_x000A_Stockwell', 'Elm Row\nStockwell'],
    ['Zo_x00EB_', 'Zoë'],
    ['<![CDATA[Amara]]>', 'Amara'],
    ['Amara<br>', 'Amara'],
    ['1 Elm Row<br/>Stockwell', '1 Elm Row Stockwell'],
    ['<p><b>Amara</b></p>', 'Amara'],
    ['&lt;span class=&quot;x&quot;&gt;Ann&lt;/span&gt;', 'Ann'],
    [String.raw`Amara\n`, 'Amara'],
    [String.raw`1 Elm Row\r\nStockwell`, '1 Elm Row Stockwell'],
  ])('reads %s', (cell, text) => {
    expect(withoutLeftovers(cell)).toBe(text)
  })

  it.each([
    'R&D',
    'Bob & Jane; Ann',
    'AT&T;',
    '&made-up;',
    '&madeup;',
    'A&B;C',
    'Ann <ann@mail.leap.test>',
    '<b@mail.leap.test>',
    'age < 3 and > 1',
    'C_x12',
    '_xyz_',
    String.raw`C:\new\notes`,
    String.raw`\\server\names`,
    String.raw`AC\note`,
    '&#0;',
    '&#xD800;',
    'plain',
    '',
  ])('leaves %s as it is', (cell) => {
    expect(withoutLeftovers(cell)).toBe(cell)
  })
})

describe('words of databases for no value', () => {
  it('are some wherever they fill a cell, and others only where several columns have them', () => {
    expect([...emptyWordsOf([[String.raw`\N`, 'Ann', '(null)', 'Null']])]).toEqual([
      String.raw`\N`,
      '(null)',
    ])
    expect([
      ...emptyWordsOf([
        ['NULL', 'Ann', 'NULL'],
        ['1', 'nan', 'x'],
      ]),
    ]).toEqual(['NULL'])
    expect(emptyWordsOf([['None', 'None', 'none', 'N/A', '']]).size).toBe(0)
  })

  it('are none where only columns of names have them, or where a person wrote them', () => {
    const names = [
      ['1', 'ANN', 'NULL', 'BEA', 'NULL'],
      ['2', 'BEN', 'HALL', 'CAT', 'HALL'],
    ]
    expect(emptyWordsOf(names).size).toBe(0)
    const typed = [
      ['1', 'Nan', 'Null', 'Null'],
      ['Null', 'Ben', 'Hall', 'Hall'],
    ]
    expect(emptyWordsOf(typed).size).toBe(0)
  })
})

const SAMPLE = readFileSync(new URL('../../files/14-html-entities.csv', import.meta.url))

describe('a file with leftovers', () => {
  it('is read as what they stand for, and the receipt tells', async () => {
    for (const piece of [Infinity, 30]) {
      const { rows, receipt } = await readWhole(bytesSource(SAMPLE, piece))
      expect(rows.map((row) => row.slice(0, 3))).toEqual([
        ['C-1', 'Zoë', 'O’Brien'],
        ['C-2', 'Renée', 'Núñez'],
        ['C-3', '', 'Lowe'],
        ['R&D-4', 'Dev', "O'Shea"],
      ])
      expect(receipt.decoded).toEqual([
        { column: 'Client ID', cells: 1, firstFileRow: 5 },
        { column: 'First name', cells: 3, firstFileRow: 2 },
        { column: 'Surname', cells: 4, firstFileRow: 2 },
      ])
      expect(textNotices(receipt)[0]).toMatch(/^8 cells \(Client ID, first in row 5; .* hold what/)
    }
  })

  it('reads the same from a workbook as from a file of text', async () => {
    const text = await readWhole(bytesSource(SAMPLE))
    const cells = new TextDecoder().decode(SAMPLE).trimEnd().split('\r\n')
    const workbook = writeWorkbook({
      sheets: [{ name: 'Data', rows: cells.map((line) => line.split(',')) }],
    })
    const read = await readWhole(bytesSource(workbook, Infinity, 'file.xlsx'))
    expect(read.rows).toEqual(text.rows)
    expect(read.receipt.decoded).toEqual(text.receipt.decoded)
  })

  it('undoes letters that were encoded twice before they came into a workbook', async () => {
    const workbook = writeWorkbook({
      sheets: [
        {
          name: 'Data',
          rows: [
            ['Client ID', 'Name'],
            ['C-1', 'JosÃ©'],
            ['C-2', 'Zoë'],
          ],
        },
      ],
    })
    const { rows, receipt } = await readWhole(bytesSource(workbook, Infinity, 'file.xlsx'))
    expect(rows.map((row) => row[1])).toEqual(['José', 'Zoë'])
    expect(receipt.decoded).toEqual([{ column: 'Name', cells: 1, firstFileRow: 2 }])
  })

  it('reads headings without them', async () => {
    const { header } = await readWhole(
      textSource('Client&nbsp;ID,First name_x000D_,Date of birth\nC-1,Ann,01/06/2019\n'),
    )
    expect(header).toEqual(['Client\u00a0ID', 'First name', 'Date of birth'])
  })

  it('reads a database’s words for no value as empty, and tells', async () => {
    const { rows, receipt } = await readWhole(
      textSource(
        'Client ID,First name,Surname,Date of birth\nC-1,Ann,NULL,NULL\nC-2,NULL,Hall,02/07/2020\nC-3,Null,Null,x\n',
      ),
    )
    expect(rows[0]).toEqual(['C-1', 'Ann', '', ''])
    expect(rows[1]).toEqual(['C-2', '', 'Hall', '02/07/2020'])
    expect(rows[2]?.slice(1, 3)).toEqual(['Null', 'Null'])
    expect(receipt.emptied?.map(({ cells }) => cells)).toEqual([1, 1, 1])
  })

  it('keeps a surname that is such a word', async () => {
    const { rows, receipt } = await readWhole(
      textSource('Client ID,First name,Surname\nC-1,Ann,Null\nC-2,Ben,Hall\n'),
    )
    expect(rows[0]?.[2]).toBe('Null')
    expect(receipt.emptied).toBeUndefined()
  })
})
