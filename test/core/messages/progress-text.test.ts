import { expect, test } from 'vitest'
import { stateWords } from '#core/messages/submissions/state-words.ts'
import { progressText, type WorkTold } from '#core/messages/submissions/progress-text.ts'

const DONE: WorkTold = {
  ...{ kind: 'check', stage: 'done', attempts: 1, done: 3, code: null, isStalled: false },
}

test.each([
  ['a check of a file that was changed since', DONE, 'mapped', 'was changed since it was last'],
  ['a check whose findings are about to be shown', DONE, 'checked', 'Nearly done'],
  ['a file in the figures', { ...DONE, kind: 'process' as const }, 'linked', 'Done'],
  [
    'a check that was asked for',
    { ...DONE, stage: 'waiting' as const, attempts: 0 },
    'mapped',
    'Waiting',
  ],
])('tells of %s', (_, job, state, words) => {
  expect(progressText(job, { state, fileRows: 3, kind: 'people' })).toContain(words)
})

test('tells of a feed without counting anybody', () => {
  const linking = { ...DONE, kind: 'process' as const, stage: 'linking' as const }
  const told = (kind: string) =>
    progressText(linking, { state: 'pseudonymised', fileRows: 3, kind })
  expect(told('people')).toBe('Counting people once: 3 records.')
  expect(told('housing')).toBe('Finding rows of the same person: 3 records.')
  expect(stateWords('linked', { dataset: 'production', kind: 'housing' })).toBe('In use')
  expect(stateWords('linked', { dataset: 'production', kind: 'people' })).toBe('In the figures')
})
