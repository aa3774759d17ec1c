import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fillGaps } from '#core/filling/fill-gaps.ts'
import { fitRules } from '#core/filling/plan-rules.ts'
import { FILLING } from '#core/filling/rules-schema.ts'
import { DERIVATIONS, FILLING_LIMITS, type FillingRule } from '#core/filling/rules.ts'
import { fillingOf, filledBy, readAll, tableOf } from './tables.ts'

const HEADER = ['A', 'B', 'C']
const cell = fc.oneof(
  fc.constantFrom('', ' ', 'x', 'y, z', 'SW9 8AA', '__proto__', 'constructor', 'a@mail.test'),
  fc.string({ maxLength: 8 }),
)
const row = fc.array(cell, { minLength: 3, maxLength: 3 })
const rows = fc.array(row, { maxLength: 8 })
const column = fc.constantFrom('A', 'B', 'C', 'D', 'E')
const source = fc.constantFrom('A', 'B', 'C')
const words = fc.array(
  fc.record({ word: fc.constantFrom('x', 'y', 'constructor'), becomes: cell }),
  {
    minLength: 1,
    maxLength: 3,
  },
)
const value = cell.filter((text) => text.trim() !== '')

const onlyBlanks: fc.Arbitrary<FillingRule> = fc.oneof(
  fc.record({ kind: fc.constant('default' as const), column, value }),
  fc.record({ kind: fc.constant('look-up' as const), column, from: source, words }),
  fc.record({ kind: fc.constant('copy-above' as const), column: source }),
  fc.record({ kind: fc.constant('take-from' as const), column, from: source }),
  fc.record({
    ...{ kind: fc.constant('split' as const), column, from: source },
    ...{ separator: fc.constantFrom(',', ' '), part: fc.constantFrom(1, 2, 'last' as const) },
  }),
  fc.record({
    ...{ kind: fc.constant('join' as const), column, separator: fc.constantFrom('', '-') },
    from: fc.array(source, { minLength: 2, maxLength: 3 }),
  }),
  fc.record({
    ...{ kind: fc.constant('derive' as const), column, from: source },
    what: fc.constantFrom(...DERIVATIONS),
  }),
)
const anyRule: fc.Arbitrary<FillingRule> = fc.oneof(
  onlyBlanks,
  onlyBlanks.map((rule) =>
    rule.kind === 'copy-above' ? rule : { ...rule, when: 'always' as const },
  ),
  fc.record({ kind: fc.constant('translate' as const), column: source, words }),
)

test('without a rule the table is the same one', () => {
  const table = tableOf(HEADER, [['a', '', 'c']])
  expect(fillGaps(table, undefined)).toBe(table)
  expect(fillGaps(table, fillingOf([]))).toBe(table)
})

test('rules that fill blanks never change a filled cell', () =>
  fc.assert(
    fc.asyncProperty(fc.array(onlyBlanks, { maxLength: 6 }), rows, async (rules, given) => {
      const read = await filledBy(rules, HEADER, given)
      for (const [at, cells] of given.entries())
        for (const [column, text] of cells.entries())
          if (text.trim() !== '') expect(read.rows[at]?.[column]).toBe(text)
      expect(read.effects.every(({ changed }) => changed === 0)).toBe(true)
    }),
  ))

test('the order recorded is the order applied: a list is its rules one after the other', () =>
  fc.assert(
    fc.asyncProperty(fc.array(anyRule, { maxLength: 6 }), rows, async (rules, given) => {
      const together = await readAll(fillGaps(tableOf(HEADER, given), fillingOf(rules)))
      let table = tableOf(HEADER, given)
      for (const rule of rules) table = fillGaps(table, fillingOf([rule]))
      const oneByOne = await readAll(table)
      expect(together.header).toEqual(oneByOne.header)
      expect(together.rows).toEqual(oneByOne.rows)
    }),
  ))

test('rows keep their numbers, and every row has a cell for each heading', () =>
  fc.assert(
    fc.asyncProperty(fc.array(anyRule, { maxLength: 6 }), rows, async (rules, given) => {
      const read = await filledBy(rules, HEADER, given)
      expect(read.numbers).toEqual(given.map((_, at) => at + 1))
      expect(read.header.slice(0, HEADER.length)).toEqual(HEADER)
      for (const cells of read.rows) expect(cells.length).toBe(read.header.length)
    }),
  ))

test('counts say what happened: cells filled and changed are those that differ', () =>
  fc.assert(
    fc.asyncProperty(anyRule, rows, async (rule, given) => {
      const { header, rows: after, effects, numbers } = await filledBy([rule], HEADER, given)
      const at = header.indexOf(rule.column)
      const differing = numbers.filter(
        (row) => (given[row - 1]?.[at] ?? '') !== after[row - 1]?.[at],
      )
      const [{ filled, changed, rows: looked, without } = NONE] = effects
      expect(filled + changed).toBe(differing.length)
      expect(looked).toBe(given.filter((cells) => cells.some((text) => text.trim() !== '')).length)
      expect(filled + changed + without).toBeLessThanOrEqual(looked)
    }),
  ))
const NONE = { rows: 0, filled: 0, changed: 0, without: 0 }

test('rules that a file cannot have are told apart, and the others still fit', () => {
  const wanted = fillingOf([
    { kind: 'take-from', column: 'D', from: 'A' },
    { kind: 'take-from', column: 'E', from: 'D' },
    { kind: 'take-from', column: 'F', from: 'Missing' },
    { kind: 'take-from', column: 'G', from: 'F' },
  ])
  const { filling, missing } = fitRules(wanted, HEADER)
  expect(filling.rules.map((rule) => rule.column)).toEqual(['D', 'E'])
  expect(missing).toEqual(['Missing', 'F'])
})

test('a list of rules is bounded, and nothing else than rules', () => {
  const rule = { kind: 'default', column: 'A', value: 'x' }
  const isRead = (given: unknown): boolean => FILLING.safeParse(given).success
  const many = (count: number) => ({ version: 1, rules: Array.from({ length: count }, () => rule) })
  expect(isRead(many(FILLING_LIMITS.rules))).toBe(true)
  expect(isRead(many(FILLING_LIMITS.rules + 1))).toBe(false)
  for (const broken of [
    { version: 2, rules: [] },
    { version: 1, rules: [{ ...rule, kind: 'run' }] },
    { version: 1, rules: [{ ...rule, when: 'sometimes' }] },
    { version: 1, rules: [{ ...rule, value: ' ' }] },
    { version: 1, rules: [{ ...rule, value: 'x'.repeat(1001) }] },
    { version: 1, rules: [{ ...rule, column: '' }] },
    { version: 1, rules: [{ ...rule, column: 'constructor' }] },
    { version: 1, rules: [{ ...rule, further: 'x' }] },
    { version: 1, rules: [{ kind: 'copy-above', column: 'A', when: 'always' }] },
    { version: 1, rules: [{ kind: 'join', column: 'A', from: ['B'], separator: '' }] },
    {
      ...{ version: 1 },
      rules: [{ kind: 'split', column: 'A', from: 'B', separator: '', part: 1 }],
    },
    {
      ...{ version: 1 },
      rules: [{ kind: 'split', column: 'A', from: 'B', separator: ',', part: 0 }],
    },
  ])
    expect(isRead(broken)).toBe(false)
})
