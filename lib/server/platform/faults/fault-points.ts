import { Fault } from './fault.ts'

/**
 * Places in the way of a submission where a crash would hurt most, each with a stable number. Tests
 * set COUNTONCE_KILL_AT to a number and the process dies there as by kill -9: nothing is flushed,
 * no `finally` runs.
 */
export const FAULT_POINTS = {
  'after-file-key': 1,
  'during-file-write': 2,
  'after-file-write': 3,
  'after-submission-received': 4,
  'after-submission-mapped': 5,
  'after-submission-checked': 6,
  'after-submission-accepted': 7,
  'before-records': 10,
  'during-copy': 11,
  'after-copy': 12,
  'after-pseudonyms': 13,
  'before-records-audit': 14,
  'before-records-commit': 15,
  'after-records-commit': 16,
  'before-file-erased': 20,
  'after-file-key-erased': 21,
  'after-file-erased': 22,
  'before-linking': 30,
  'after-linking-lock': 31,
  'after-edges': 32,
  'during-links': 33,
  'after-links': 34,
  'after-figures': 35,
  'before-linking-audit': 36,
  'before-linking-commit': 37,
  'after-linking-commit': 38,
  'before-withdrawal-commit': 40,
  'after-withdrawal-commit': 41,
  'before-rotation-commit': 50,
  'after-rotation-commit': 51,
  'before-release-commit': 60,
  'before-rights-commit': 65,
  'after-rights-commit': 66,
  'before-extract-commit': 67,
  'before-look-up-commit': 68,
  'after-ask-taken': 70,
  'before-ask-answered': 71,
} as const

/** The name of a fault point. */
export type FaultPoint = keyof typeof FAULT_POINTS

let armed = 0
let passesLeft = 0

/**
 * Reads COUNTONCE_KILL_AT, `number` or `number:pass` (`11:3` dies when point 11 is reached the
 * third time); call it once the programme is known. Throws `kill-point-refused` when it is set for
 * a live programme or with NODE_ENV=production, `kill-point-unknown` when it names no point.
 */
export function armFaultPoints(
  env: Readonly<Record<string, string | undefined>>,
  programme: { readonly live: boolean },
): void {
  armed = 0
  const wanted = env['COUNTONCE_KILL_AT']
  if (wanted === undefined || wanted === '') return
  if (programme.live || env['NODE_ENV'] === 'production') throw new Fault('kill-point-refused')
  const [, point, pass] = /^([1-9][0-9]*)(?::([1-9][0-9]*))?$/.exec(wanted) ?? []
  const known: readonly number[] = Object.values(FAULT_POINTS)
  if (!known.includes(Number(point))) throw new Fault('kill-point-unknown')
  armed = Number(point)
  passesLeft = Number(pass ?? 1)
}

/** Dies here when this point is armed; does nothing otherwise. */
export function faultPoint(name: FaultPoint): void {
  if (armed === 0 || FAULT_POINTS[name] !== armed || --passesLeft > 0) return
  process.kill(process.pid, 'SIGKILL')
  // The signal is delivered at once, but not before this call returns on every platform: run
  // nothing more.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
