import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeRules } from '#core/filling/change-rules.ts'
import { readRuleForm, type RuleFields } from '#core/filling/rule-form.ts'
import { FILLING_RULE } from '#core/filling/rules-schema.ts'
import type { FillingRule, RuleKind } from '#core/filling/rules.ts'
import { RULE_KINDS, ruleWords } from '#core/messages/preparation/rule-words.ts'
import { fillingOf } from './tables.ts'

const BLANK: RuleFields = {
  ...{ kind: 'default', column: '', added: '', when: 'blank', from: '', from2: '', from3: '' },
  ...{ separator: '', part: '', value: '', words: '', what: '' },
}

/** The rule of a form, or the fields that something is wrong with. */
function formed(fields: Partial<RuleFields>): FillingRule | readonly string[] {
  const read = readRuleForm({ ...BLANK, ...fields })
  return read.ok ? read.rule : read.problems.map(({ field }) => field)
}

test('a form amounts to a rule of its kind', () => {
  expect(formed({ kind: 'default', column: 'Status', value: ' active ', when: 'always' })).toEqual({
    ...{ kind: 'default', column: 'Status', when: 'always', value: 'active' },
  })
  expect(
    formed({
      ...{ kind: 'look-up', added: ' Postcode ', from: 'Centre' },
      words: 'Library = SW9 8AA\r\n\r\n Hall=SW9 8AB',
    }),
  ).toEqual({
    ...{ kind: 'look-up', column: 'Postcode', from: 'Centre' },
    words: [
      { word: 'Library', becomes: 'SW9 8AA' },
      { word: 'Hall', becomes: 'SW9 8AB' },
    ],
  })
  expect(formed({ kind: 'translate', column: 'Status', words: 'N/K =' })).toEqual({
    ...{ kind: 'translate', column: 'Status', words: [{ word: 'N/K', becomes: '' }] },
  })
  expect(formed({ kind: 'split', column: 'A', from: 'B', separator: 'comma', part: '2' })).toEqual({
    kind: 'split',
    column: 'A',
    from: 'B',
    separator: ',',
    part: 2,
  })
  expect(
    formed({ kind: 'join', column: 'A', from: 'B', from2: 'C', separator: 'nothing' }),
  ).toEqual({ kind: 'join', column: 'A', from: ['B', 'C'], separator: '' })
})

test('a form that leaves something out says what, at its field', () => {
  expect(formed({ kind: 'default' })).toEqual(['added', 'value'])
  expect(formed({ kind: 'default', column: 'A', added: 'B', value: 'x' })).toEqual(['added'])
  expect(formed({ kind: 'copy-above' })).toEqual(['column'])
  expect(formed({ kind: 'look-up', column: 'A', from: 'B', words: 'Library' })).toEqual(['words'])
  expect(formed({ kind: 'look-up', column: 'A', from: 'B', words: 'Library =' })).toEqual(['words'])
  expect(formed({ kind: 'join', column: 'A', from: 'B' })).toEqual(['from2', 'separator'])
  expect(
    formed({ kind: 'split', column: 'A', from: 'B', separator: 'constructor', part: '0' }),
  ).toEqual(['separator', 'part'])
  expect(formed({ kind: 'derive', column: 'A', from: 'B' })).toEqual(['what'])
  expect(formed({ kind: 'default', added: '__proto__', value: 'x' })).toEqual(['added'])
})

test('[S73] somebody’s email address, telephone or NHS number is not taken, wherever it is typed', () => {
  for (const typed of ['a@mail.test', '07700 900611', '999 000 0018', 'Mum, 020 7946 0123']) {
    expect(formed({ kind: 'default', column: 'A', value: typed })).toEqual(['value'])
    expect(formed({ kind: 'default', added: typed, value: 'x' })).toEqual(['added'])
    expect(formed({ kind: 'translate', column: 'A', words: `${typed} = x` })).toEqual(['words'])
    expect(formed({ kind: 'look-up', column: 'A', from: 'B', words: `x = ${typed}` })).toEqual([
      'words',
    ])
  }
  expect(formed({ kind: 'default', column: 'A', value: '01/04/2024' })).toMatchObject({
    value: '01/04/2024',
  })
})

test('whatever is typed, a form gives a rule that is one, or a problem', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<RuleKind>(...RULE_KINDS),
      fc.record(
        Object.fromEntries(
          Object.keys(BLANK).map((name) => [
            name,
            fc.oneof(fc.string(), fc.constantFrom('A', '=')),
          ]),
        ),
      ),
      (kind, typed) => {
        const read = readRuleForm({ ...BLANK, ...typed, kind })
        if (read.ok) expect(FILLING_RULE.safeParse(read.rule).success).toBe(true)
        else expect(read.problems.length).toBeGreaterThan(0)
      },
    ),
  )
})

test('a list is changed at a place that it has', () => {
  const [a, b, c] = ['A', 'B', 'C'].map((column) => ({ kind: 'copy-above', column }) as const)
  if (a === undefined || b === undefined || c === undefined) throw new Error('no rules')
  const list = fillingOf([a, b, c])
  expect(changeRules(undefined, { to: 'add', rule: a }).rules).toEqual([a])
  expect(changeRules(list, { to: 'move-up', place: 2 }).rules).toEqual([a, c, b])
  expect(changeRules(list, { to: 'move-down', place: 0 }).rules).toEqual([b, a, c])
  expect(changeRules(list, { to: 'remove', place: 1 }).rules).toEqual([a, c])
  for (const place of [0, 7, -1])
    expect(changeRules(list, { to: 'move-up', place }).rules).toEqual([a, b, c])
  expect(changeRules(list, { to: 'move-down', place: 2 }).rules).toEqual([a, b, c])
})

test('every rule is told in words', () => {
  const words = [{ word: 'Library', becomes: 'SW9 8AA' }]
  expect(ruleWords({ kind: 'look-up', column: 'Postcode', from: 'Centre', words })).toEqual({
    sentence:
      'Look up what “Centre” says, and put what it stands for in “Postcode” where it is blank.',
    lines: ['“Library” stands for “SW9 8AA”'],
  })
  expect(
    ruleWords({ kind: 'translate', column: 'Status', words: [{ word: 'N/K', becomes: '' }] }).lines,
  ).toEqual(['“N/K” becomes nothing'])
  expect(
    ruleWords({ kind: 'default', column: 'Status', value: 'active', when: 'always' }).sentence,
  ).toBe('Put “active” in “Status”, in every row.')
})
