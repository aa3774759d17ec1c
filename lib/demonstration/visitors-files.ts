import type { ServiceFile } from './service-files.ts'
import type { Written } from './written-client.ts'

/**
 * What a visitor of the demonstration is left with: mistakes to fix, one of each kind that stops a
 * row, and words to explain.
 */

/** What a service may say of where a family stands, in words that no list has. */
const WORDS_OF_THEIR_OWN = {
  waiting: 'In the queue',
  active: 'With us',
  completed: 'Finished well',
  left_early: 'Lost touch',
  declined: 'Not for them',
}

/**
 * The same file with a status in the service's own words, so that whoever uploads it is asked what
 * they mean.
 */
export function withUnknownWords(file: ServiceFile): ServiceFile {
  const { habit } = file
  return { ...file, habit: { ...habit, words: { ...habit.words, status: WORDS_OF_THEIR_OWN } } }
}

/**
 * The same file with three rows that must be fixed: no reference, a birth that is no day, and a
 * reference used for two children.
 */
export function withMistakes(file: ServiceFile): ServiceFile {
  const mistakes: ((row: Written, all: readonly Written[]) => Written)[] = [
    (row) => ({ ...row, client_ref: '' }),
    (row) => ({ ...row, date_of_birth: '2021-02-30' }),
    (row, all) => ({ ...row, client_ref: all[0]?.client_ref ?? '' }),
  ]
  const people = file.rows.filter((row) => row !== null)
  const step = Math.max(1, Math.floor(people.length / (mistakes.length + 1)))
  const changed = new Map(
    mistakes.flatMap((mistake, index) => {
      const row = people[(index + 1) * step]
      return row === undefined ? [] : [[row, mistake(row, people)] as const]
    }),
  )
  return {
    ...file,
    rows: file.rows.map((row) => (row === null ? null : (changed.get(row) ?? row))),
  }
}
