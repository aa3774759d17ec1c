import { NO_EVENTS, type KeptActivity, type PersonEvents } from '#core/checks/events/kept-events.ts'
import { checkTable } from '#core/checks/check-table.ts'
import type { CheckOutcome } from '#core/checks/check-outcome.ts'
import { NO_AREAS } from '#core/standard/area.ts'
import type { FurtherKind } from '#core/standard/further-fields.ts'
import type { RecordFacts } from '#core/standard/record.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { FRAMEWORK } from '../../framework/invented-framework.ts'
import { tableOf } from '../tables.ts'

/** A row by field; what is left out is blank. */
export type Row = Readonly<Record<string, string>>

export interface CheckedEvents {
  readonly outcome: CheckOutcome
  /**
   * `row field code severity` of each finding in a row, in order, but for notes on what is blank of
   * the person.
   */
  readonly findings: readonly string[]
  readonly facts: readonly RecordFacts[]
  /** Of each person, in the order of the facts. */
  readonly events: readonly PersonEvents[]
  readonly activities: readonly KeptActivity[]
}

/** Checks rows of April to June 2024 of service s1, whose columns are called as their fields. */
export async function checkEventRows(
  kind: FurtherKind,
  rows: readonly Row[],
  scores?: Mapping['scores'],
): Promise<CheckedEvents> {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const wide = new Set((scores ?? []).flatMap(({ column, date }) => [column, date]))
  const columns = Object.fromEntries(
    header.filter((field) => !wide.has(field)).map((field) => [field, field]),
  )
  const mapping: Mapping = { kind, columns, ...(scores === undefined ? {} : { scores }) }
  const compiled = compileMapping(mapping, header, undefined, kind)
  if (!compiled.ok)
    throw new Error(compiled.refusals.map(({ code, field }) => `${code} ${field}`).join())
  const findings: string[] = []
  const facts: RecordFacts[] = []
  const events: PersonEvents[] = []
  const activities: KeptActivity[] = []
  const outcome = await checkTable(
    tableOf(
      header,
      rows.map((row) => header.map((field) => row[field] ?? '')),
    ),
    compiled.mapper,
    {
      ...{ quarter: '2024-Q1', live: true, date1904: false, areas: NO_AREAS },
      outcomes: { framework: FRAMEWORK, serviceCode: 's1' },
      day: '2024-06-20',
    },
    {
      accept: (record, _, beside = NO_EVENTS) => {
        facts.push(record)
        events.push(beside)
      },
      activity: (activity) => activities.push(activity),
      finding: (row, field, code, severity) => {
        const isOfPerson = code === 'cannot-be-matched' || code.endsWith('-missing')
        if (row > 0 && !(isOfPerson && severity === 'note'))
          findings.push([row, field, code, severity].join(' '))
      },
    },
  )
  return { outcome, findings, facts, events, activities }
}
