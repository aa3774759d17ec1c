import type { CheckOutcome } from '#core/checks/check-outcome.ts'
import type { MappingRefusal } from '#core/mapping/field-claims.ts'
import {
  preparedLines,
  sheetsLeft,
  sheetWords,
  signNotices,
  textNotices,
} from '#core/messages/reading/reading-words.ts'
import { forecastLines } from '#core/messages/findings/forecast-words.ts'
import { SHAPE_WORDS } from '#core/messages/preparation/shape-words.ts'
import type { ProposalTold } from '#core/preparation/proposals/proposals.ts'
import type { Suggestion } from '#core/mapping/mapping.ts'
import { isAboutFile } from '#core/messages/findings/findings.ts'
import { SEVERITY_WORDS } from '#core/messages/findings/severity-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { placeOf, placeWords } from '#core/preparation/row-places.ts'
import type { ReadingReceipt } from '#core/tabular/table.ts'
import type { Console } from './console.ts'

/** What a run tells: counts, codes and headings, never a value of a row. */

const ROWS_SHOWN = 10

/** The heading of the column that a field comes from. */
export type ColumnNames = ReadonlyMap<string, string>

/** Tells how the file was read. */
export function tellReceipt(terminal: Console, receipt: ReadingReceipt): void {
  const parts = [
    receipt.format === 'csv' ? 'text' : `workbook, ${sheetWords(receipt)}`,
    receipt.encoding,
    receipt.separator === undefined
      ? undefined
      : `separator ${receipt.separator === '\t' ? 'tab' : receipt.separator}`,
    `header in row ${receipt.headerRow}`,
  ]
  terminal.say(`read as ${parts.filter((part) => part !== undefined).join(', ')}`)
  for (const notice of textNotices(receipt)) terminal.say(`  ${notice}`)
  const others = sheetsLeft(receipt)
  const named = others.map(({ name, hidden }) => `sheet ${name}${hidden ? ' (hidden)' : ''}`)
  if (named.length > 0) terminal.say(`  not read: ${named.join(', ')}`)
  for (const notice of signNotices(receipt)) terminal.say(`  ${notice}`)
  if ((receipt.hiddenColumns?.length ?? 0) > 0)
    terminal.say(`  hidden columns were read: ${receipt.hiddenColumns?.join(', ')}`)
  for (const { name, value } of preparedLines(receipt)) terminal.say(`  ${name}: ${value}`)
  for (const { column, cells } of receipt.formulas ?? [])
    terminal.say(`  ${cells} formula cells in ${column} were read as empty`)
}

/** Tells which shapes the file seems to have, with the preparation that takes each. */
export function tellProposals(terminal: Console, proposals: readonly ProposalTold[]): void {
  for (const { shape, evidence, options } of proposals) {
    terminal.say(SHAPE_WORDS[shape].title)
    for (const line of evidence) terminal.say(`  ${line}`)
    for (const { words, preparation } of options)
      terminal.say(`  ${words}: "preparation": ${JSON.stringify(preparation)}`)
    terminal.say(`  As it stands: "preparation": ${JSON.stringify({ declined: [shape] })}`)
  }
}

/**
 * Tells what the file came to, with every finding: its code, its field, the column of it and its
 * first rows.
 */
export function tellOutcome(
  terminal: Console,
  outcome: CheckOutcome,
  receipt: Placing,
  columnOf: ColumnNames = new Map(),
): void {
  const { rows, records, familyTies, linkability, forecast, findings } = outcome
  terminal.say(
    `rows: ${rows.read} read = ${rows.accepted} accepted + ${rows.rejected} rejected + ${rows.blank} blank${rows.leftOut === 0 ? '' : ` + ${rows.leftOut} not people`}`,
  )
  terminal.say(`records: ${records}, family ties in a row: ${familyTies}`)
  terminal.say(
    `to be matched by: strong evidence ${linkability.strong}, an email address alone ${linkability.weak}, nothing ${linkability.none}`,
  )
  for (const line of forecastLines({ linkability, forecast })) terminal.say(line)
  for (const { code, field, severity, rows: found, firstRows } of findings) {
    const words = wordsOf(code)
    const column = columnOf.get(field) ?? ''
    const named = field === '' ? '' : `${field}${column === '' ? '' : ` in “${column}”`}, `
    terminal.say(
      `  ${SEVERITY_WORDS[severity]}: ${named}${words.title} (${isAboutFile(code) ? 'the file as a whole' : `${found} ${found === 1 ? 'row' : 'rows'}`}, ${code})`,
    )
    if (severity !== 'note') terminal.say(`    ${words.fix}`)
    if (severity === 'must-fix' || severity === 'confirm')
      tellRows(terminal, placesOf(receipt, firstRows), found)
  }
}

/** What tells where rows stand in the file. */
type Placing = Pick<ReadingReceipt, 'headerRow' | 'places'>

function placesOf(receipt: Placing, rows: readonly number[]): string[] {
  return rows.filter((row) => row > 0).map((row) => placeWords(placeOf(receipt, row)))
}

function tellRows(terminal: Console, places: readonly string[], found: number): void {
  const shown = places.slice(0, ROWS_SHOWN)
  if (shown.length === 0) return
  const more = found - shown.length
  terminal.say(`    rows ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`)
}

/** Tells what was suggested for columns and is not certain, which is therefore not used. */
export function tellSuggestions(terminal: Console, suggestions: readonly Suggestion[]): void {
  const uncertain = suggestions.filter(({ certainty }) => certainty !== 'certain')
  if (uncertain.length > 0) terminal.say('not used, because not certain:')
  for (const { field, column, certainty, reason } of uncertain)
    terminal.say(`  ${column} as ${field}? ${certainty}: ${reason}`)
}

/** Tells why a mapping cannot be used. */
export function tellMappingRefusals(terminal: Console, refusals: readonly MappingRefusal[]): void {
  for (const { code, field, columns } of refusals)
    terminal.say(`  ${code}: ${[field, ...columns].filter((name) => name !== '').join(', ')}`)
}

/**
 * An outcome as one JSON document tells it; of what stops a file, with where the first of its rows
 * stand.
 */
export function outcomeAsJson(
  outcome: CheckOutcome,
  receipt: Placing,
  columnOf: ColumnNames = new Map(),
): Record<string, unknown> {
  const { rows, records, familyTies, linkability, forecast, findings } = outcome
  return {
    rows,
    records,
    familyTies,
    linkability,
    forecast,
    findings: findings.map(({ code, field, severity, rows: found, firstRows }) => ({
      code,
      field,
      column: columnOf.get(field) ?? '',
      severity,
      rows: found,
      ...(severity === 'note'
        ? {}
        : {
            firstRows: firstRows
              .filter((row) => row > 0)
              .map((row) => placeOf(receipt, row).fileRow),
            ...(receipt.places === undefined ? {} : { firstPlaces: placesOf(receipt, firstRows) }),
          }),
    })),
  }
}
