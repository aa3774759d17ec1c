import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import {
  readSignedRelease,
  readToldRelease,
  writeSignedRelease,
} from '#core/disclosure/signed-release.ts'

const KEY = 'k'.repeat(43)
const SIGNATURE = 's'.repeat(86)

describe('the file of a signed release', () => {
  test('holds the text as it was signed, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (rest) => {
        const signed = { text: `countonce-release-1\n${rest}`, key: KEY, signature: SIGNATURE }
        expect(readSignedRelease(writeSignedRelease(signed))).toEqual(signed)
      }),
    )
  })

  test.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a list', '[]'],
    ['another format', JSON.stringify({ format: 'countonce-signed-release-2' })],
    [
      'a text that is of no release',
      writeSignedRelease({ text: 'countonce-audit-anchor-1', key: KEY, signature: SIGNATURE }),
    ],
    [
      'a short signature',
      writeSignedRelease({ text: 'countonce-release-1', key: KEY, signature: 'short' }),
    ],
  ])('is not %s', (_, file) => {
    expect(readSignedRelease(file)).toBeUndefined()
  })
})

test('the text of a release tells its facts by name, and how many figures it holds', () => {
  const text = [
    'countonce-release-1',
    'reference\tREL-2024-Q2-1',
    'quarters\t2024-Q1\t2024-Q2',
    'service\tbaby-club\tlearning',
    'coverage\t2024-Q1\tbaby-club',
    'cell\t2024-Q1\tquarter\tall\t\teverywhere\t\t\t\tpeople\t15',
    'cell\t2024-Q2\tquarter\tall\t\teverywhere\t\t\t\tpeople\t*',
    '',
  ].join('\n')
  const told = readToldRelease(text)
  expect(told.cells).toBe(2)
  expect([...told.facts]).toEqual([
    ['reference', ['REL-2024-Q2-1']],
    ['quarters', ['2024-Q1', '2024-Q2']],
  ])
})
