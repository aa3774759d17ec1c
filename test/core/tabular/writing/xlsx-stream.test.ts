import fc from 'fast-check'
import { unzipSync, strFromU8 } from 'fflate'
import { expect, test } from 'vitest'
import { writeWorkbook, type StreamedSheet } from '#core/tabular/writing/xlsx-stream.ts'
import { bytesSource } from '../byte-sources.ts'
import { readWhole } from '../reading.ts'

async function written(
  sheets: readonly (Omit<StreamedSheet, 'batches'> & {
    readonly rows: readonly (readonly string[])[]
  })[],
  lastRow?: number,
): Promise<Buffer> {
  async function* each(): AsyncGenerator<StreamedSheet> {
    for (const { rows, ...sheet } of sheets)
      yield {
        ...sheet,
        async *batches() {
          await Promise.resolve()
          for (let at = 0; at < rows.length; at += 2) yield { rows: rows.slice(at, at + 2) }
        },
      }
    await Promise.resolve()
  }
  const pieces: Uint8Array[] = []
  for await (const piece of writeWorkbook(each(), lastRow)) pieces.push(piece)
  return Buffer.concat(pieces)
}

const HEADER = ['Client ID', 'First name', 'Date of birth']
const one = (rows: readonly (readonly string[])[], hasDates = false) => [
  { name: 'Clients', header: HEADER, rows, hasDates },
]

test('what is written is read again as it was', async () => {
  const texts = fc.oneof(
    // A tag is taken for a left-over of a web page as it is read.
    fc.stringMatching(/^[A-Za-z0-9 ,;"'|=+@<&_-]{0,12}$/),
    fc.constantFrom('000101', '=1+1', '_x000', 'a > b', 'Ffïon', '👶', '12345678901234567890'),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.stringMatching(/^0[0-9]{1,6}$/), texts, texts), {
        minLength: 2,
        maxLength: 9,
      }),
      async (rows) => {
        const bytes = await written(one(rows))
        const read = await readWhole(bytesSource(bytes), { headerRow: 1 })
        expect(read.header).toEqual(HEADER)
        expect(read.rows).toEqual(rows)
      },
    ),
    { numRuns: 60 },
  )
})

test('no cell is a formula, and each is formatted as text', async () => {
  const bytes = await written(one([['=1+1', '+44', '@SUM(A1)']]))
  const sheet = strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
  expect(sheet).not.toContain('<f')
  expect(sheet.match(/ s="3" t="inlineStr"/g)).toHaveLength(6)
})

test('what XML cannot hold is written as Office writes it', async () => {
  const bytes = await written(one([['_x000D_', 'a\rb', '\u0001\ud800']]))
  const sheet = strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
  for (const text of ['>_x005F_x000D_<', '>a_x000D_b<', '>_x0001__xD800_<'])
    expect(sheet).toContain(text)
})

test('a true date is one again, and reads as the same day; other texts stay texts', async () => {
  const rows = [
    ['1', 'A', '2021-03-31'],
    ['2', 'B', '31/03/2021'],
    ['3', 'C', '2021-02-31'],
    ['4', 'D', '1899-12-31'],
  ]
  const bytes = await written(one(rows, true))
  const sheet = strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
  expect(sheet.match(/<v>[0-9]+<[/]v>/g)).toEqual(['<v>44286</v>'])
  const read = await readWhole(bytesSource(bytes), { headerRow: 1 })
  expect(read.rows).toEqual(rows)
})

test('every sheet is written under its own headings, by a name that a sheet may have', async () => {
  const bytes = await written([
    { name: 'May', header: ['Ref', 'Name'], rows: [['1', 'Ann']], hasDates: false },
    { name: 'may', header: ['Name', 'Ref'], rows: [['Ben', '2']], hasDates: false },
    { name: 'a/b'.repeat(20), header: ['Ref', 'Name'], rows: [['3', 'Cy']], hasDates: false },
  ])
  const read = await readWhole(bytesSource(bytes), { sheet: 'may 2', headerRow: 1 })
  expect(read.header).toEqual(['Name', 'Ref'])
  expect(read.rows).toEqual([['Ben', '2']])
  expect(read.receipt.sheets?.map(({ name }) => name)).toEqual([
    'May',
    'may 2',
    'a b'.repeat(20).slice(0, 31),
  ])
})

test('a table longer than a sheet goes on in the next, under the same headings', async () => {
  const rows = Array.from({ length: 5 }, (_, at) => [String(at), 'A', 'B'])
  const bytes = await written(one(rows), 4)
  const second = await readWhole(bytesSource(bytes), { sheet: 'Clients 2', headerRow: 1 })
  expect(second.header).toEqual(HEADER)
  expect(second.rows).toEqual(rows.slice(3))
})
