import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { textNotices } from '#core/messages/reading/reading-words.ts'
import { bytesSource, textSource } from '../byte-sources.ts'
import { readWhole, refusalOf } from '../reading.ts'

const HEADER = 'Client ID,First name,Surname,Date of birth,Address,Mobile,Sessions,Notes'
const PEOPLE = [
  'C-1,Amara,Okafor,01/06/2019,1 Elm Row,07700 900101,3,',
  'C-2,Ben,Hall,02/07/2020,2 Oak Lane,07700 900102,2,late',
  'C-3,Cara,Lowe,13/08/2018,3 Ash Way,07700 900103,4,',
  'C-4,Dev,Patel,14/09/2019,4 Fir Close,07700 900104,1,',
  'C-5,Eve,Stone,15/10/2019,5 Yew Road,07700 900105,2,moved',
  'C-6,Finn,Moss,16/11/2019,6 Bay Mews,07700 900106,5,',
]

/** The file of these people, some of their rows written otherwise. */
function fileOf(changed: Readonly<Record<number, string>> = {}, header = HEADER, end = '\r\n') {
  const rows = PEOPLE.map((row, index) => changed[index + 2] ?? row)
  return `${[header, ...rows].join('\r\n')}${end}`
}

async function codeOf(text: string, piece = Infinity): Promise<string> {
  const { code, detail } = await refusalOf(textSource(text, piece))
  return `${code} ${String(detail['fileRow'])}`
}

describe('a row with more cells than the others', () => {
  it.each([
    [
      'whose surplus cell is empty',
      'C-3,Cara,Lowe,13/08/2018,3 Ash Way, Stockwell,07700 900103,4,',
    ],
    ['whose surplus cell is filled', 'C-3,Cara,Lowe,13/08/2018,3 Ash Way,07700 900103,4,tall, shy'],
    ['shifted from its second cell on', 'C-3,Cara,Ann,Lowe,13/08/2018,3 Ash Way,07700 900103,4,'],
    ['with a decimal comma', 'C-3,Cara,Lowe,13/08/2018,3 Ash Way,07700 900103,4,5,'],
    ['with nothing but a spare separator', 'C-3,Cara,Lowe,13/08/2018,3 Ash Way,07700 900103,4,,'],
  ])('is refused, %s', async (_, row) => {
    expect(await codeOf(fileOf({ 4: row }))).toBe('row-long 4')
    expect(await codeOf(fileOf({ 4: row }), 3)).toBe('row-long 4')
  })

  it('is refused where the header ends in spare separators, or has one column more', async () => {
    const row = 'C-3,Cara,Lowe,13/08/2018,3 Ash Way, Stockwell,07700 900103,4,'
    expect(await codeOf(fileOf({ 4: row }, `${HEADER},`))).toBe('row-long 4')
    expect(await codeOf(fileOf({ 4: row }, `${HEADER},,,`))).toBe('row-long 4')
  })

  it('is refused where every row ends in a spare separator', async () => {
    const spare = PEOPLE.map((row) => `${row},`)
    spare[2] = 'C-3,Cara,Lowe,13/08/2018,3 Ash Way, Stockwell,07700 900103,4,,'
    expect(await codeOf(`${HEADER},\n${spare.join('\n')}\n`)).toBe('row-long 4')
  })

  it('is refused where it is the only row but one', async () => {
    expect(await codeOf('Client ID,Name,Notes\nC-1,Ann,\nC-2,Bo,Hall,\n')).toBe('row-long 3')
  })

  it('is refused where it has but as many cells as there are headings, the others fewer', async () => {
    const trimmed = PEOPLE.map((row) => row.replace(/,[a-z]*$/, ''))
    trimmed[2] = 'C-3,Cara,Lowe,13/08/2018,3 Ash Way, Stockwell,07700 900103,4'
    expect(await codeOf(`${HEADER}\n${trimmed.join('\n')}\n`)).toBe('row-shifted 4')
  })

  it('is refused where it lost its last separator, so that it has as many cells as the others', async () => {
    const row = 'C-3,Cara,Lowe,13/08/2018,3 Ash Way, Stockwell,07700 900103,4'
    expect(await codeOf(fileOf({ 4: row }))).toBe('row-shifted 4')
  })

  it('is refused where most rows are so, and the others tell', async () => {
    const rows = PEOPLE.map((row, index) =>
      index < 2
        ? row.replace(/[a-z]*$/, '')
        : row
            .replace(' Way', ', Way')
            .replace(/ (Close|Road|Mews)/, ', $1')
            .replace(/[a-z]*$/, ''),
    )
    expect(await codeOf(`${HEADER}\n${rows.join('\n')}\n`)).toMatch(/^row-(long|shifted) 4$/)
  })

  it('is read where every row ends in a spare separator, or is filled up to the widest', async () => {
    const spare = `${HEADER}\n${PEOPLE.map((row) => `${row},`).join('\n')}\n`
    const filled = `${HEADER},,,\n${PEOPLE.map((row) => `${row},,,`).join('\n')}\n`
    const headerAlone = fileOf({}, `${HEADER},,`)
    for (const text of [spare, filled, headerAlone]) {
      const { rows, receipt } = await readWhole(textSource(text))
      expect(rows.map((row) => row.join(','))).toEqual(PEOPLE)
      expect(receipt.shortRows).toBeUndefined()
      expect(textNotices(receipt)).toEqual([])
    }
  })

  it('is read where a spreadsheet wrote a block of rows with an empty cell more', async () => {
    const block = PEOPLE.map((row, index) => (index < 2 ? row : `${row},`))
    const { rows } = await readWhole(textSource(`${HEADER}\n${block.join('\n')}\n`))
    expect(rows.map((row) => row.join(','))).toEqual(PEOPLE)
  })
})

