import { expect, test } from 'vitest'
import { areDoubtfulWords } from '#core/mapping/words/doubtful-words.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { unlistedWords } from '#core/mapping/words/unlisted-words.ts'
import { suggestValues } from '#core/mapping/words/value-suggestion.ts'
import type { CodeListName } from '#core/standard/code-list.ts'

const DOUBTFUL: readonly [CodeListName, string][] = [
  ['gender', '0 1'],
  ['gender', '1 0 9'],
  ['gender', 'M F T'],
  ['gender', 'm f nb'],
  ['ethnicity', 'W B A M'],
  ['ethnicity', 'B A M'],
  ['ethnicity', 'A B C D E Q'],
  ['yes-no', '1 2'],
  ['yes-no', 'Y N X'],
  ['attended', '2 3'],
  ['attended', '1 2'],
  ['attended', '0 1 2 3 4'],
  ['attended', 'Y N L'],
  ['role', 'P C'],
  ['role', 'C'],
]
const CLEAR: readonly [CodeListName, string][] = [
  ['gender', 'M F'],
  ['gender', '1 2'],
  ['gender', '2'],
  ['gender', '0 1 2 9'],
  ['gender', 'm f x u'],
  ['gender', 'B G'],
  ['gender', 'M F - NA'],
  ['gender', 'Boy Girl'],
  ['ethnicity', 'A M N P'],
  ['ethnicity', 'A B C'],
  ['ethnicity', 'A'],
  ['ethnicity', 'WBRI BAFR'],
  ['yes-no', 'Y N'],
  ['yes-no', '0 1'],
  ['yes-no', 'Y N U'],
  ['yes-no', 'E K N'],
  ['attended', '5 3 7'],
  ['attended', '0 1'],
  ['attended', 'Y N'],
  ['attended', '✓ x'],
  ['role', 'child parent'],
  ['referral-source', 'GP HV SW'],
  ['language', 'en pt xx'],
]

test('tells codes that can mean two things from those of one list', () => {
  for (const [list, words] of DOUBTFUL)
    expect([list, words, areDoubtfulWords(list, words.split(' '))]).toEqual([list, words, true])
  for (const [list, words] of CLEAR)
    expect([list, words, areDoubtfulWords(list, words.split(' '))]).toEqual([list, words, false])
})

test('asks about B and G below the Welsh word for gender, where they are women and men', () => {
  const asked = (heading: string) => areDoubtfulWords('gender', ['B', 'G'], () => false, heading)
  expect(['Rhyw', 'Rhyw / Sex', 'Gender'].map(asked)).toEqual([true, true, false])
  expect(areDoubtfulWords('gender', ['B', 'M'])).toBe(true)
})

test('asks all words of such a column, and only its odd ones where words say what they mean', () => {
  const asked = (mapping: Mapping, words: readonly string[]) =>
    unlistedWords(
      ['Sex'],
      [{ words: words.map((word) => ({ word, rows: 3 })), more: 0 }],
      mapping,
    ).flatMap((field) => field.words.map(({ word }) => word))
  const mapping: Mapping = { columns: { gender: 'Sex' } }
  expect(asked(mapping, ['M', 'F', 'T'])).toEqual(['M', 'F', 'T'])
  expect(asked(mapping, ['0', '1'])).toEqual(['0', '1'])
  expect(asked(mapping, ['Male', 'Female', 'Lad'])).toEqual(['Lad'])
  const answered = { ...mapping, values: { gender: { 0: 'F', 1: 'M' } } }
  expect(asked(answered, ['0', '1'])).toEqual([])
})

test('suggests no meaning for any of them, but what was answered before', () => {
  expect(suggestValues('send_or_disability', ['1', '2'], 'SEND')).toBeUndefined()
  expect(suggestValues('send_or_disability', ['1', '0'], 'SEND')).toEqual({ 0: 'no', 1: 'yes' })
  const previous: Mapping = { columns: {}, values: { send_or_disability: { 1: 'yes', 2: 'no' } } }
  expect(suggestValues('send_or_disability', ['1', '2'], 'SEND', previous)).toEqual({
    1: 'yes',
    2: 'no',
  })
})
