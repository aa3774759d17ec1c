import { EMPTY_FRAMEWORK, type Framework } from '#core/framework/framework.ts'
import type { FindingCount } from '#core/standard/finding.ts'
import { SEVERITY_WORDS } from '#core/messages/findings/severity-words.ts'
import { eventLines, withNames } from '#core/messages/submissions/kind-words.ts'
import { stopWordsOf, wordsOf } from '#core/messages/words-of.ts'
import {
  preparedLines,
  sheetsLeft,
  sheetWords,
  signNotices,
  textNotices,
} from '#core/messages/reading/reading-words.ts'
import { forecastLines } from '#core/messages/findings/forecast-words.ts'
import { SHAPE_WORDS } from '#core/messages/preparation/shape-words.ts'
import { placeOf, placeWords } from '#core/preparation/row-places.ts'
import { unanswered, type ProposalTold } from '#core/preparation/proposals/proposals.ts'
import type { Mapping, Suggestion } from '#core/mapping/mapping.ts'
import { readScoreField, scoreHeading } from '#core/mapping/score-fields.ts'
import type { MappingRefusal } from '#core/mapping/field-claims.ts'
import type { ReadingReceipt } from '#core/tabular/table.ts'
import type { ReadingRefusal } from '#server/intake/reading/reading-end.ts'
import type { NotTaken } from '#server/intake/outcomes/not-taken.ts'
import type { CheckedFile } from '#server/intake/outcomes/save-outcome.ts'
import { printJson, REFUSED, say } from './terminal.ts'

/** How a submission is told to whoever sent it from the command line. */

/** Says how the file was read. */
export function sayReceipt(receipt: ReadingReceipt): void {
  const parts = [
    receipt.format === 'csv' ? 'text' : `workbook, ${sheetWords(receipt)}`,
    receipt.encoding,
    receipt.separator === undefined
      ? undefined
      : `separator ${receipt.separator === '\t' ? 'tab' : receipt.separator}`,
    receipt.upperHeaderRow === undefined
      ? `header in row ${receipt.headerRow}`
      : `header in rows ${receipt.upperHeaderRow} and ${receipt.headerRow}, joined`,
  ]
  say(`read as ${parts.filter((part) => part !== undefined).join(', ')}`)
  for (const notice of textNotices(receipt)) say(`  ${notice}`)
  const others = sheetsLeft(receipt)
  if (others.length > 0) {
    say(
      `  not read: ${others.map((sheet) => `sheet ${sheet.name}${sheet.hidden ? ' (hidden)' : ''}`).join(', ')}`,
    )
  }
  for (const notice of signNotices(receipt)) say(`  ${notice}`)
  if ((receipt.hiddenColumns?.length ?? 0) > 0)
    say(`  hidden columns were read: ${receipt.hiddenColumns?.join(', ')}`)
  if (receipt.columnsLeftOut !== undefined)
    say(`  a second table beside it was left out: ${receipt.columnsLeftOut.join(', ')}`)
  for (const { name, value } of preparedLines(receipt)) say(`  ${name}: ${value}`)
  for (const { column, cells } of receipt.formulas ?? [])
    say(`  ${cells} formula cells in ${column} were read as empty`)
}

/** Says which shapes the file seems to have, with the preparation that takes each. */
export function sayProposals(proposals: readonly ProposalTold[]): void {
  for (const { shape, evidence, options } of proposals) {
    say(SHAPE_WORDS[shape].title)
    for (const line of evidence) say(`  ${line}`)
    for (const { words, preparation } of options)
      say(`  ${words}: "preparation": ${JSON.stringify(preparation)}`)
    say(`  As it stands: "preparation": ${JSON.stringify({ declined: [shape] })}`)
  }
}