describe('a row with fewer cells than the headings', () => {
  it('is read where rows go without their empty ends, and counted', async () => {
    const trimmed = PEOPLE.map((row) => row.replace(/,$/, ''))
    const { rows, receipt } = await readWhole(textSource(`${HEADER}\n${trimmed.join('\n')}\n`))
    expect(rows.map((row) => row.join(','))).toEqual(PEOPLE)
    expect(receipt.shortRows).toEqual({ rows: 4, firstFileRow: 2, isUnusual: false })
    expect(textNotices(receipt)).toEqual([
      '4 rows end before the last column, the first of them in row 2. Their last cells were read as empty.',
    ])
  })

  it('is read where a spreadsheet left off the ends of a block of rows', async () => {
    const bytes = readFileSync(new URL('../../../files/ugly-D-excelquirk.csv', import.meta.url))
    const { rows, receipt } = await readWhole(bytesSource(bytes))
    expect(rows.every((row) => row.length === 7 && row[0] !== '')).toBe(true)
    expect(receipt.shortRows).toMatchObject({ firstFileRow: 18, isUnusual: false })
  })

  it('is read from the sample of short rows', async () => {
    const bytes = readFileSync(new URL('../../../files/22-short-rows.csv', import.meta.url))
    const { rows, receipt } = await readWhole(bytesSource(bytes))
    expect(rows[1]).toEqual(['C-2', 'Ben', 'Hall', '02/07/2020', '2', '', ''])
    expect(receipt.shortRows).toEqual({ rows: 2, firstFileRow: 3, isUnusual: false })
  })

  it('is a question where the other rows are filled to their last column', async () => {
    const rows = Array.from({ length: 9 }, (_, row) => `C-${row},Ann${row},fine`)
    rows[4] = 'C-4,Ann4'
    const { receipt } = await readWhole(textSource(`Client ID,Name,Notes\n${rows.join('\n')}\n`))
    expect(receipt.shortRows).toEqual({ rows: 1, firstFileRow: 6, isUnusual: true })
  })

  it.each([
    ['between two texts', 'C-3,Cara Lowe,13/08/2018,3 Ash Way,07700 900103,4,', 'row-shifted 4'],
    ['before a date', 'C-3,Cara,Lowe 13/08/2018,3 Ash Way,07700 900103,4,', 'row-shifted 4'],
    ['at its end', 'C-3,Cara,Lowe,13/08/2018,3 Ash Way,07700 900103,4', 'row-short 4'],
  ])('is refused where a separator is missing %s', async (_, row, refused) => {
    expect(await codeOf(fileOf({ 4: row }))).toBe(refused)
  })

  it('is refused where a text is broken over two lines', async () => {
    const row = 'C-3,Cara,Lowe,13/08/2018,3 Ash\r\nWay,07700 900103,4,'
    expect(await codeOf(fileOf({ 4: row }))).toMatch(/^row-(short|shifted) [45]$/)
    const rows = ['C-1,Ann,x,fine', 'C-2,Bo', 'Cy,x,late', 'C-3,Di,y,fine'].join('\n')
    expect(await codeOf(`Client ID,Name,Group,Notes\n${rows}\n`)).toBe('row-short 3')
  })

  it('is refused, or the row beside it, wherever in a row a separator too many or a line break stands', async () => {
    const people = Array.from({ length: 12 }, (_, at) =>
      [
        `C-${at}`,
        'Ann',
        'Hall',
        `${at + 10}/06/2019`,
        at % 2 === 0 ? 'M' : 'F',
        `${at} Elm Row`,
      ].concat([
        'SE11 6AB',
        `07700 9001${at + 10}`,
        String(at % 5),
        at % 3 === 0 ? 'Active' : 'Ended',
        '',
      ]),
    )
    const header =
      'Client ID,First name,Surname,Date of birth,Gender,Address,Postcode,Mobile,Sessions,Status,Notes'
    for (const changed of [2, 5, 11]) {
      for (let column = 0; column < 10; column += 1) {
        for (const sign of [',', '\r\n']) {
          const rows = people.map((cells, at) =>
            at === changed
              ? cells.map((cell, index) =>
                  index === column ? `${cell.slice(0, 1)}${sign}${cell.slice(1)}` : cell,
                )
              : cells,
          )
          const text = `${header}\r\n${rows.map((row) => row.join(',')).join('\r\n')}\r\n`
          const [code, row] = (await codeOf(text)).split(' ')
          expect([column, sign, code]).toEqual([column, sign, expect.stringMatching(/^row-/)])
          expect([changed + 2, changed + 3]).toContain(Number(row))
        }
      }
    }
  })

  it('is refused where it has another separator', async () => {
    const row = 'C-3;Cara;Lowe;13/08/2018;3 Ash Way;07700 900103;4;'
    expect(await codeOf(fileOf({ 4: row }))).toBe('row-separator 4')
  })

  it('is a question where it is the last and its line has no end', async () => {
    const { receipt } = await readWhole(
      textSource(fileOf({ 7: 'C-6,Finn,Moss,16/11/2019,6 Ba' }, HEADER, '')),
    )
    expect(receipt).toMatchObject({ cutOff: true, shortRows: { rows: 1, firstFileRow: 7 } })
    expect(textNotices(receipt).at(-1)).toMatch(/seems to end/)
  })

  it('is no question where the last line is whole and merely has no end', async () => {
    const { receipt } = await readWhole(textSource(fileOf({}, HEADER, '')))
    expect(receipt.cutOff).toBeUndefined()
  })
})

