import { checkTable } from '#core/checks/check-table.ts'
import type { CheckOutcome } from '#core/checks/check-outcome.ts'
import { NO_AREAS, type AreaLookup } from '#core/standard/area.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { RecordFacts } from '#core/standard/record.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { Table } from '#core/tabular/table.ts'

/** A table in memory, read in batches of `size`. */
export function tableOf(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  size = 3,
): Table {
  return {
    header,
    receipt: { format: 'csv', date1904: false, headerRow: 1 },
    async *batches() {
      for (let from = 0; from < rows.length; from += size) {
        yield await Promise.resolve({ firstRow: from + 1, rows: rows.slice(from, from + size) })
      }
    },
  }
}

export interface Checked {
  readonly outcome: CheckOutcome
  readonly facts: readonly RecordFacts[]
  /** The client references that were accepted, in order: the tests' own, invented. */
  readonly references: readonly string[]
  /** `row field code severity` of each finding, in order. */
  readonly findings: readonly string[]
}

export interface CheckOptions {
  readonly shape?: Mapping['shape']
  readonly constants?: Readonly<Record<string, string>>
  readonly quarter?: Quarter
  readonly live?: boolean
  readonly areas?: AreaLookup
}

/** Checks rows whose columns are called as the standard fields. */
export async function check(
  fields: readonly string[],
  rows: readonly (readonly string[])[],
  options: CheckOptions = {},
): Promise<Checked> {
  const { shape, constants, quarter = '2024-Q1', live = true, areas = NO_AREAS } = options
  const mapping: Mapping = {
    columns: Object.fromEntries(fields.map((field) => [field, field])),
    ...(shape === undefined ? {} : { shape }),
    ...(constants === undefined ? {} : { constants }),
  }
  const compiled = compileMapping(mapping, fields)
  if (!compiled.ok)
    throw new Error(compiled.refusals.map(({ code, field }) => `${code} ${field}`).join())
  const facts: RecordFacts[] = []
  const references: string[] = []
  const findings: string[] = []
  const outcome = await checkTable(
    tableOf(fields, rows),
    compiled.mapper,
    { quarter, live, date1904: false, areas },
    {
      accept: (record, identifiers) => {
        facts.push(record)
        references.push(identifiers.components.clientRef.value)
      },
      finding: (row, field, code, severity) =>
        findings.push([row, field, code, severity].join(' ')),
    },
  )
  return { outcome, facts, references, findings }
}
