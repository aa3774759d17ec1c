import Papa from 'papaparse'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Separator } from '#core/tabular/table.ts'
import { textSource } from '../byte-sources.ts'
import { readWhole } from '../reading.ts'

/**
 * A backslash is a character like any other, but in files that read as a table only where it takes
 * the meaning off the character after it.
 */

const SEPARATORS: readonly Separator[] = [',', ';', '\t', '|']
const HEADER = ['Client ID', 'Address', 'Postcode']

/** Pieces of an address, and of all that an escape could be taken for. */
const anyAddress = fc
  .array(fc.constantFrom('Flat 2', '\\', '"', ',', ';', '|', ' ', '\\\\', "'", '\\"', '\\,'), {
    maxLength: 5,
  })
  .map((parts) => parts.join(''))

const anyRows = fc.array(fc.tuple(anyAddress, anyAddress), { minLength: 1, maxLength: 6 }).map(
  // A row of empty cells is no row.
  (rows) => rows.map((row, index) => [`C${index + 1}`, ...row]),
)

describe('backslashes', () => {
  describe.each(SEPARATORS)('with %j between cells', (separator) => {
    it.each([
      ['a cell within', ['C1', 'Flat 2\\', 'SE1 1AA']],
      ['the last cell', ['C1', 'Flat 2', 'SE1 1AA\\']],
      ['the first cell', ['C1\\', 'Flat 2', 'SE1 1AA']],
      ['every cell', ['C1\\', 'Flat 2\\', '\\']],
      ['a cell before an empty one', ['C1', 'Flat 2\\', '']],
      ['a cell of two', ['C1', 'Flat 2\\\\', 'SE1 1AA']],
      ['a path', ['C1', 'S:\\new\\C1\\', 'SE1 1AA']],
    ])('keeps one that ends %s', async (_, row) => {
      for (const quotes of [true, false]) {
        for (const rows of [[row], [row, ['C2', 'Flat 3', 'SE1 1AB'], row]]) {
          const text = Papa.unparse([HEADER, ...rows], { delimiter: separator, quotes })
          const read = await readWhole(textSource(text))
          expect(read.receipt.separator).toBe(separator)
          expect(read.rows).toEqual(rows)
        }
      }
    })

    it('takes it for an escape where quotes and separators only so make a table', async () => {
      const escaped = [
        HEADER.join(separator),
        `C1${separator}"The \\"Old\\" Mill"${separator}SE1 1AA`,
        `C2${separator}Flat 2\\${separator} Mill Lane${separator}SE1 1AB`,
        `C3${separator}Flat 3\\\\${separator}SE1 1AC`,
      ].join('\n')
      expect((await readWhole(textSource(escaped))).rows).toEqual([
        ['C1', 'The "Old" Mill', 'SE1 1AA'],
        ['C2', `Flat 2${separator} Mill Lane`, 'SE1 1AB'],
        ['C3', 'Flat 3\\', 'SE1 1AC'],
      ])
    })
  })

  it('reads one column of little but what has a meaning', async () => {
    const rows = [['\\'], [', '], ['']]
    const text = Papa.unparse([['Heading a'], ...rows], { quotes: true, newline: '\n' })
    const read = await readWhole(textSource(text), { separator: ',', headerRow: 1 })
    expect(read.rows).toEqual(rows)
  })

  it('reads back any address between doubled quotes', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRows,
        fc.constantFrom(...SEPARATORS),
        fc.boolean(),
        async (rows, delimiter, quotes) => {
          const text = Papa.unparse([HEADER, ...rows], { delimiter, quotes, newline: '\n' })
          const read = await readWhole(textSource(text), { separator: delimiter, headerRow: 1 })
          expect(read.rows).toEqual(rows)
        },
      ),
      { numRuns: 300 },
    )
  })
})
