import { counted } from '#core/messages/reading/reading-words.ts'
import type { Preparation } from '#core/preparation/preparation.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import type { Table } from '#core/tabular/table.ts'
import { findNamedSessions } from './named-sessions.ts'
import type { Proposal, ProposedOption } from './proposals.ts'
import { markKey, sessionsIn, timesOf } from '#core/preparation/shapes/register.ts'
import { dayOfHeading, findSessions } from '#core/preparation/shapes/session-headings.ts'

/** Marks that mean that somebody was there, and those that mean that nobody was. */
const PRESENT = new Set(
  '✓ ✔ ☑ √ / \\ 1 y yes p pres present attended att t true here l late'.split(' '),
)
const ABSENT = new Set([
  ...'n no 0 - – — abs absent dna ap apol apols apologies cancelled canc closed sick ill none nil false ☐ ✗ ✘ n/a na'.split(
    ' ',
  ),
  'did not attend',
  'not attended',
  'no show',
])
const MOST_MARKS = 16
const LONGEST_MARK = 20
const TOTAL =
  /^(total|totals|sum|count|attended|sessions|total sessions|total attended|no of sessions)$/i
const ROWS_SHOWN = 3

/**
 * Proposes that a file is a register: a column for each session, with short marks. What a mark such
 * as “x” means is told by a column of totals where there is one, and asked in any case.
 */
export async function proposeRegister(
  table: Table,
  sample: readonly (readonly string[])[],
): Promise<Proposal | undefined> {
  const dated = findSessions(table.header)
  const { named, others } =
    dated.length === 0 ? findNamedSessions(table.header, sample) : { named: [], others: [] }
  const found = sessionsIn(table.header, named)
  if (found.length === 0) return undefined
  const sessions = found.map(({ column, session }) => ({
    column,
    isMonth: session.kind !== 'date',
  }))
  const marks = await countMarks(
    table,
    sessions.map(({ column }) => column),
  )
  if (marks === undefined) return undefined
  const options = interpretations(marks).map((absent) => ({
    absent,
    fit: fitOf(table.header, sample, sessions, absent),
  }))
  const registerOf = (absent: readonly string[]): Preparation => ({
    register: { absent, ...(named.length === 0 ? {} : { named }) },
  })
  options.sort((left, right) => (right.fit?.right ?? 0) - (left.fit?.right ?? 0))
  const [best] = options
  if (best === undefined) return undefined
  const { fit } = best
  return {
    shape: 'register',
    preparation: registerOf(best.absent),
    options: options.map(({ absent }): ProposedOption => ({
      preparation: registerOf(absent),
      words: meaning(marks, absent),
    })),
    evidence: [
      `${counted(sessions.length, 'column is', 'columns are')} of a session each: ${found
        .slice(0, 3)
        .map(({ column }) => table.header[column] ?? '')
        .join(', ')}${found.length > 3 ? ' and so on' : ''}.`,
      ...sayNamed(named, others),
      ...sayTwice(found.map(({ column }) => table.header[column] ?? '')),
      `They hold ${[...marks].map(([mark, times]) => `“${mark}” ${times.toLocaleString('en-GB')} times`).join(', ')}.`,
      ...(fit === undefined || fit.right === 0
        ? []
        : [
            `Counted as proposed, the column “${fit.heading}” agrees in ${fit.right} of ${counted(fit.rows, 'row', 'rows')}.`,
          ]),
    ],
    shown: { rows: sample.slice(0, ROWS_SHOWN) },
  }
}

/** What is to be looked at where the headings do not say that they are sessions. */
function sayNamed(named: readonly string[], others: readonly string[]): string[] {
  if (named.length === 0) return []
  return [
    'Their headings are no dates. Check that each is a session, and not something else about a person.',
    ...(named.length > 3 ? [`All of them: ${named.join(', ')}.`] : []),
    ...(others.length === 0
      ? []
      : [`These hold marks as well, and are not counted: ${others.join(', ')}.`]),
  ]
}

