import fc from 'fast-check'
import { expect, test } from 'vitest'
import { suggestMapping } from '#core/mapping/suggestions/suggest.ts'
import { FINDINGS_HEADING } from '#core/tabular/findings-column.ts'
import { neutraliseCell, restoreCell } from '#core/tabular/writing/neutralise-cell.ts'

const cell = fc.string({
  unit: fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    '\t',
    '\n',
    '\r',
    '\0',
    '＝',
    '＋',
    '－',
    '＠',
    "'",
    '"',
    ' ',
    'a',
    '4',
    'é',
  ),
  maxLength: 12,
})

test('[S33] no line of a neutralised cell begins a formula', () => {
  fc.assert(
    fc.property(cell, (text) => {
      for (const line of neutraliseCell(text).split(/[\n\r]/)) {
        expect(line.replace(/^[\s"]+/, '')).not.toMatch(/^[=+\-@\t\0＝＋－＠]/)
      }
    }),
  )
})

test('[S33] a neutralised cell that comes back is what it was', () => {
  fc.assert(
    fc.property(cell, (text) => {
      const back = restoreCell(neutraliseCell(text))
      // What began with an apostrophe before a sign was read as such by every spreadsheet already.
      if (!/(^|[\n\r])'/.test(text)) expect(back).toBe(text)
    }),
  )
})

test('no field is ever suggested for the column of findings', () => {
  const { mapping, suggestions } = suggestMapping({
    header: ['Client ID', FINDINGS_HEADING],
    sampleRows: [['1', 'There is no date of birth']],
    quarter: '2024-Q1',
  })
  expect(Object.values(mapping.columns)).toEqual(['Client ID'])
  expect(suggestions.filter(({ column }) => column === FINDINGS_HEADING)).toEqual([])
})
