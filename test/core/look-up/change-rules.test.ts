import { describe, expect, test } from 'vitest'
import {
  compareRules,
  factsOfRules,
  readTypedRules,
  rulesOfFacts,
  type RulesOfSource,
  type TypedRules,
} from '#core/look-up/rules/change-rules.ts'
import { decideShown, NOTHING_HELD } from '#core/look-up/rules/decide-shown.ts'
import { DEFAULT_RULES, rulesInWords } from '#core/look-up/rules/source-rules.ts'

const TYPED: TypedRules = {
  ...{ shows: 'current', ageFrom: '16', ageTo: '', staleDays: '7', removalDays: '28' },
  ...{ coveredFrom: '2020-01-01', coveredTo: null },
}
const HOUSING: RulesOfSource = {
  ...{ rules: DEFAULT_RULES.housing, coverage: { from: '2020-01-01', to: null } },
}

function read(change: Partial<TypedRules>): RulesOfSource {
  const typed = readTypedRules({ ...TYPED, ...change })
  if (!typed.ok) throw new Error(JSON.stringify(typed.problems))
  return typed.read
}

test('reads what is typed, and writes it by name as it is asked for', () => {
  expect(read({})).toEqual(HOUSING)
  const other = read({ shows: 'historic', ageTo: '64', coveredTo: '2030-03-31', staleDays: '14' })
  expect(rulesOfFacts(factsOfRules(other))).toEqual(other)
  expect(compareRules(HOUSING, other)).toEqual(['shows', 'ageTo', 'coveredTo', 'staleDays'])
  expect(compareRules(other, other)).toEqual([])
})

test.each<[change: Partial<TypedRules>, fields: readonly string[]]>([
  [{ shows: '' }, ['shows']],
  [{ shows: 'none' }, ['shows']],
  [{ ageFrom: '-1' }, ['ageFrom']],
  [{ ageFrom: '16.5' }, ['ageFrom']],
  [{ ageFrom: '121' }, ['ageFrom']],
  [{ ageTo: 'all' }, ['ageTo']],
  [{ ageFrom: '20', ageTo: '19' }, ['ageTo']],
  [{ coveredFrom: null }, ['coveredFrom']],
  [{ coveredFrom: undefined }, ['coveredFrom']],
  [{ coveredTo: undefined }, ['coveredTo']],
  [{ coveredTo: '2019-12-31' }, ['coveredTo']],
  [{ staleDays: '0' }, ['staleDays']],
  [{ staleDays: '' }, ['staleDays']],
  [{ removalDays: '3651' }, ['removalDays']],
  [{ staleDays: '29' }, ['removalDays']],
  [{ shows: '', staleDays: '', coveredFrom: null }, ['shows', 'coveredFrom', 'staleDays']],
])('refuses %o at %o', (change, fields) => {
  const typed = readTypedRules({ ...TYPED, ...change })
  expect(typed.ok ? [] : typed.problems.map(({ field }) => field)).toEqual(fields)
})

test.each([
  { version: 1, ...factsOfRules(HOUSING) },
  { ...factsOfRules(HOUSING), coveredFrom: null },
  { ...factsOfRules(HOUSING), coveredTo: '2019-12-31' },
  { ...factsOfRules(HOUSING), ageTo: 15 },
  {},
])('facts that are no rules are none: %o', (facts) => {
  expect(rulesOfFacts(facts)).toBeUndefined()
})

describe('edited rules', () => {
  const TODAY = '2024-06-20'
  const whatIs = ({ rules, coverage }: RulesOfSource, birth: string, asOf = TODAY): string =>
    decideShown({ rules, coverage, asOf }, birth, NOTHING_HELD, TODAY).what

  test.each<[change: Partial<TypedRules>, birth: string, what: string]>([
    [{ ageFrom: '18', ageTo: '' }, '2006-06-20', 'none'],
    [{ ageFrom: '18', ageTo: '' }, '2006-06-21', 'not-for-age'],
    [{ ageFrom: '', ageTo: '17' }, '2006-06-21', 'none'],
    [{ ageFrom: '', ageTo: '17' }, '2006-06-20', 'not-for-age'],
    [{ ageFrom: '5', ageTo: '5' }, '2019-06-20', 'none'],
    [{ ageFrom: '5', ageTo: '5' }, '2018-06-21', 'none'],
    [{ ageFrom: '5', ageTo: '5' }, '2019-06-21', 'not-for-age'],
    [{ ageFrom: '5', ageTo: '5' }, '2018-06-20', 'not-for-age'],
    [{ ageFrom: '0', ageTo: '0' }, '2024-06-20', 'none'],
    [{ ageFrom: '0', ageTo: '0' }, '2023-06-20', 'not-for-age'],
    [{ ageFrom: '', ageTo: '' }, '', 'none'],
    [{ ageFrom: '0', ageTo: '120' }, '', 'age-not-known'],
  ])('include both ends of the ages: %o, born on %s, %s', (change, birth, what) => {
    expect(whatIs(read(change), birth)).toBe(what)
  })

  test.each<[change: Partial<TypedRules>, asOf: string, what: string]>([
    [{ coveredFrom: '2024-06-20' }, TODAY, 'none'],
    [{ coveredFrom: '2024-06-21' }, TODAY, 'no-data'],
    [{ coveredTo: '2024-06-20' }, TODAY, 'none'],
    [{ coveredTo: '2024-06-19' }, TODAY, 'no-data'],
    [{ staleDays: '1', removalDays: '1' }, '2024-06-19', 'none'],
    [{ staleDays: '1', removalDays: '1' }, '2024-06-18', 'no-data'],
  ])('decide by their days too: %o, data of %s, %s', (change, asOf, what) => {
    expect(whatIs(read({ ageFrom: '', ...change }), '', asOf)).toBe(what)
  })

  test.each<[change: Partial<TypedRules>, said: string]>([
    [{}, 'It is shown for people aged 16 and over.'],
    [{ ageFrom: '', ageTo: '17' }, 'It is shown for people aged 17 and under.'],
    [{ ageFrom: '5', ageTo: '5' }, 'It is shown for people aged 5.'],
    [{ ageFrom: '' }, 'It is shown for people of every age.'],
    [{ shows: 'historic' }, 'Current involvement is shown, and involvement that has ended.'],
    [{ coveredTo: '2030-03-31' }, 'It is shown from 1 January 2020 to 31 March 2030.'],
    [
      { staleDays: '1', removalDays: '1' },
      'Data that are more than a day old are marked as out of date.',
    ],
  ])('are told in words: %o', (change, said) => {
    const { rules, coverage } = read(change)
    expect(rulesInWords(rules, coverage)).toContain(said)
  })
})