describe('quotation marks', () => {
  it('refuses the sample of a cell that takes in a person', async () => {
    const bytes = readFileSync(new URL('../../../files/15-swallowed-row.csv', import.meta.url))
    const { code, detail } = await refusalOf(bytesSource(bytes))
    expect([code, detail['fileRow']]).toEqual(['quote-swallows-row', 3])
  })

  it.each([
    [
      'one person',
      { 3: 'C-2,Ben,Hall,02/07/2020,2 Oak Lane,07700 900102,2,"late', 4: `${PEOPLE[2] ?? ''}5"` },
    ],
    [
      'several',
      {
        3: 'C-2,Ben,Hall,02/07/2020,2 Oak Lane,07700 900102,2,"late',
        6: 'C-5,Eve,Stone,15/10/2019,5 Yew Road,07700 900105,2,6"',
      },
    ],
    [
      'the ends of two rows',
      {
        3: 'C-2,Ben,Hall,02/07/2020,"2 Oak Lane,07700 900102,2,late',
        4: 'C-3,Cara,Lowe,13/08/2018,3 Ash Way",07700 900103,4,',
      },
    ],
    [
      'a row from its first cell',
      {
        3: '"C-2,Ben,Hall,02/07/2020,2 Oak Lane,07700 900102,2,late',
        4: 'C-3",Cara,Lowe,13/08/2018,3 Ash Way,07700 900103,4,',
      },
    ],
  ])('refuses a cell that takes in %s', async (_, changed) => {
    for (const piece of [Infinity, 7])
      expect(await codeOf(fileOf(changed), piece)).toBe('quote-swallows-row 3')
  })

  it('reads addresses and notes of several lines with separators in them', async () => {
    const address = 'Flat 2, 2 Oak Lane\nStockwell, London\nSW9 9SL'
    const note = 'Came on Monday, Tuesday, Friday\nwith mum, dad, her aunt, and Ben\nleft early'
    const text = fileOf({
      3: `C-2,Ben,Hall,02/07/2020,"${address}",07700 900102,2,"${note}"`,
      5: `C-4,Dev,Patel,14/09/2019,"4 Fir Close,\nLondon,\nUK",07700 900104,1,`,
    })
    const { rows } = await readWhole(textSource(text))
    expect(rows[1]?.[4]).toBe(address)
    expect(rows[1]?.[7]).toBe(note)
    expect(rows).toHaveLength(6)
  })

  it('reads notes of several lines in a table of few columns', async () => {
    const rows = ['C-1,"one, two\nthree, four"', 'C-2,"a, b\nc, d, e\nf"', 'C-3,"x\ny, z"']
    const read = await readWhole(textSource(`Client ID,Notes\n${rows.join('\n')}\n`))
    expect(read.rows).toHaveLength(3)
  })

  it('reads a mark within a cell as it is, and one after spaces as the beginning of a text', async () => {
    const text = fileOf({
      3: 'C-2,Ben,O"Brien,02/07/2020, "2 Oak Lane, Stockwell" ,07700 900102,2,5" pipe',
    })
    const { rows } = await readWhole(textSource(text, 11))
    expect(rows[1]).toEqual([
      ...['C-2', 'Ben', 'O"Brien', '02/07/2020', '2 Oak Lane, Stockwell'],
      ...['07700 900102', '2', '5" pipe'],
    ])
  })

  it("reads a file that puts ' around its cells", async () => {
    const quoted = [HEADER, ...PEOPLE].map((row) =>
      row
        .split(',')
        .map((cell) => `'${cell === 'Hall' ? "O''Neil, Jr" : cell}'`)
        .join(','),
    )
    const { header, rows } = await readWhole(textSource(`${quoted.join('\n')}\n`))
    expect(header).toEqual(HEADER.split(','))
    expect(rows[1]?.[2]).toBe("O'Neil, Jr")
  })

  it('reads a file that puts a backslash before marks and separators', async () => {
    const text = fileOf({
      3: String.raw`C-2,Ben,Hall,02/07/2020,"2 \"Oak\" Lane, Stockwell",07700 900102,2,\N`,
      5: String.raw`C-4,Dev,Patel,14/09/2019,4 Fir Close\, Stockwell,07700 900104,1,one\ntwo`,
    })
    const { rows } = await readWhole(textSource(text, 13))
    expect(rows[1]?.[4]).toBe('2 "Oak" Lane, Stockwell')
    expect(rows[1]?.[7]).toBe('')
    expect(rows[3]?.slice(4)).toEqual(['4 Fir Close, Stockwell', '07700 900104', '1', 'one\ntwo'])
  })

  it('leaves a backslash as it is where nothing asks for more', async () => {
    const { rows } = await readWhole(
      textSource(fileOf({ 3: String.raw`C-2,Ben,Hall,02/07/2020,"C:\new\",07700 900102,2,a\b` })),
    )
    expect(rows[1]?.slice(4)).toEqual(['C:\\new\\', '07700 900102', '2', 'a\\b'])
  })

  it.each([
    [
      'text after a closing mark',
      'C-2,Ben,"Hall" Jr,02/07/2020,x,07700 900102,2,',
      'quote-misplaced 3',
    ],
    [
      'a mark that is never closed',
      'C-2,Ben,"Hall,02/07/2020,x,07700 900102,2,',
      'quote-unterminated 3',
    ],
  ])('refuses %s', async (_, row, refused) => {
    expect(await codeOf(fileOf({ 3: row }))).toBe(refused)
  })
})

