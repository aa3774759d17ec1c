import { describe, expect, test } from 'vitest'
import type { FillingRule } from '#core/filling/rules.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { mappingInWords, wordsAlone } from '#core/remembered/mapping-in-words.ts'
import { hasHeader, recallMapping } from '#core/remembered/recall-mapping.ts'
import { rememberMapping } from '#core/remembered/remember-mapping.ts'
import { describeRemembered } from '#core/remembered/remembered-in-words.ts'
import { wordDigests } from '#core/remembered/word-digests.ts'

/** What is remembered of a file's headings and words, and what the next file makes of it. */

const digests = wordDigests(Uint8Array.from({ length: 32 }, (_, at) => at))
const others = wordDigests(Uint8Array.from({ length: 32 }, (_, at) => at + 1))

const HEADER = ['Ref no.', 'Child first name', 'How heard', 'Site', 'Where from', 'Notes']
const RULES: readonly FillingRule[] = [
  {
    ...{ kind: 'look-up', column: 'Home', from: 'Site' },
    words: [
      { word: 'Old Library', becomes: 'SW9 8AA' },
      { word: 'Annexe', becomes: 'SW2 1AA' },
    ],
  },
  { kind: 'default', column: 'Status', value: 'active' },
  { kind: 'join', column: 'Notes', from: ['Site', 'Ref no.'], separator: '-' },
]
const MAPPING: Mapping = {
  shape: 'person',
  sheet: 'Summer list',
  headerRow: 3,
  preparation: {
    sheets: ['Summer list', 'Autumn list'],
    fillDown: { blocks: ['Where from'] },
    register: { absent: ['a', 'did not come'] },
    childrenAcross: { children: [{ Notes: 'Child first name' }], reference: 'Ref no.' },
    filling: { version: 1, rules: RULES },
  },
  columns: { client_ref: 'Ref no.', referral_source: 'How heard', postcode: 'Home' },
  constants: { role: 'child' },
  values: { referral_source: { 'Zuleika’s flyer': 'self', 'Old leaflet': 'self', '': '' } },
  split: { 'Child first name': ['first_name', 'last_name'] },
  join: { date_of_birth: ['Day', 'Month', 'Year'] },
}

const remembered = rememberMapping({ mapping: MAPPING, header: HEADER }, digests)

