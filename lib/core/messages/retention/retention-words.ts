import type { Period, RetentionKind } from '#core/retention/schedule.ts'
import { RETENTION } from '#core/retention/schedule.ts'

/** The words of how long things are kept, and of what stops that they go. */

/** Why something is held beyond its time. */
export const HOLD_REASONS = {
  'legal-claim': 'A legal claim was made or is expected',
  inquiry: 'A court or public inquiry asked that it be kept',
  regulator: 'A regulator looks into it',
} as const

/** Who removes it, and when. */
export const REMOVER_WORDS = {
  hourly: 'Workers, every hour',
  daily: 'Workers, every day',
  outside: 'Where the servers run, by its settings',
  nobody: 'Nobody, while there is a programme',
} as const

/** How long something is kept: `24 hours from when they arrive`. */
export function keptWords(kind: RetentionKind): string {
  const { keep, from } = RETENTION[kind]
  return keep === null ? 'As long as there is a programme' : `${periodWords(keep)} from ${from}`
}

function periodWords(period: Period): string {
  if ('hours' in period) return `${String(period.hours)} hours`
  return 'days' in period ? `${String(period.days)} days` : `${String(period.months)} months`
}
