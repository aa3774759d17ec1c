import type { Console } from './console.ts'
import { DONE } from './console.ts'
import type { Submitted } from './submit.ts'

/** Exit statuses of a run with --submit, for a scheduled task. */
const WAITING = 1
export const NOT_TAKEN = 2
export const NOT_REACHED = 3

/** The exit status of what became of a package. */
export function statusOf(submitted: Submitted): number {
  if (!submitted.ok) return NOT_TAKEN
  if (submitted.answer.stage === 'accepted') return DONE
  return submitted.answer.stage === 'waiting-for-a-person' ? WAITING : NOT_TAKEN
}

const STAGES = {
  checking: 'is being checked',
  'waiting-for-a-person': 'waits for a person',
  accepted: 'was accepted',
  refused: 'was refused',
  withdrawn: 'was withdrawn',
} as const

/** Tells what became of a package: counts and findings, never a value of a row. */
export function tellSubmitted(terminal: Console, submitted: Submitted): void {
  if (!submitted.ok) {
    const { title, detail, code, standing } = submitted.problem
    terminal.say(`countonce-hash: ${title} ${detail} (${code})`)
    if (standing !== undefined) terminal.say(`The other is ${standing}.`)
    return
  }
  const { reference, stage, counts, findings, next } = submitted.answer
  terminal.print(`${reference} ${STAGES[stage]}`)
  if (counts !== null) {
    const told = Object.entries(counts).map(([name, count]) => `${name} ${String(count)}`)
    terminal.print(told.join(', '))
  }
  for (const { severity, code, field, rows, words, firstRows } of findings) {
    const where = firstRows.length === 0 ? '' : ` (rows ${firstRows.join(', ')})`
    const about = field === '' ? code : `${code} ${field}`
    terminal.print(`${severity} ${about}: ${words} ${String(rows)} rows${where}`)
  }
  if (next !== null) terminal.say(`${next.words} ${next.link}`)
}