describe('[S73] what is remembered of a file', () => {
  test('has no heading, sheet or word in it, and neither has another service the same digests', () => {
    const text = JSON.stringify(remembered)
    const words = [
      ...HEADER,
      'Summer',
      'Autumn',
      'did not',
      'Zuleika',
      'leaflet',
      'Library',
      'Annexe',
    ]
    for (const word of [...words, 'SW9', 'SW2', 'active', 'Home', 'Day'])
      expect(text.toLowerCase()).not.toContain(word.toLowerCase())
    expect(text).toContain('"self"')
    const elsewhere = JSON.stringify(rememberMapping({ mapping: MAPPING, header: HEADER }, others))
    const digestsIn = (json: string): string[] => json.match(/[0-9a-f]{48,}/g) ?? []
    expect(digestsIn(text).filter((digest) => digestsIn(elsewhere).includes(digest))).toEqual([])
  })

  test('is the same mapping again for a file with the same headings, sheets, marks and words', () => {
    const header = HEADER
    const recalled = recallMapping(
      remembered,
      { header, sheets: ['Cover', 'Summer list', 'Autumn list'], marks: ['a', 'did not come'] },
      digests,
    )
    const words = HEADER.map((heading) =>
      heading === 'Site'
        ? ['Old Library', 'ANNEXE']
        : heading === 'How heard'
          ? ['OLD LEAFLET']
          : [],
    )
    const { preparation, ...matched } = mappingInWords(recalled, { header, words }, digests)
    const { filling, ...shapes } = preparation ?? {}
    const { filling: before, ...shapesBefore } = MAPPING.preparation ?? {}
    expect(before).toBeDefined()
    expect(shapes).toEqual(shapesBefore)
    // The columns that rules add are called by what they give.
    expect(matched.columns).toEqual({
      ...{ client_ref: 'Ref no.', referral_source: 'How heard', postcode: 'Postcode' },
    })
    expect(filling?.rules).toEqual([
      {
        ...{ kind: 'look-up', column: 'Postcode', from: 'Site' },
        words: [
          { word: 'Old Library', becomes: 'SW9 8AA' },
          { word: 'ANNEXE', becomes: 'SW2 1AA' },
        ],
      },
      { kind: 'default', column: 'Added by rule 2', value: 'active' },
      { kind: 'join', column: 'Notes', from: ['Site', 'Ref no.'], separator: '-' },
    ])
    expect(matched.split).toEqual(MAPPING.split)
    expect(matched.sheet).toBe('Summer list')
    const { referral_source: values = {} } = matched.values ?? {}
    expect(values['OLD LEAFLET']).toBe('self')
    // The word that this file has not is kept for the next, and shown to nobody.
    expect(Object.keys(values)).toHaveLength(3)
    expect(wordsAlone(matched).values?.['referral_source']).toEqual({
      'OLD LEAFLET': 'self',
      '': '',
    })
    const again = rememberMapping({ mapping: matched, header }, digests).mapping.values
    expect(again).toEqual(remembered.mapping.values)
  })

  test('finds a heading that is written a little otherwise, and calls one that is gone by its place', () => {
    const header = ['REF NO', 'How heard?', 'Where']
    const { columns, preparation } = recallMapping(remembered, { header }, digests)
    expect(columns).toMatchObject({ client_ref: 'REF NO', referral_source: 'How heard?' })
    expect(preparation?.fillDown?.blocks).toEqual(['(column 5 of the last file)'])
    expect(hasHeader(remembered.header, HEADER, digests)).toBe(true)
    expect(hasHeader(remembered.header, ['REF NO', ...HEADER.slice(1)], digests)).toBe(false)
    // Of two that are alike none is meant, unless one is as it was.
    const twice = { header: ['Ref-no', 'REF NO'] }
    expect(recallMapping(remembered, twice, digests).columns['client_ref']).toBe(
      '(column 1 of the last file)',
    )
    const [first = ''] = HEADER
    expect(
      recallMapping(remembered, { header: ['REF NO', first] }, digests).columns['client_ref'],
    ).toBe(first)
  })

  test('has no word that reads like an identifier, and no rule that gives nothing else', () => {
    const rules: FillingRule[] = [
      { kind: 'default', column: 'A', value: 'ann@mail.example' },
      {
        ...{ kind: 'translate', column: 'B' },
        words: [{ word: '07700 900123', becomes: 'none' }],
      },
      { kind: 'split', column: 'C', from: 'D', separator: 'née', part: 1 },
    ]
    const { mapping } = rememberMapping(
      {
        header: [],
        mapping: {
          columns: {},
          preparation: { filling: { version: 1, rules } },
          values: { status: { 'Mum 07700 900123': 'open', 'SE11 6AA': 'open', ok: 'open' } },
        },
      },
      digests,
    )
    expect(mapping.preparation).toEqual({})
    expect(Object.keys(mapping.values?.['status'] ?? {})).toHaveLength(1)
  })

  test('is described by places and counts', () => {
    const { mapping, header } = describeRemembered(remembered)
    expect(header[0]).toBe('column 1')
    expect(mapping.columns).toMatchObject({ client_ref: 'column 1' })
    const rules = mapping.preparation?.filling?.rules ?? []
    expect(rules.map((rule) => [rule.column, 'from' in rule ? rule.from : ''])).toEqual([
      ['Postcode (not in the file)', 'column 4'],
      ['a column that is not in the file', ''],
      ['column 6', ['column 4', 'column 1 (Client reference)']],
    ])
    expect(mapping.preparation?.fillDown).toEqual({ blocks: ['column 5'] })
  })
})

describe('digests', () => {
  test('are told from any text of a file, and open what was sealed beside the word alone', () => {
    const digest = digests.word('Jane')
    expect(digests.isDigest(digest)).toBe(true)
    expect(others.isDigest(digest)).toBe(false)
    for (const text of [
      '\uE000wJane',
      `${digest}00`,
      digest.slice(0, -2),
      digest.replace(/.$/, 'g'),
    ])
      expect(digests.isDigest(text)).toBe(false)
    const sealed = digests.seal('Old Library', 'SW9 8AA')
    expect(sealed).not.toContain('SW9')
    expect(digests.open(' OLD library ', sealed)).toBe('SW9 8AA')
    expect(digests.open('Hall', sealed)).toBeUndefined()
    expect(others.open('Old Library', sealed)).toBeUndefined()
    expect(digests.open('Old Library', digest)).toBeUndefined()
    const long = 'x'.repeat(100)
    expect(digests.open('', digests.seal('', long))).toBe(long)
    expect(digests.expecting([digests.heading('Ref no.')]).has('refno')).toBe(true)
    expect(digests.expecting([digest]).has('jane')).toBe(false)
  })
})
