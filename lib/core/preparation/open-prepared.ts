import { openTable } from '../tabular/open-table.ts'
import { asReturned } from '../tabular/returned-report.ts'
import type { ByteSource, ReadingChoices, ReadingLimits, Table } from '../tabular/table.ts'
import { correctCells, readingBasis, type CorrectionsToApply } from './corrections.ts'
import { leaveRowsOut } from './leave-rows-out.ts'
import { prepareTable } from './prepare-table.ts'

/**
 * Opens a file as the table whose columns are matched: read as `choices` say, a report of findings
 * that came back as the file it was made from, as it is corrected, without the rows that are not
 * people, then prepared. Throws FileRefused.
 */
export async function openPrepared(
  source: ByteSource,
  choices: ReadingChoices = {},
  limits: Partial<ReadingLimits> = {},
  corrections?: CorrectionsToApply,
): Promise<Table> {
  const people = leaveRowsOut(await openAsItStands(source, choices, limits, corrections))
  return prepareTable(people, choices.preparation)
}

/**
 * Opens a file as its owner knows it: its own rows and headings, with nothing prepared. What is
 * corrected in it is applied where it is read as it was when it was corrected.
 */
export async function openAsItStands(
  source: ByteSource,
  choices: ReadingChoices = {},
  limits: Partial<ReadingLimits> = {},
  corrections?: CorrectionsToApply,
): Promise<Table> {
  const table = asReturned(await openTable(source, choices, limits))
  const isAbout = corrections?.basis === readingBasis(table, choices)
  return isAbout ? correctCells(table, corrections.cells) : table
}
