import { expect, test } from 'vitest'
import { nameParts, readsLikeIdentifier } from '#core/mapping/overview/identifier-like.ts'
import { unlistedWords } from '#core/mapping/words/unlisted-words.ts'

test.each([
  'ann@mail.example',
  'Mum 07700 900611',
  '(020) 7946-0123',
  'ref 482913',
  'born 03/02/2021',
  '12 Acre Lane, SW2 5SG',
  'x'.repeat(101),
])('[S73] %j reads like an identifier', (word) => {
  expect(readsLikeIdentifier(word)).toBe(true)
})

test.each(['Self', 'Health visitor', 'Sure Start 2', 'A12', 'Year 2024', 'SEN/D', 'White British'])(
  '%j does not',
  (word) => {
    const names = nameParts(['White', 'Health', 'Ann-Marie'])
    expect(readsLikeIdentifier(word, names)).toBe(false)
  },
)

test('[S73] a word with a name of the file’s own people is never offered to be given a meaning', () => {
  const header = ['Forename', 'Family', 'How heard']
  const counted = (
    ...words: string[]
  ): { words: { word: string; rows: number }[]; more: number } => ({
    words: words.map((word) => ({ word, rows: 1 })),
    more: 0,
  })
  const words = [
    counted('Gwendraeth', 'Amy'),
    counted('Zebrowskian', 'White'),
    counted(
      'Mum (Gwendraeth)',
      'mr ZEBROWSKIAN',
      'White House leaflet',
      '07700 900611',
      'Billboard',
    ),
  ]
  const columns = { first_name: 'Forename', last_name: 'Family', referral_source: 'How heard' }
  expect(unlistedWords(header, words, { columns })).toEqual([
    {
      ...{ field: 'referral_source', column: 'How heard', more: 0, withheld: 3 },
      words: [
        { word: 'White House leaflet', rows: 1 },
        { word: 'Billboard', rows: 1 },
      ],
    },
  ])
})
