import { openTable } from '../tabular/open-table.ts'
import { asReturned } from '../tabular/returned-report.ts'
import type { ByteSource, ReadingChoices, ReadingLimits, Table } from '../tabular/table.ts'
import { leaveRowsOut } from './leave-rows-out.ts'
import { prepareTable } from './prepare-table.ts'

/**
 * Opens a file as the table whose columns are matched: read as `choices` say, a report of findings
 * that came back as the file it was made from, without the rows that are not people, then prepared.
 * Throws FileRefused.
 */
export async function openPrepared(
  source: ByteSource,
  choices: ReadingChoices = {},
  limits: Partial<ReadingLimits> = {},
): Promise<Table> {
  const people = leaveRowsOut(await openAsItStands(source, choices, limits))
  return prepareTable(people, choices.preparation)
}

/** Opens a file as its owner knows it: its own rows and headings, with nothing prepared. */
export async function openAsItStands(
  source: ByteSource,
  choices: ReadingChoices = {},
  limits: Partial<ReadingLimits> = {},
): Promise<Table> {
  return asReturned(await openTable(source, choices, limits))
}
