import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseMappingFile } from '#core/mapping/mapping-file.ts'

const WHOLE = {
  shape: 'person',
  sheet: 'Data',
  headerRow: 3,
  encoding: 'windows-1252',
  separator: ';',
  preparation: {
    sheets: 'alike',
    fillDown: { asAbove: ['Postcode'], blocks: ['Surname'], reference: 'Family' },
    register: { absent: ['A'] },
    childrenAcross: { children: [{ 'Child name': 'Child 1 name' }], reference: 'Family' },
    filling: {
      version: 1,
      rules: [
        { kind: 'default', column: 'Status', value: 'active' },
        {
          ...{ kind: 'look-up', column: 'Postcode', when: 'always', from: 'Centre' },
          words: [{ word: 'Old Library', becomes: 'SW9 8AA' }],
        },
        { kind: 'translate', column: 'Status', words: [{ word: 'N/K', becomes: '' }] },
        { kind: 'copy-above', column: 'Surname' },
        { kind: 'take-from', column: 'Postcode', from: 'Other postcode' },
        { kind: 'split', column: 'First', from: 'Name', separator: ', ', part: 'last' },
        { kind: 'join', column: 'Ref', from: ['Site', 'No'], separator: '-' },
        { kind: 'derive', column: 'Postcode', from: 'Address', what: 'postcode-in-address' },
      ],
    },
    declined: ['register'],
  },
  columns: { client_ref: 'Client ID', date_of_birth: "Child's DOB" },
  constants: { role: 'child' },
  values: { gender: { Boy: 'M', Girl: 'F' } },
  split: { Name: ['first_name', 'last_name'] },
  join: { start_date: ['Day', 'Month', 'Year'] },
}

test('reads a mapping file with every key, and one with columns alone', () => {
  expect(parseMappingFile(JSON.stringify(WHOLE))).toEqual({ ok: true, mapping: WHOLE })
  expect(parseMappingFile('\uFEFF{"columns": {}}')).toEqual({ ok: true, mapping: { columns: {} } })
})

test('refuses what is no mapping, with a code and the key', () => {
  const codes = (text: string) => {
    const read = parseMappingFile(text)
    return read.ok ? 'ok' : `${read.code} ${read.at}`.trim()
  }
  expect(codes('{')).toBe('mapping-not-json')
  expect(codes('[]')).toBe('mapping-not-valid')
  expect(codes('null')).toBe('mapping-not-valid')
  expect(codes('{}')).toBe('mapping-not-valid columns')
  expect(codes('{"columns": {"client_ref": 1}}')).toBe('mapping-not-valid columns')
  expect(codes('{"columns": {}, "headerRow": 0}')).toBe('mapping-not-valid headerRow')
  expect(codes('{"columns": {}, "separator": "&"}')).toBe('mapping-not-valid separator')
  expect(codes('{"columns": {}, "colums": {}}')).toBe('mapping-not-valid')
  expect(codes(`{"columns": {"client_ref": "${'x'.repeat(1_000_000)}"}}`)).toBe('mapping-too-long')
})

test('[S27] refuses __proto__, constructor and prototype wherever they stand in a mapping', () => {
  for (const name of ['__proto__', 'constructor', 'prototype', ' __proto__ ']) {
    for (const text of [
      `{"columns": {"${name}": "A"}}`,
      `{"columns": {"client_ref": "${name}"}}`,
      `{"columns": {}, "values": {"gender": {"${name}": "M"}}}`,
      `{"columns": {}, "values": {"${name}": {"a": "M"}}}`,
      `{"columns": {}, "split": {"${name}": ["first_name", "last_name"]}}`,
      `{"columns": {}, "${name}": {"polluted": "yes"}}`,
      `{"columns": {}, "preparation": {"filling": {"version": 1, "rules": [{"kind": "copy-above", "column": "${name}"}]}}}`,
      `{"columns": {}, "preparation": {"filling": {"version": 1, "rules": [{"kind": "join", "column": "A", "separator": "", "from": ["B", "${name}"]}]}}}`,
      `{"columns": {}, "preparation": {"filling": {"version": 1, "rules": [{"kind": "translate", "column": "A", "words": [{"word": "a", "becomes": "b", "${name}": {}}]}]}}}`,
    ]) {
      expect(parseMappingFile(text)).toEqual({ ok: false, code: 'mapping-unsafe-name', at: '' })
    }
  }
  expect(Object.prototype).not.toHaveProperty('polluted')
})

test('[S73] refuses rules that give somebody’s identifier, and takes those that do not', () => {
  const withRule = (rule: object): string => {
    const filling = { version: 1, rules: [rule] }
    const read = parseMappingFile(JSON.stringify({ columns: {}, preparation: { filling } }))
    return read.ok ? '' : `${read.code} ${read.at}`
  }
  const words = (word: string, becomes: string): object => ({
    ...{ kind: 'look-up', column: 'A', from: 'B' },
    words: [{ word, becomes }],
  })
  for (const typed of ['a@mail.test', '07700 900611', '9990000018']) {
    for (const rule of [
      { kind: 'default', column: 'A', value: typed },
      { kind: 'copy-above', column: typed },
      words(typed, 'x'),
      words('x', typed),
    ])
      expect(withRule(rule)).toBe('mapping-not-valid preparation')
  }
  expect(withRule(words('Old Library', 'SW9 8AA'))).toBe('')
})

test('is total over any JSON, and never answers with a value of the file', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const read = parseMappingFile(text)
      if (!read.ok) expect(read.at).toMatch(/^[a-zA-Z]*$/)
    }),
  )
})
