import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byChance } from '../../../bench/intruder/beyond-chance.ts'
import { candidatesOf } from '../../../bench/intruder/candidates.ts'
import type { Known } from '../../../bench/intruder/known.ts'
import { roomsFor, type ReleasedCount } from '../../../bench/intruder/room.ts'
import { DISCLOSURE_SETTINGS, nearestMultiple } from '#core/disclosure/settings.ts'
import {
  fewestAlike,
  makeExtract,
  makeTwin,
  rareFamilies,
  wordsOfColumn,
  type CohortPerson,
} from '#core/research/extract.ts'
import {
  countAlike,
  generalise,
  keyOf,
  lossOf,
  tell,
  type Ladder,
} from '#core/research/generalise.ts'
import { columnOf, ladderOf, VARIABLE_CODES, type VariableCode } from '#core/research/variables.ts'

/** Values are numbers, told in halves, quarters and so on, and at last as one. */
const halving = (steps: number): Ladder => ({
  steps,
  at: (value, step) => (step === steps - 1 ? 'all' : String(Number(value) >> step)),
})

const table = fc
  .record({
    columns: fc.array(fc.integer({ min: 2, max: 4 }), { minLength: 1, maxLength: 3 }),
    rows: fc.array(fc.array(fc.nat(7), { minLength: 3, maxLength: 3 }), { maxLength: 40 }),
    least: fc.integer({ min: 1, max: 6 }),
    mostLeftOut: fc.constantFrom(0, 0.1, 0.3),
  })
  .map(({ columns, rows, ...protection }) => ({
    ladders: columns.map(halving),
    rows: rows.map((row) => row.slice(0, columns.length).map(String)),
    protection,
  }))

/** Every choice of steps, those with fewer steps up in the first columns first. */
function everyChoice(ladders: readonly Ladder[]): number[][] {
  return ladders.reduce<number[][]>(
    (choices, { steps }) =>
      choices.flatMap((choice) => Array.from({ length: steps }, (_, step) => [...choice, step])),
    [[]],
  )
}

describe('of all ways to tell a table', () => {
  test('[S44] that with the least loss is found, as trying all of them finds it', () => {
    fc.assert(
      fc.property(table, ({ rows, ladders, protection: { least, mostLeftOut } }) => {
        const tried = everyChoice(ladders).flatMap((steps) => {
          const told = rows.map((row) => tell(row, ladders, steps))
          const counts = countAlike(told)
          const alone = told.filter((row) => (counts.get(keyOf(row)) ?? 0) < least).length
          const isAllowed = alone < rows.length && alone <= mostLeftOut * rows.length
          return isAllowed ? [lossOf(ladders, steps, alone / rows.length)] : []
        })
        const found = generalise(rows, ladders, { least, mostLeftOut })
        if (tried.length === 0) expect(found).toBeUndefined()
        else expect(found?.loss).toBeCloseTo(Math.min(...tried), 9)
      }),
      { numRuns: 150 },
    )
  })

  test('none is told more coarsely than needed: one step finer in any column costs more or is not allowed', () => {
    fc.assert(
      fc.property(table, ({ rows, ladders, protection }) => {
        const found = generalise(rows, ladders, protection)
        if (found === undefined) return
        for (const [column, step] of found.steps.entries()) {
          if (step === 0) continue
          const finer = found.steps.map((each, index) => (index === column ? step - 1 : each))
          const told = rows.map((row) => tell(row, ladders, finer))
          const counts = countAlike(told)
          const alone = told.filter((row) => (counts.get(keyOf(row)) ?? 0) < protection.least)
          const isAllowed = alone.length <= protection.mostLeftOut * rows.length
          const loss = lossOf(ladders, finer, alone.length / rows.length)
          expect(!isAllowed || loss >= found.loss - 1e-9).toBe(true)
        }
      }),
      { numRuns: 150 },
    )
  })
})

const asOther = (one: CohortPerson): CohortPerson => ({ ...one, person: `${one.person}-other` })

const VARIABLES: readonly VariableCode[] = ['birth', 'gender', 'ward', 'certainty']

const cohort = fc.array(
  fc.record({
    family: fc.option(fc.nat(12), { nil: undefined }),
    birth: fc.constantFrom('2019-01', '2019-02', '2020-07', '1988', ''),
    gender: fc.constantFrom('F', 'M'),
    ward: fc.constantFrom('north', 'south', 'outside', ''),
    certainty: fc.constantFrom('one-record', 'sure', 'likely', 'doubtful'),
  }),
  { maxLength: 120 },
)

