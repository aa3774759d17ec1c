import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FEED_KINDS } from '#core/standard/feeds/feed-kinds.ts'
import { INVOLVEMENT_STATES } from '#core/standard/feeds/feed-codes.ts'
import { agesOn, dayNumberOf } from '#core/look-up/rules/ages.ts'
import {
  decideShown,
  NOTHING_HELD,
  type HeldOfPerson,
  type Involvement,
  type SourceState,
} from '#core/look-up/rules/decide-shown.ts'
import { DEFAULT_RULES, readRules, rulesInWords } from '#core/look-up/rules/source-rules.ts'

const TODAY = '2024-06-20'

const CURRENT: Involvement = {
  ...{ state: 'current', startDate: '2023-01-09', lastDate: '2024-06-01', endDate: '' },
  staff: { name: 'Sam Carter', role: 'teacher', phone: '', email: '', team: '' },
  details: {},
}
const ENDED: Involvement = { ...CURRENT, state: 'historic', endDate: '2024-02-01' }

function source(change: Partial<SourceState['rules']> = {}): SourceState {
  return {
    rules: { ...DEFAULT_RULES.housing, ageFrom: null, ...change },
    asOf: '2024-06-19',
    coverage: { from: '2020-01-01', to: null },
  }
}

const held = (...involvements: Involvement[]): HeldOfPerson => ({ involvements, births: [] })

function whatIs(
  state: SourceState,
  of = held(CURRENT),
  birth = '1990-01-01',
  today = TODAY,
): string {
  return decideShown(state, birth, of, today).what
}

describe('the ages of a source', () => {
  test.each<[kind: keyof typeof DEFAULT_RULES, birth: string, what: string]>([
    ['school', '2020-06-20', 'records'],
    ['school', '2020-06-21', 'not-for-age'],
    // 20 until the day before the 21st birthday.
    ['school', '2003-06-21', 'records'],
    ['school', '2003-06-20', 'not-for-age'],
    ['adult-social-care', '2009-06-20', 'records'],
    ['adult-social-care', '2009-06-21', 'not-for-age'],
    ['housing', '2008-06-20', 'records'],
    ['housing', '2008-06-21', 'not-for-age'],
    ['police', '2006-06-20', 'records'],
    ['police', '2006-06-21', 'not-for-age'],
    ['childrens-social-care', '2024-06-20', 'records'],
    ['mental-health', '1920-01-01', 'records'],
  ])('include both ends: %s, born on %s, %s', (kind, birth, what) => {
    expect(whatIs({ ...source(), rules: DEFAULT_RULES[kind] }, held(CURRENT), birth)).toBe(what)
  })

  test('are not guessed: a year or month that may lie on either side asks for the day', () => {
    const housing = { ...source(), rules: DEFAULT_RULES.housing }
    expect(whatIs(housing, held(CURRENT), '2008')).toBe('age-not-known')
    expect(whatIs(housing, held(CURRENT), '2008-06')).toBe('age-not-known')
    expect(whatIs(housing, held(CURRENT), '2008-05')).toBe('records')
    expect(whatIs(housing, held(CURRENT), '2007')).toBe('records')
    expect(whatIs(housing, held(CURRENT), '2009')).toBe('not-for-age')
    expect(whatIs(housing, held(CURRENT), '')).toBe('age-not-known')
    expect(whatIs(source(), held(CURRENT), '')).toBe('records')
  })

  test('keep out whose record says another age, as if there were no record', () => {
    const housing = { ...source(), rules: DEFAULT_RULES.housing }
    const child = { ...held(CURRENT), births: ['2012'] }
    expect(decideShown(housing, '1990-01-01', child, TODAY)).toEqual(
      decideShown(housing, '1990-01-01', NOTHING_HELD, TODAY),
    )
    expect(whatIs(housing, { ...held(CURRENT), births: ['2008'] })).toBe('records')
  })

  test('are those of a person born on 29 February from 1 March on', () => {
    expect(agesOn('2008-02-29', '2024-02-29')).toEqual({ least: 16, most: 16 })
    expect(agesOn('2008-02-29', '2023-02-28')).toEqual({ least: 14, most: 14 })
    expect(agesOn('2008-02-29', '2023-03-01')).toEqual({ least: 15, most: 15 })
  })
})

describe('involvement', () => {
  test('that has ended is shown only where its controller agreed', () => {
    expect(whatIs(source(), held(ENDED))).toBe('none')
    expect(whatIs(source({ shows: 'historic' }), held(ENDED))).toBe('records')
  })

  test('ends with its last day, whatever the file said later', () => {
    const planned = { ...CURRENT, endDate: '2024-06-20' }
    expect(whatIs(source(), held(planned))).toBe('records')
    expect(whatIs(source(), held(planned), '1990-01-01', '2024-06-21')).toBe('none')
  })

  test('is told current first, then the latest contact', () => {
    const old = { ...CURRENT, lastDate: '2024-01-01' }
    const undated = { ...CURRENT, lastDate: '', startDate: '' }
    const shown = decideShown(
      source({ shows: 'historic' }),
      '',
      held(undated, ENDED, old, CURRENT),
      TODAY,
    )
    expect(shown).toMatchObject({ involvements: [CURRENT, old, undated, ENDED] })
  })
})

