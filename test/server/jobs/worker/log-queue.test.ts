import { EventEmitter } from 'node:events'
import type { PgBoss } from 'pg-boss'
import { expect, test } from 'vitest'
import { logQueue } from '#server/jobs/worker/log-queue.ts'
import type { Fault } from '#server/platform/faults/fault.ts'

/** Complaints as the queue emits them, and what is told of them. */
function complaining(): { readonly complain: (of: object) => void; readonly told: string[] } {
  const boss = new EventEmitter()
  const told: string[] = []
  logQueue(boss as unknown as PgBoss, {
    info: (event, detail) => told.push(`${event} ${String(detail?.['code'])}`),
    failure: (event, error) => told.push(`${event} ${(error as Fault).code}`),
  })
  return { complain: (of) => boss.emit('error', of), told }
}

/** The queue copies errors of those who ask for jobs. */
const copied = (message: string, code?: string): object => ({
  ...(code === undefined ? {} : { code }),
  ...{ message, stack: 'Error', queue: 'check', worker: 'w' },
})

test('a queue that waits for its database says so once, and that nothing failed', () => {
  const { complain, told } = complaining()
  complain(copied('timeout exceeded when trying to connect'))
  complain(copied('timeout exceeded when trying to connect'))
  complain(copied('connect ECONNREFUSED', 'ECONNREFUSED'))
  complain(copied('deadlock detected', '40P01'))
  complain(new Error('Connection terminated unexpectedly'))
  expect(told).toEqual([
    ...[
      'queue.waiting database-gone',
      'queue.waiting database-gone',
      'queue.waiting database-busy',
    ],
  ])
})

test('a queue that was refused something, or does not understand itself, has failed', () => {
  const { complain, told } = complaining()
  complain(copied('permission denied for table job', '42501'))
  complain(copied('x is not a function'))
  expect(told).toEqual(['queue.failed database-refused', 'queue.failed unexpected'])
})
