import { expect, test } from 'vitest'
import { POLICIES } from '#core/linkage/policy.ts'
import {
  doubtWords,
  evidenceWords,
  isDoubtCode,
  ruleWords,
} from '#core/messages/linkage/linkage-words.ts'
import { PSEUDONYM_COLUMNS, pseudonymName } from '#core/pseudonym/kinds.ts'

const policies = Object.values(POLICIES)

test('each rule of linkage has one wording, and no two have the same', () => {
  const names = [...new Set(policies.flatMap(({ rules }) => rules.map(({ name }) => name)))]
  const words = names.map(ruleWords)
  for (const [index, name] of names.entries()) expect(words[index]).not.toBe(name)
  expect(new Set(words).size).toBe(names.length)
})

test('each near match has words of its own', () => {
  const named = policies.flatMap(({ rules, nearMatches }) => [
    ...rules.flatMap(({ nearMatch }) => nearMatch ?? []),
    ...nearMatches.map(({ code }) => code),
  ])
  // A rule that asks may name what a near match does.
  const codes = [...new Set(named)]
  const titles = [...codes, 'no such code'].map((code) => doubtWords(code).title)
  expect(new Set(titles).size).toBe(codes.length + 1)
  for (const code of codes) expect(isDoubtCode(code)).toBe(true)
  expect(isDoubtCode('Gwendraeth Zebrowskian')).toBe(false)
})

test('each pseudonym that can agree has words, and they name no value', () => {
  const names = PSEUDONYM_COLUMNS.map(pseudonymName)
  const words = names.map(evidenceWords)
  expect(new Set(words).size).toBe(names.length)
  for (const each of words) expect(each).not.toContain('_')
})