describe('a source', () => {
  const on = (asOf: string | null) => ({ ...source(), asOf })
  test('is out of date after its days, and removed after more', () => {
    expect(decideShown(on('2024-06-13'), '', NOTHING_HELD, TODAY)).toMatchObject({ isStale: false })
    expect(decideShown(on('2024-06-12'), '', NOTHING_HELD, TODAY)).toMatchObject({ isStale: true })
    expect(whatIs(on('2024-05-23'))).toBe('records')
    expect(decideShown(on('2024-05-22'), '', held(CURRENT), TODAY)).toEqual({
      ...{ what: 'no-data', why: 'removed' },
    })
    expect(whatIs(on(null))).toBe('no-data')
  })

  test('covers its days, both included', () => {
    const covering = (from: string, to: string | null) => ({ ...source(), coverage: { from, to } })
    expect(whatIs(covering('2024-06-20', '2024-06-20'))).toBe('records')
    expect(whatIs(covering('2024-06-21', null))).toBe('no-data')
    expect(whatIs(covering('2020-01-01', '2024-06-19'))).toBe('no-data')
  })
})

const anyDay = fc
  .date({ min: new Date('1905-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const anyRules = fc
  .record({
    shows: fc.constantFrom('current' as const, 'historic' as const),
    ageFrom: fc.option(fc.nat(100)),
    ageTo: fc.option(fc.nat(100)),
    staleDays: fc.integer({ min: 1, max: 400 }),
    removalDays: fc.integer({ min: 1, max: 400 }),
  })
  .filter((rules) => readRules(rules) !== undefined)
const anyInvolvement = fc.record({
  state: fc.constantFrom(...INVOLVEMENT_STATES),
  ...{ startDate: fc.constant(''), lastDate: fc.constant('') },
  endDate: fc.oneof(fc.constant(''), anyDay),
  staff: fc.constant(CURRENT.staff),
  details: fc.constant({}),
})
const anySource = fc.record({
  rules: anyRules,
  asOf: fc.option(anyDay),
  coverage: fc.record({ from: anyDay, to: fc.option(anyDay) }),
})

test('never shows more for more rules: what is held changes nothing but records and none', () => {
  fc.assert(
    fc.property(anySource, anyDay, anyDay, fc.array(anyInvolvement), (of, birth, today, some) => {
      const empty = decideShown(of, birth, NOTHING_HELD, today)
      const full = decideShown(of, birth, held(...some), today)
      if (empty.what !== 'none') expect(full).toEqual(empty)
      else if (full.what === 'records') {
        expect(full.isStale).toBe(empty.isStale)
        expect(full.involvements.every(({ state }) => state !== 'none')).toBe(true)
        if (of.rules.shows === 'current')
          expect(full.involvements.every(({ state }) => state === 'current')).toBe(true)
      } else expect(full).toEqual(empty)
    }),
  )
})

test('is inside the ages exactly on the days from one birthday to the day before another', () => {
  fc.assert(
    fc.property(anyDay, anyDay, fc.nat(100), fc.nat(40), (birth, today, ageFrom, more) => {
      const rules = { ...DEFAULT_RULES.school, ageFrom, ageTo: ageFrom + more }
      const on = { ...source(), rules, asOf: today, coverage: { from: '1900-01-01', to: null } }
      const birthday = (age: number) =>
        `${String(Number(birth.slice(0, 4)) + age).padStart(4, '0')}${birth.slice(4)}`
      const isInside =
        today >= birth && today >= birthday(ageFrom) && today < birthday(ageFrom + more + 1)
      const { what } = decideShown(on, birth, NOTHING_HELD, today)
      expect(what === 'none').toBe(isInside)
    }),
  )
})

test('rules of every kind of source are rules, and say in words when it is shown', () => {
  for (const kind of FEED_KINDS) expect(readRules(DEFAULT_RULES[kind])).toEqual(DEFAULT_RULES[kind])
  expect(rulesInWords(DEFAULT_RULES.school, source().coverage)).toEqual([
    'Current involvement is shown, and no earlier one.',
    'It is shown for people aged 4 to 20.',
    'It is shown from 1 January 2020 on.',
    'Data that are more than 7 days old are marked as out of date.',
    'Data that are more than 28 days old are not shown, and are removed.',
  ])
  expect(readRules({ ...DEFAULT_RULES.school, ageFrom: 21 })).toBeUndefined()
  expect(readRules({ ...DEFAULT_RULES.school, removalDays: 6 })).toBeUndefined()
  expect(readRules({ ...DEFAULT_RULES.school, ageTo: -1 })).toBeUndefined()
  expect(dayNumberOf('2024-03-01') - dayNumberOf('2024-02-28')).toBe(2)
})