/** Says which rows were read and what was found in them, with the framework's names for instruments. */
export function sayFile(file: CheckedFile, framework: Framework): void {
  const { rows, records, familyTies } = file
  say(
    `rows: ${rows.read} read = ${rows.accepted} accepted + ${rows.rejected} rejected + ${rows.blank} blank${rows.leftOut === 0 ? '' : ` + ${rows.leftOut} not people`}`,
  )
  say(`records: ${records}, family ties in a row: ${familyTies}`)
  const { linkability, forecast } = file.outcome
  const { seenAgain } = file
  for (const line of forecastLines({ linkability, forecast, seenAgain })) say(line)
  for (const line of eventLines(withNames(file.outcome, framework))) say(line)
  sayFindings(file)
}

function sayFindings({ findings, outcome, receipt, mapping }: CheckedFile): void {
  for (const finding of findings) {
    const { code, field, severity, rows, detail } = finding
    const words = wordsOf(code, detail)
    say(
      `  ${SEVERITY_WORDS[severity]}: ${field === '' ? '' : `${findingPlace(mapping, field)}, `}${words.title} (${rows} ${rows === 1 ? 'row' : 'rows'}, ${code})`,
    )
    if (severity === 'note') continue
    say(`    ${words.fix}`)
    const places = firstRows(outcome.findings, finding).map((row) =>
      placeWords(placeOf(receipt, row)),
    )
    const more = rows - places.length
    if (places.length > 0)
      say(`    rows ${places.join(', ')}${more > 0 ? ` and ${more} more` : ''}`)
  }
}

/** The field of a finding and, of several columns of scores, which one. */
export function findingPlace(mapping: Mapping, field: string): string {
  const column = scoreHeading(mapping, field)
  return column === undefined ? field : `${readScoreField(field).name} in ${column}`
}

/** Rows that are named of a finding. */
const ROWS_SHOWN = 20

function firstRows(
  read: CheckedFile['outcome']['findings'],
  { code, field, severity }: FindingCount,
): readonly number[] {
  const found = read.find(
    (each) => each.code === code && each.field === field && each.severity === severity,
  )
  return (found?.firstRows ?? []).filter((row) => row > 0).slice(0, ROWS_SHOWN)
}

/** Says what was suggested for columns and is not certain. */
export function saySuggestions(suggestions: readonly Suggestion[]): void {
  const uncertain = suggestions.filter(({ certainty }) => certainty !== 'certain')
  if (uncertain.length > 0) say('not used, because not certain:')
  for (const { field, column, certainty, reason } of uncertain) {
    say(`  ${column} as ${field}? ${certainty}: ${reason}`)
  }
}

function sayMappingRefusals(refusals: readonly MappingRefusal[]): void {
  for (const { code, field, columns } of refusals) {
    say(`  ${code}: ${[field, ...columns].filter((name) => name !== '').join(', ')}`)
  }
}

/** Says why a file that was looked at could not be read; answers the exit status. */
export function sayNotRead({ code, detail }: ReadingRefusal, asJson: boolean): number {
  const words = stopWordsOf(code, detail)
  if (asJson) printJson({ refused: { code, detail, ...words } })
  say(`countonce: ${words.title}`)
  say(`  ${words.fix}`)
  return REFUSED
}

/** Says why a file was not taken, and how to fix it. */
export function sayNotTaken(refused: NotTaken, framework: Framework = EMPTY_FRAMEWORK): void {
  const words = stopWordsOf(refused.code, refused.detail)
  if (refused.file !== undefined) {
    sayReceipt(refused.file.receipt)
    sayFile(refused.file, framework)
  }
  say(`countonce: ${words.title}`)
  say(`  ${words.fix}`)
  sayProposals(
    unanswered(
      refused.proposals ?? refused.file?.proposals ?? [],
      refused.file?.mapping.preparation,
    ),
  )
  if (refused.mappingRefusals !== undefined) sayMappingRefusals(refused.mappingRefusals)
  saySuggestions(refused.suggestions ?? refused.file?.suggestions ?? [])
  if (refused.difference !== undefined) {
    const { same, changed, new: added, removed } = refused.difference
    say(
      `  against ${refused.standing ?? 'it'}: ${same} clients the same, ${changed} changed, ${added} new, ${removed} removed`,
    )
  }
  say('Nothing of this file is in the figures.')
}
