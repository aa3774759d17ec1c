import { isNoRow } from '#core/tabular/no-row.ts'
import type { ReadingChoices, Table } from '#core/tabular/table.ts'
import type { OpenSheet } from './alike-sheets.ts'
import { proposeChildren } from './propose-children.ts'
import { proposeFilling } from './propose-filling.ts'
import { proposeRegister } from './propose-register.ts'
import { proposeSheets } from './propose-sheets.ts'
import type { Proposal } from './proposals.ts'

const SAMPLE_ROWS = 500

/**
 * The shapes that a file seems to have beside one row for each person, each with what speaks for
 * it. A file whose headings and first rows say nothing of the kind is not read any further.
 */
export async function proposeShapes(
  table: Table,
  choices: ReadingChoices,
  openSheet: OpenSheet,
): Promise<readonly Proposal[]> {
  const rows = await sample(table)
  const found = [
    // Who chose a sheet has said that it is the file.
    choices.sheet === undefined ? await proposeSheets(table, openSheet) : undefined,
    proposeFilling(table.header, rows, (table.receipt.mergedDown ?? 0) > 0),
    await proposeRegister(table, rows),
    await proposeChildren(table, rows),
  ]
  return found.filter((proposal) => proposal !== undefined)
}

async function sample(table: Table): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = []
  for await (const batch of table.batches()) {
    for (const row of batch.rows) if (rows.length < SAMPLE_ROWS && !isNoRow(row)) rows.push(row)
    if (rows.length >= SAMPLE_ROWS) break
  }
  return rows
}