/** Days that have two columns or more: a morning and an afternoon. */
function sayTwice(headings: readonly string[]): string[] {
  const twice = [...new Set(headings.map(dayOfHeading))].filter(
    (day) => headings.filter((heading) => dayOfHeading(heading) === day).length > 1,
  )
  return twice.length === 0
    ? []
    : [`More than one column has the heading ${twice.join(', ')}: each counts as a session.`]
}

/** The marks of all rows with how often each stands; undefined where the cells are no marks. */
async function countMarks(
  table: Table,
  columns: readonly number[],
): Promise<ReadonlyMap<string, number> | undefined> {
  const marks = new Map<string, number>()
  for await (const { rows } of table.batches()) {
    for (const row of rows) {
      if (isNoRow(row) || isTotal(row)) continue
      for (const column of columns) {
        const mark = markKey(row[column] ?? '')
        if (mark === '') continue
        const key = /^[0-9]{1,3}$/.test(mark) && mark !== '0' ? '1' : mark
        if (key.length > LONGEST_MARK) return undefined
        marks.set(key, (marks.get(key) ?? 0) + 1)
        if (marks.size > MOST_MARKS) return undefined
      }
    }
  }
  if (marks.size === 0) return undefined
  return new Map([...marks].sort(([a, many], [b, others]) => others - many || (a < b ? -1 : 1)))
}

/** Whether a row adds up the sessions: what it holds are no marks. */
function isTotal(row: readonly string[]): boolean {
  const first = row.find((cell) => cell.trim() !== '') ?? ''
  return /^(total|totals|sum|count|number attending|attendance)\b/i.test(first.trim())
}

/** What the marks may mean, the likeliest first: for each, those that mean absent. */
function interpretations(marks: ReadonlyMap<string, number>): string[][] {
  const all = [...marks.keys()]
  const absent = all.filter((mark) => ABSENT.has(mark))
  const unsure = all.filter((mark) => !ABSENT.has(mark) && !PRESENT.has(mark))
  const hasPresent = all.some((mark) => PRESENT.has(mark))
  // The only mark there is means that somebody was there.
  if (!hasPresent && unsure.length <= 1)
    return unsure.length === 0 && absent.length > 0 ? [absent] : [absent, [...absent, ...unsure]]
  const likely = unsure.filter((mark) => mark === 'a' || mark === 'o')
  const choices = [likely, [], unsure, ...unsure.map((mark) => [mark])].map((marked) =>
    [...absent, ...marked].sort(),
  )
  return [...new Map(choices.map((choice) => [choice.join('\n'), choice])).values()]
}

function meaning(marks: ReadonlyMap<string, number>, absent: readonly string[]): string {
  const quoted = (wanted: readonly string[]): string => wanted.map((mark) => `“${mark}”`).join(', ')
  const present = [...marks.keys()].filter((mark) => !absent.includes(mark))
  if (absent.length === 0) return `Every mark means attended: ${quoted(present)}`
  if (present.length === 0) return `Every mark means absent, so nobody attended: ${quoted(absent)}`
  const mean = ({ length }: readonly string[]): string => (length === 1 ? 'means' : 'mean')
  return `${quoted(present)} ${mean(present)} attended; ${quoted(absent)} ${mean(absent)} absent`
}

/** In how many rows a column of totals agrees with the marks as they are read. */
function fitOf(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  sessions: readonly { readonly column: number; readonly isMonth: boolean }[],
  absent: readonly string[],
): { heading: string; rows: number; right: number } | undefined {
  const total = header.findIndex((heading) => TOTAL.test(heading.trim()))
  if (total < 0) return undefined
  const marks = new Set(absent)
  const rows = sample.filter((row) => /^[0-9]{1,4}$/.test((row[total] ?? '').trim()))
  const right = rows.filter((row) => {
    const attended = sessions.reduce(
      (sum, { column, isMonth }) => sum + timesOf(row[column] ?? '', marks, isMonth),
      0,
    )
    return attended === Number(row[total])
  }).length
  return { heading: header[total] ?? '', rows: rows.length, right }
}
