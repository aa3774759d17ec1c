import { quarterDays, type Quarter } from '#core/standard/quarter.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import { FileRefused, type Table } from '#core/tabular/table.ts'
import { freeHeading } from '#core/preparation/named-columns.ts'
import type { Preparation } from '#core/preparation/preparation.ts'
import { changedTable } from '#core/preparation/changed-table.ts'
import { findSessions, type SessionHeading } from './session-headings.ts'

/** What the columns are called that take the place of those of sessions. */
export const SESSIONS_ATTENDED = 'Sessions attended'
export const LAST_SESSION = 'Last session attended'

/**
 * Counts the marks of each person in the columns of sessions, which give way to the number of
 * sessions attended in the quarter and, where they are named by dates, the last of them. A session
 * without a date counts as one of the quarter.
 */
export function countSessions(
  table: Table,
  { register }: Preparation,
  quarter: Quarter | undefined,
): Table {
  if (register === undefined) return table
  const sessions = sessionsIn(table.header, register.named).map(({ column, session }) => ({
    column,
    isMonth: session.kind !== 'date',
    ...dayOf(session, quarter),
  }))
  if (sessions.length === 0)
    throw new FileRefused('preparation-column-missing', { heading: 'a session, such as 03/10' })
  if (sessions.every(({ isOutside }) => isOutside)) throw new FileRefused('register-other-quarter')
  const columns = new Set(sessions.map(({ column }) => column))
  const kept = table.header.flatMap((_, column) => (columns.has(column) ? [] : [column]))
  const headings = kept.map((column) => table.header[column] ?? '')
  const taken = new Set(headings)
  const hasDays = sessions.some(({ day }) => day !== '')
  const header = [
    ...headings,
    freeHeading(SESSIONS_ATTENDED, taken),
    ...(hasDays ? [freeHeading(LAST_SESSION, taken)] : []),
  ]
  const absent = new Set(register.absent.map(markKey))
  let contacts = 0
  let outsideQuarter = 0
  return changedTable(
    table,
    header,
    () => {
      contacts = 0
      outsideQuarter = 0
      return (rows) =>
        rows.map((row) => {
          if (isNoRow(row)) return row
          let attended = 0
          let last = ''
          for (const { column, isMonth, isOutside, isAfter, day } of sessions) {
            const times = timesOf(row[column] ?? '', absent, isMonth)
            if (times === 0 || isAfter) {
              if (times > 0) outsideQuarter += times
              continue
            }
            if (day > last) last = day
            if (isOutside) outsideQuarter += times
            else attended += times
          }
          contacts += attended
          const cells = kept.map((column) => row[column] ?? '')
          if (cells.every((cell) => cell.trim() === '') && attended === 0)
            return header.map(() => '')
          return [...cells, String(attended), ...(hasDays ? [last] : [])]
        })
    },
    {
      columnsOf: (column) => {
        const from = kept[column]
        return from === undefined ? [...columns] : [from]
      },
      prepared: () => ({
        sessions: { columns: sessions.length, contacts, outsideQuarter },
      }),
    },
  )
}

/** The columns of sessions: those whose headings say so, and those that are named. */
export function sessionsIn(
  header: readonly string[],
  named: readonly string[] = [],
): { readonly column: number; readonly session: SessionHeading }[] {
  const found = findSessions(header)
  const others = header.flatMap((heading, column) =>
    named.includes(heading) && !found.some((session) => session.column === column)
      ? [{ column, session: { kind: 'number' } as const }]
      : [],
  )
  return [...found, ...others]
}

/** How marks are compared: in lower case, without spaces at their ends. */
export function markKey(mark: string): string {
  return mark.trim().toLowerCase()
}

/** How many sessions a mark stands for; in a column of a month or week, a number is one. */
export function timesOf(cell: string, absent: ReadonlySet<string>, isMonth: boolean): number {
  const mark = markKey(cell)
  if (mark === '' || absent.has(mark)) return 0
  if (!/^[0-9]{1,3}(?:[.]0+)?$/.test(mark)) return 1
  const number = Number(mark)
  return number === 0 || isMonth ? number : 1
}

interface SessionDay {
  /** `yyyy-mm-dd`, or empty where the heading has no date or there is no quarter to place it in. */
  readonly day: string
  readonly isOutside: boolean
  readonly isAfter: boolean
}

function dayOf(session: SessionHeading, quarter: Quarter | undefined): SessionDay {
  const inside = { day: '', isOutside: false, isAfter: false }
  if (session.kind === 'number' || quarter === undefined) return inside
  const { first, last } = quarterDays(quarter)
  if (session.kind === 'month') {
    const months = [0, 1, 2].map((step) => Number(first.slice(5, 7)) + step)
    const isOutside = !months.some((month) => (month - 1) % 12 === session.month - 1)
    return { ...inside, isOutside, isAfter: isOutside }
  }
  const day = nearest(session, first)
  return { day, isOutside: day < first || day > last, isAfter: day > last }
}

/** A date without a year is the one nearest to the quarter. */
function nearest(
  { year, month, day }: Extract<SessionHeading, { kind: 'date' }>,
  first: string,
): string {
  const at = Number(first.slice(0, 4))
  const years = year === undefined ? [at - 1, at, at + 1] : [year]
  const middle = Date.parse(first) + 45 * 86_400_000
  const days = years.map((candidate) => new Date(Date.UTC(candidate, month - 1, day)))
  const [best] = days.sort(
    (left, right) => Math.abs(left.getTime() - middle) - Math.abs(right.getTime() - middle),
  )
  return (best ?? new Date(0)).toISOString().slice(0, 10)
}
