import { isCode, wordsOf } from '#core/messages/words-of.ts'
import { writeCsv } from '#core/tabular/writing/csv-writer.ts'
import { quarterDays, quarterWords, type Quarter } from '#core/standard/quarter.ts'
import { SEVERITY_WORDS } from '#core/messages/findings/severity-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { listPlaces } from '#server/programme/quarters/calendar.ts'
import { begunQuarters, type RegisterContext } from '#server/programme/register/change-register.ts'

/** How the work of a quarter went, in counts: no figure of people, and nothing of anybody. */

/** A line of the report: what is measured, of what, and its value in words. */
export interface ReportLine {
  readonly part: string
  readonly name: string
  readonly value: string
}

/** A quarter's report. */
export interface ManagementReport {
  readonly ok: true
  readonly quarter: Quarter
  readonly quarters: readonly Quarter[]
  readonly lines: readonly ReportLine[]
}

/** Reads the report of a quarter, the last begun where none of the programme is named. */
export async function readReport(
  context: RegisterContext,
  actor: Actor,
  wanted: string,
): Promise<ManagementReport | Refusal<'not-found'>> {
  const { database, programme, now } = context
  if (!(await holdsRight(database, actor, 'register.see'))) return NOT_HELD
  const quarters = begunQuarters(programme, now)
  const quarter = quarters.find((one) => one === wanted) ?? quarters.at(-1)
  if (quarter === undefined) return refuse('not-found')
  const lines = await withTransaction(forActor(database, actor), async (client) => {
    const { first, last } = quarterDays(quarter)
    const places = await listPlaces(client, [quarter], now)
    const files = await runForRow(client, 'report/count-files', [quarter, first, last])
    const findings = await run(client, 'report/count-findings', [quarter])
    const others = await run(client, 'report/count-others', [first, last])
    const of = (what: string): number => others.find((one) => one.what === what)?.counted ?? 0
    const came = (wish: string): string =>
      count(places.filter(({ timeliness }) => timeliness === wish).length)
    return [
      ...lined('Timeliness', [
        ['Files expected', count(places.length)],
        ['Came in time', came('in-time')],
        ['Came late', came('came-late')],
        ['Reached nobody', came('nobody')],
        ['Late now', came('late')],
        ['Given an extension', count(places.filter(({ isExtended }) => isExtended).length)],
      ]),
      ...lined('Files by way', [
        ['Uploaded in the clear', count(files.clear)],
        ['Hashed at source', count(files.hashed)],
        ['Sent by a program', count(files.automated)],
      ]),
      ...lined('From upload to the figures', [
        ['Half within', minutes(files.medianMinutes)],
        ['The longest', minutes(files.longestMinutes)],
      ]),
      ...lined(
        'Findings, by rows',
        findings.map(({ code, severity, rows, files: many }) => [
          `${titleOf(code)} (${SEVERITY_WORDS[severity]})`,
          `${count(rows)} in ${many === 1 ? '1 file' : `${count(many)} files`}`,
        ]),
      ),
      ...lined('Possible matches', [
        ['Open now', count(of('doubts-open'))],
        ['Settled in these months', count(of('doubts-settled'))],
      ]),
      ...lined('Questions to organisations', [
        ['Asked in these months', count(files.asked)],
        ['Answered', count(files.answered)],
      ]),
      ...lined('Availability', [['The portal answered', availability(files)]]),
      ...lined(
        'Security events in these months',
        SECURITY.map(([event, name]) => [name, count(of(event))]),
      ),
    ]
  })
  return { ok: true, quarter, quarters, lines }
}

const SECURITY = [
  ['sign-in.refused', 'Refused at signing in'],
  ['access.refused', 'Refused something that they may not have'],
  ['user.disabled', 'Accounts disabled'],
  ['factor.reset', 'Second factors reset'],
  ['token.revoked', 'Tokens revoked'],
] as const

function lined(part: string, lines: readonly (readonly [string, string])[]): ReportLine[] {
  return lines.map(([name, value]) => ({ part, name, value }))
}

function titleOf(code: string): string {
  return isCode(code) ? wordsOf(code).title : code
}

function count(number: number): string {
  return number.toLocaleString('en-GB')
}

function minutes(number: number | null): string {
  if (number === null) return 'No file was taken by a worker'
  const whole = Math.max(1, Math.ceil(number))
  return whole === 1 ? '1 minute' : `${count(whole)} minutes`
}

/** Never rounded up to all. */
function availability({
  minutesKept,
  minutesUp,
}: {
  readonly minutesKept: number
  readonly minutesUp: number
}): string {
  if (minutesKept === 0) return 'Nothing was kept of these months'
  const share = Math.min(1, minutesUp / minutesKept)
  return `${(Math.floor(share * 10_000) / 100).toLocaleString('en-GB')}% of ${count(minutesKept)} minutes`
}

/** The report as CSV, a line each. */
export function writeReportCsv({ quarter, lines }: ManagementReport): string {
  return writeCsv(
    ['Quarter', 'Part', 'Measure', 'Value'],
    lines.map(({ part, name, value }) => [quarterWords(quarter), part, name, value]),
  )
}