describe('line ends and ends of files', () => {
  it('reads CR, LF and CR LF in one file, an end of two lines and none', async () => {
    const [one = '', two = '', three = ''] = PEOPLE
    for (const end of ['', '\n', '\r\n\r\n', '\n\n\n']) {
      const { rows } = await readWhole(textSource(`${HEADER}\r${one}\n${two}\r\n${three}${end}`, 9))
      expect(rows.slice(0, 3).map((row) => row.join(','))).toEqual([one, two, three])
      expect(rows.slice(3).flat().join('')).toBe('')
    }
  })

  it('reads a file of one row, in each separator', async () => {
    for (const separator of [',', ';', '\t', '|']) {
      const text = `${HEADER}\n${PEOPLE[1] ?? ''}\n`.replaceAll(',', separator)
      const { rows, receipt } = await readWhole(textSource(text))
      expect(receipt.separator).toBe(separator)
      expect(rows).toEqual([PEOPLE[1]?.split(',')])
    }
  })

  it('refuses equal headings and no headings', async () => {
    expect(await codeOf(`Name,Name\nAnn,Hall\n`)).toBe('header-duplicate 1')
    expect((await refusalOf(textSource(`${PEOPLE.join('\n')}\n`))).code).toMatch(/^header-/)
  })
})
