import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBlock, writeBlock } from '#core/grid/clipboard-block.ts'

test.each([
  [
    'a\tb\r\nc\td\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['a', [['a']]],
  ['', [['']]],
  [
    'a\t\n\tb',
    [
      ['a', ''],
      ['', 'b'],
    ],
  ],
  ['"two\nlines"\tx', [['two\nlines', 'x']]],
  ['"say ""hi"""\n', [['say "hi"']]],
  // A quote within a cell, or never closed, is a character.
  ['5" nail\t"open', [['5" nail', '"open']]],
  ['"a"b', [['"a"b']]],
])('reads %j as a spreadsheet wrote it', (text, rows) => {
  expect(readBlock(text)).toEqual(rows)
})

test('reads every block that it wrote', () => {
  const texts = fc.oneof(fc.string(), fc.constantFrom('', 'a\tb', '"', 'x\ny', 'x\r\ny', '""'))
  const blocks = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(texts, { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    )
  fc.assert(
    fc.property(blocks, (rows) => {
      // A last line without anything is the end of a block.
      expect(readBlock(`${writeBlock(rows)}\n`)).toEqual(rows)
    }),
  )
})
