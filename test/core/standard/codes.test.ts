import { expect, test } from 'vitest'
import { codeKey, headerWords } from '#core/standard/code-key.ts'
import { codeWords, wordKey } from '#core/standard/code-list.ts'
import { CODE_LISTS } from '#core/standard/codes.ts'
import { PEOPLE_FIELDS, PEOPLE_FIELD_NAMES, SLOT, peopleField } from '#core/standard/fields.ts'
import { FIELD_NAMES, fieldsOfKind, slotOfField } from '#core/standard/further-fields.ts'
import { HEADER_SYNONYMS } from '#core/standard/header-synonyms.ts'

for (const list of Object.values(CODE_LISTS)) {
  test(`reads every code and label of the ${list.name} list as that code`, () => {
    const words = codeWords(list)
    for (const { code, label } of list.codes) {
      expect(words.get(wordKey(code))).toBe(code)
      // "Ga" is a language and the code of another: the code wins.
      if (!list.codes.some((other) => codeKey(other.code) === codeKey(label))) {
        expect([label, words.get(wordKey(label))]).toEqual([label, code])
      }
    }
  })

  test(`gives each word of the ${list.name} list one meaning`, () => {
    const meanings = new Map<string, Set<string>>()
    for (const { code, synonyms } of list.codes) {
      for (const word of synonyms) {
        const key = wordKey(word)
        meanings.set(key, (meanings.get(key) ?? new Set()).add(code))
      }
    }
    for (const word of list.blanks) {
      const key = wordKey(word)
      meanings.set(key, (meanings.get(key) ?? new Set()).add('blank'))
    }
    const double = [...meanings].filter(([, codes]) => codes.size > 1).map(([word]) => word)
    expect(double).toEqual([])
  })
}

test('keeps to the codes that a hashed file may hold', () => {
  for (const { code } of CODE_LISTS.ethnicity.codes) expect(code).toMatch(/^[A-HJ-NPRSZ]$/)
  for (const { code } of CODE_LISTS.language.codes) expect(code).toMatch(/^[a-z]{2,3}$/)
  const languages = CODE_LISTS.language.codes.map(({ code }) => code)
  expect(new Set(languages).size).toBe(languages.length)
  expect(languages.length).toBeGreaterThan(180)
})

test('has every field of the dictionary once, in the order of its slots', () => {
  expect(PEOPLE_FIELDS.map(({ name }) => name)).toEqual([...PEOPLE_FIELD_NAMES])
  expect(PEOPLE_FIELD_NAMES.map((name) => SLOT[name])).toEqual(PEOPLE_FIELD_NAMES.map((_, i) => i))
  // Unknown words are marked in the bits of one number.
  expect(PEOPLE_FIELD_NAMES.length).toBeLessThanOrEqual(31)
  expect(FIELD_NAMES.map(slotOfField)).toEqual(FIELD_NAMES.map((_, slot) => slot))
  for (const kind of ['activities', 'outcomes'] as const) {
    const names = fieldsOfKind(kind).map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(FIELD_NAMES).toContain(name)
  }
})

test('gives every field of the person and contact rows its headers, and no certain header to two fields', () => {
  const fieldOf = new Map<string, string>()
  for (const { field, known } of HEADER_SYNONYMS) {
    for (const header of known) {
      const key = headerWords(header).join('')
      expect([header, fieldOf.get(key) ?? field]).toEqual([header, field])
      fieldOf.set(key, field)
    }
  }
  const missing = PEOPLE_FIELDS.filter(
    ({ name, for: subject }) =>
      subject !== 'carer' &&
      !name.startsWith('carer_') &&
      !HEADER_SYNONYMS.some(({ field }) => field === name),
  )
  expect(missing.map(({ name }) => name)).toEqual([])
})

test('knows no field by a name of JavaScript’s objects', () => {
  for (const name of ['__proto__', 'constructor', 'toString', ''])
    expect(peopleField(name)).toBeUndefined()
})

test('compares words by their letters and digits alone', () => {
  expect(codeKey('White – British')).toBe(codeKey('WHITE:BRITISH'))
  expect(codeKey('Bokmål')).toBe('bokmal')
  expect(codeKey('---')).toBe('')
  expect(headerWords('clientID_No. (Child’s)')).toEqual(['client', 'id', 'no', 'childs'])
})