function peopleOf(
  cells: readonly {
    readonly family: number | undefined
    readonly birth: string
    readonly gender: string
    readonly ward: string
    readonly certainty: string
  }[],
): CohortPerson[] {
  return cells.map(({ family, birth, gender, ward, certainty }, place) => ({
    person: `P${String(place)}`,
    family: family === undefined ? undefined : `F${String(family)}`,
    values: [birth, gender, ward, certainty],
  }))
}

describe('an extract', () => {
  test('[S44] shows every combination five times at least, and every make-up of a family that it names', () => {
    fc.assert(
      fc.property(cohort, (cells) => {
        const made = makeExtract(peopleOf(cells), VARIABLES)
        if (made === undefined) return
        expect(fewestAlike(made.rows)).toBeGreaterThanOrEqual(5)
        expect(made.fewest).toBe(fewestAlike(made.rows))
        expect(rareFamilies(made.rows, 5)).toBe(0)
        expect(made.rows.length + made.leftOut).toBe(cells.length)
        expect(made.leftOut).toBeLessThanOrEqual(cells.length / 10)
        expect(new Set(made.rows.map(([person]) => person)).size).toBe(made.rows.length)
      }),
      { numRuns: 100 },
    )
  })

  test('[S44] leaves who knows anything of somebody, and of a relative, with five rows or with none', () => {
    const masks = fc.tuple(fc.nat(15), fc.nat(15), fc.nat(119), fc.nat(119))
    fc.assert(
      fc.property(cohort, masks, (cells, [ofThem, ofRelative, them, relative]) => {
        const people = peopleOf(cells)
        const made = makeExtract(people, VARIABLES)
        if (made === undefined) return
        const known = (mask: number, person: CohortPerson | undefined): Known =>
          Object.fromEntries(
            VARIABLES.flatMap((code, place) =>
              person !== undefined && (mask & (1 << place)) !== 0
                ? [[code, person.values[place] ?? '']]
                : [],
            ),
          )
        const who = known(ofThem, people[them % people.length])
        const kin = known(ofRelative, people[relative % people.length])
        const released = ['F', 'M'].map((value): ReleasedCount => ({
          ...{ code: 'gender', value, kind: undefined },
          printed: nearestMultiple(cells.filter(({ gender }) => gender === value).length, 5),
        }))
        const others = people.map((person) => known(15, person))
        const rooms = roomsFor(released, DISCLOSURE_SETTINGS.programme, undefined, others)
        const counts = [{}, { relatives: [kin] }, { rooms }, { relatives: [kin], rooms }].map(
          (beside) => candidatesOf(made, who, beside).length,
        )
        for (const count of counts) expect(count === 0 || count >= 5).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  test('is not somebody’s where all whom releases count there are known to be others', () => {
    const steps = [0]
    const rows = ['north', 'north', 'south'].map((ward, place) => [`P${String(place)}`, '', ward])
    const extract = { ...{ variables: ['ward'] as const, steps }, rows }
    const counts = [
      { code: 'ward', value: 'north', kind: 'child', printed: 10 },
      { code: 'ward', value: 'south', kind: 'child', printed: '*' },
      { code: 'ward', value: 'south', kind: 'adult', printed: 0 },
    ] as const
    const settings = DISCLOSURE_SETTINGS.programme
    // 10 is 12 at most.
    const others = (count: number): Known[] =>
      Array.from({ length: count }, () => ({ kind: 'child', ward: 'north' }))
    const left = (kind: string, count: number): number => {
      const rooms = roomsFor(counts, settings, kind, others(count))
      return candidatesOf(extract, { kind }, { rooms }).length
    }
    expect([left('child', 11), left('child', 12), left('adult', 12)]).toEqual([3, 1, 2])
  })

  test('is guessed no better than by chance where as many guesses are right as chance makes', () => {
    expect(byChance([0.5, 0.5], 0)).toBeCloseTo(1)
    expect(byChance([0.5, 0.5], 1)).toBeCloseTo(0.75)
    expect(byChance([0.2, 0.1, 0.5], 3)).toBeCloseTo(0.01)
    expect(byChance([], 0)).toBe(1)
  })

  test('of fewer than five people, or that would tell nothing, is none', () => {
    const four = peopleOf(
      Array.from({ length: 4 }, () => ({
        ...{ family: 1, birth: '2019-01', gender: 'F', ward: 'north', certainty: 'sure' },
      })),
    )
    expect(makeExtract(four, VARIABLES)).toBeUndefined()
    const apart = Array.from({ length: 8 }, (_, place) => ({
      ...{ person: `P${String(place)}`, family: undefined, values: [place % 2 === 0 ? 'F' : 'M'] },
    }))
    expect(makeExtract(apart, ['gender'])).toBeUndefined()
  })

  test('names the family of five that are alike, and of no other; nobody is the only one without', () => {
    const of = (families: number, kind: string, name: string): CohortPerson[] =>
      Array.from({ length: families }, (_, place) => ({
        ...{
          person: `${name}${String(place).padStart(2, '0')}`,
          family: `${name}${String(place)}`,
        },
        values: [kind],
      }))
    const pairs = [...of(5, 'child', 'A'), ...of(5, 'adult', 'A').map(asOther)]
    const named = (people: readonly CohortPerson[]): number =>
      makeExtract(people, ['kind'])?.rows.filter(([, family]) => family !== '').length ?? -1
    expect(named(pairs)).toBe(10)
    // Four lone children would be the only ones without: so nobody's is named.
    expect(named([...pairs, ...of(4, 'child', 'B')])).toBe(0)
    expect(named([...pairs, ...of(5, 'child', 'B')])).toBe(15)
    const alone = of(5, 'child', 'B').map((person) => ({ ...person, family: undefined }))
    expect(named([...pairs, ...alone])).toBe(10)
  })

  test('has a twin of the same shape whose people and families are invented', () => {
    const people = peopleOf(
      Array.from({ length: 60 }, (_, place) => ({
        ...{ family: place % 7, birth: '2019-01', gender: place % 2 === 0 ? 'F' : 'M' },
        ...{ ward: 'north', certainty: 'sure' },
      })),
    )
    const made = makeExtract(people, VARIABLES)
    if (made === undefined) throw new Error('none was made')
    let turn = 0
    const twin = makeTwin(made, (below) => turn++ % below)
    expect(twin).toHaveLength(made.rows.length)
    const real = new Set(made.rows.flatMap(([person = '', family = '']) => [person, family]))
    expect(
      twin.some(
        ([person = '', family = '']) => real.has(person) || (family !== '' && real.has(family)),
      ),
    ).toBe(false)
    for (let column = 2; column < 6; column++) {
      const words = wordsOfColumn(made.rows, column)
      expect(wordsOfColumn(twin, column).every((word) => words.includes(word))).toBe(true)
    }
  })
})

describe('a variable', () => {
  const SAMPLES: Readonly<Record<VariableCode, readonly string[]>> = {
    ...{ kind: ['child', 'adult'], birth: ['2019-01', '2019-11', '2016-01', '1988', '', '1999'] },
    ...{ gender: ['F', 'M', 'X'], ethnicity: ['A', 'B', 'D', 'G', 'L', 'P', 'R', 'S', 'Z', ''] },
    ...{ language: ['eng', 'som', ''], send: ['yes', 'no', 'not known'] },
    ...{ ward: ['north', 'in', 'outside', ''], deprivation: ['1', '2', '3', '10', ''] },
    ...{ 'first-quarter': ['2024-Q1', '2024-Q4', '2025-Q1'], services: ['1', '2', '3', '4', '9'] },
    ...{
      quarters: ['1', '2', '4', '5', '12'],
      contacts: ['0', '1', '2', '4', '5', '19', '20', ''],
    },
    ...{ family: ['1', '2', '4', '5', '11'] },
    certainty: ['one-record', 'sure', 'likely', 'doubtful'],
  }

  test.each(VARIABLE_CODES)(
    'is told more coarsely at each step, and at last of all alike: %s',
    (code) => {
      const { steps, ...ladder } = ladderOf(code)
      const at = (value: string, step: number) => ladder.at(value, step)
      const samples = SAMPLES[code]
      for (let step = 1; step < steps; step++) {
        for (const a of samples) {
          for (const b of samples) {
            if (at(a, step - 1) === at(b, step - 1)) expect(at(a, step)).toBe(at(b, step))
          }
        }
      }
      expect(new Set(samples.map((value) => at(value, steps - 1))).size).toBe(1)
    },
  )

  test('stands in a column of its own, beside the pseudonyms', () => {
    const columns = ['person', 'family', ...VARIABLE_CODES.map(columnOf)]
    expect(new Set(columns).size).toBe(columns.length)
  })

  test('is told in words that stand in a codebook', () => {
    const told = (code: VariableCode, value: string) =>
      Array.from({ length: ladderOf(code).steps }, (_, step) => ladderOf(code).at(value, step))
    expect(told('birth', '2019-03')).toEqual([
      '2019-03',
      '2019',
      '2015 to 2019',
      '2000 to 2019',
      'not told',
    ])
    expect(told('ethnicity', 'H')).toEqual([
      'Asian or Asian British: Indian',
      'Asian or Asian British',
      'not told',
    ])
    expect(told('contacts', '7')).toEqual(['5 to 9', '5 or more', 'not told'])
    expect(told('services', '1')).toEqual(['1', '1', 'not told'])
    expect(told('deprivation', '4')).toEqual(['4', 'fifth 2', 'not told'])
  })
})
