import { DatabaseError } from 'pg'
import type { ServerCode } from '#core/messages/operating/refusals.ts'
import { Fault, systemCode } from '#server/platform/faults/fault.ts'

/** The states of SQL that say something other than "your change breaks a rule". */
const CODES: Readonly<Record<string, ServerCode>> = {
  '40001': 'database-busy',
  '40P01': 'database-busy',
  '55P03': 'database-busy',
  P2034: 'database-busy',
  '53100': 'disk-full',
  ENOSPC: 'disk-full',
}

/** What passes by itself: whoever asked asks again, and nothing is lost meanwhile. */
const PASSING: readonly string[] = ['database-gone', 'database-busy'] satisfies ServerCode[]

/** Whether a fault says that the database is away, busy or slow to let somebody in. */
export function passesByItself({ code }: Fault): boolean {
  return PASSING.includes(code)
}

/**
 * A fault made of an error of the database, without its words: message, detail, context and
 * parameters of a PostgreSQL error quote values of rows. The SQL state and the names of constraint,
 * table and column remain.
 */
export function databaseFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  const state = systemCode(error)
  const detail: Record<string, string> = {}
  if (state !== '') detail['state'] = state
  if (error instanceof DatabaseError) {
    for (const name of ['schema', 'table', 'column', 'constraint'] as const) {
      const value = error[name]
      if (value !== undefined) detail[name] = value
    }
  }
  return new Fault(
    CODES[state] ?? (saysGone(error, state) ? 'database-gone' : 'database-refused'),
    detail,
  )
}

/**
 * The fault of whatever failed: what is neither ours nor the database's is `unexpected`, with its
 * cause.
 */
export function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error
  return isDatabaseError(error) ? databaseFault(error) : new Fault('unexpected', {}, error)
}

/** Whether an error comes from the database or the way to it, and so may hold values of rows. */
export function isDatabaseError(error: unknown): boolean {
  return (
    error instanceof DatabaseError ||
    (error instanceof Error && error.name.startsWith('PrismaClient')) ||
    saysGone(error, systemCode(error))
  )
}

/**
 * 08: connection; P10 and P2024: the same in Prisma's words; 57P: shut down; 53300: no connection
 * left; what the socket and the driver say when it breaks.
 */
function saysGone(error: unknown, state: string): boolean {
  if (/^(08|57P|53300|P10|P2024|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)/.test(state))
    return true
  return (
    error instanceof Error &&
    /^(Connection terminated|timeout exceeded|Client (was closed|has encountered))/.test(
      error.message,
    )
  )
}
