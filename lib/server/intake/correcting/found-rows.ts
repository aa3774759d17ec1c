import { readRowList } from '#core/checks/row-list.ts'
import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { Severity } from '#core/standard/finding.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { run } from '#server/platform/db/run.ts'
import type { ReceivingStore } from '#server/store/receiving-store.ts'

/** Which rows of a file are looked at. */
export type RowChoice =
  | { readonly show: 'findings' | 'all' | 'corrected' }
  | { readonly show: 'finding'; readonly code: string; readonly field: string }

/** A finding of the last check, with its rows as the file has them. */
export interface FoundIn {
  readonly code: FindingCode
  readonly field: string
  readonly severity: Severity
  /** With the part of a row that holds several people, from 1. */
  readonly rows: readonly { readonly row: number; readonly part: number }[]
}

/** What the last check found in rows and asks to be fixed or confirmed. */
export async function readFound(
  { database }: Pick<ReceivingStore, 'database'>,
  { id, receipt }: Pick<Journey, 'id' | 'receipt'>,
): Promise<readonly FoundIn[]> {
  const found = await run(database, 'correcting/read-finding-rows', [id])
  // A row of several people takes a number for each of them.
  const parts = receipt?.places?.parts ?? 1
  return found.map(({ code, field, severity, rows }) => ({
    // What we wrote ourselves.
    code: code as FindingCode,
    field,
    severity: severity as Severity,
    rows: readRowList(rows)
      .filter((row) => row > 0)
      .map((row) => ({ row: Math.ceil(row / parts), part: ((row - 1) % parts) + 1 })),
  }))
}

/** The rows that are looked at, in order; undefined for every row of the file. */
export function chosenRows(
  choice: RowChoice,
  found: readonly FoundIn[],
  corrected: Iterable<number>,
): readonly number[] | undefined {
  if (choice.show === 'all') return undefined
  if (choice.show === 'corrected') return inOrder(corrected)
  const wanted =
    choice.show === 'finding'
      ? found.filter(({ code, field }) => code === choice.code && field === choice.field)
      : found
  return inOrder(wanted.flatMap(({ rows }) => rows.map(({ row }) => row)))
}

function inOrder(rows: Iterable<number>): number[] {
  return [...new Set(rows)].sort((left, right) => left - right)
}
