import { checkTable } from '#core/checks/check-table.ts'
import type { CheckOutcome } from '#core/checks/check-outcome.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import type { Mapping, Suggestion } from '#core/mapping/mapping.ts'
import { suggestMapping } from '#core/mapping/suggestions/suggest.ts'
import { unaskedColumns } from '#core/mapping/unasked-columns.ts'
import { openWithProposals } from '#core/preparation/open-prepared.ts'
import { NO_AREAS } from '#core/standard/area.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { RecordFacts } from '#core/standard/record.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import { openTable } from '#core/tabular/open-table.ts'
import { FileRefused } from '#core/tabular/table.ts'

/** What a file came to when it was read, mapped by what is certain of it, and checked. */
export interface FileOutcome {
  /** Why it stopped before its rows were checked: a refusal of the file or of its mapping. */
  readonly refused: string
  readonly mapping: Mapping
  readonly suggestions: readonly Suggestion[]
  /** `code severity rows` of every finding but notes. */
  readonly stops: readonly string[]
  /** The codes of notes. */
  readonly notes: readonly string[]
  readonly facts: readonly RecordFacts[]
  /** What its rows and records came to; undefined where it was refused. */
  readonly counted?: Pick<CheckOutcome, 'rows' | 'linkability'>
  /** `client reference | first name | last name | birth` of each person, as normalised. */
  readonly people: readonly string[]
}

/** Reads, maps and checks the bytes of a file, for the first quarter of 2024 unless told otherwise. */
export async function checkFile(
  bytes: Uint8Array,
  options: { readonly quarter?: Quarter; readonly mapping?: Partial<Mapping> } = {},
): Promise<FileOutcome> {
  const { quarter = '2024-Q1', mapping: given = {} } = options
  const nothing = { mapping: { columns: {} }, suggestions: [], stops: [], notes: [] }
  try {
    const table = await openTable({
      name: 'file',
      size: bytes.length,
      read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    })
    const { header, receipt } = table
    const sampleRows: (readonly string[])[] = []
    for await (const { rows } of table.batches()) sampleRows.push(...rows)
    const { suggestions, ...suggested } = suggestMapping({ header, sampleRows, quarter, receipt })
    const mapping = { ...suggested.mapping, ...given }
    const compiled = compileMapping(mapping, header)
    if (!compiled.ok) {
      const [refusal] = compiled.refusals
      const refused = `${refusal?.code ?? ''} ${refusal?.field ?? ''}`
      return { ...nothing, refused, mapping, suggestions, facts: [], people: [] }
    }
    const facts: RecordFacts[] = []
    const people: string[] = []
    const { date1904 } = receipt
    const outcome = await checkTable(
      table,
      compiled.mapper,
      { quarter, live: false, date1904, areas: NO_AREAS },
      {
        accept: (record, { components: { clientRef, firstCanonical, last, birthDate } }) => {
          facts.push(record)
          people.push(
            [clientRef, firstCanonical, last, birthDate].map(({ value }) => value).join('|'),
          )
        },
      },
    )
    const found = outcome.findings
    return {
      refused: '',
      mapping,
      suggestions,
      stops: found
        .filter(({ severity }) => severity !== 'note')
        .map(({ code, severity, rows }) => `${code} ${severity} ${rows}`),
      notes: found.filter(({ severity }) => severity === 'note').map(({ code }) => code),
      facts,
      people,
      counted: { rows: outcome.rows, linkability: outcome.linkability },
    }
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    return { ...nothing, refused: error.code, facts: [], people: [] }
  }
}

/** The same of a text of lines. */
export function checkText(
  lines: readonly string[],
  options: Parameters<typeof checkFile>[1] = {},
): Promise<FileOutcome> {
  return checkFile(new TextEncoder().encode(lines.join('\r\n')), options)
}

/**
 * What a file comes to where nobody answers anything: `refused CODE`; else the shapes that are
 * proposed, the fields that nothing was found for, what stops it, and the people of a file that
 * nothing stops.
 */
export async function comesTo(bytes: Uint8Array, quarter: Quarter = '2024-Q1'): Promise<string[]> {
  try {
    const opened = await openWithProposals({
      source: {
        name: 'file',
        size: bytes.length,
        read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)),
      },
      choices: {},
      quarter,
    })
    const { table, open } = opened
    const { header, receipt } = table
    const sampleRows: (readonly string[])[] = []
    for await (const { rows } of table.batches())
      sampleRows.push(...rows.filter((row) => !isNoRow(row)))
    const suggested = suggestMapping({ header, sampleRows, quarter, receipt })
    const { mapping } = suggested
    const compiled = compileMapping(mapping, header)
    if (!compiled.ok) return compiled.refusals.map(({ code, field }) => `${code} ${field}`)
    const people: string[] = []
    const unansweredShapes = open.map(({ shape }) => shape)
    const unasked = unaskedColumns({ header, ...suggested })
    const { date1904 } = receipt
    const outcome = await checkTable(
      table,
      compiled.mapper,
      {
        ...{ quarter, live: false, date1904, areas: NO_AREAS, unansweredShapes },
        unaskedColumns: unasked,
      },
      {
        accept: ({ role, gender, contacts }, { components }) => {
          const { clientRef, firstCanonical, last, birthDate } = components
          const told = [clientRef, firstCanonical, last, birthDate].map(({ value }) => value || '-')
          people.push([...told, role, gender, contacts ?? '-'].join(' '))
        },
      },
    )
    const stops = outcome.findings.filter(({ severity }) => severity !== 'note')
    if (stops.length === 0) return people
    return stops.map(({ code, severity, rows }) => `${severity} ${code} ${rows}`)
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    return [`refused ${error.code}`]
  }
}
