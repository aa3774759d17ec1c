import type { PgBoss } from 'pg-boss'
import { databaseFault, faultOf, passesByItself } from '#server/platform/db/database-fault.ts'
import { systemCode, type Fault } from '#server/platform/faults/fault.ts'
import type { EventLog } from '#server/platform/logging/event-log.ts'

/** A repeated complaint of the queue is told once in so many milliseconds. */
const COMPLAINTS_APART = 30_000

/**
 * Tells the queue's complaints by their code: their words and data may quote what was asked. A database that is away,
 * or slow to let somebody in while the rest starts, is waited for and is no failure.
 */
export function logQueue(boss: Pick<PgBoss, 'on'>, log: Pick<EventLog, 'info' | 'failure'>): void {
  const told = new Map<string, number>()
  const isNews = (code: string): boolean => {
    const now = Date.now()
    if (now - (told.get(code) ?? 0) < COMPLAINTS_APART) return false
    told.set(code, now)
    return true
  }
  boss.on('error', (complaint: unknown) => {
    const fault = complaintFault(complaint)
    if (!isNews(`${fault.code} ${systemCode(complaint)}`)) return
    if (passesByItself(fault)) log.info('queue.waiting', { code: fault.code })
    else log.failure('queue.failed', fault)
  })
  boss.on('warning', ({ data }) => {
    const type = 'type' in data && typeof data.type === 'string' ? data.type : 'other'
    if (isNews(type)) log.info('queue.warned', { type })
  })
}

/** What the queue complains of. It hands on copies of errors, of which nothing but properties is left. */
function complaintFault(complaint: unknown): Fault {
  if (complaint instanceof Error) return faultOf(complaint)
  const code = systemCode(complaint)
  const message =
    typeof complaint === 'object' && complaint !== null && 'message' in complaint
      ? String(complaint.message)
      : ''
  const error = Object.assign(new Error(message), { code })
  return SQL_STATE.test(code) ? databaseFault(error) : faultOf(error)
}

const SQL_STATE = /^[0-9A-Z]{5}$/
