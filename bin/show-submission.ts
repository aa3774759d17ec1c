import type { FindingCount } from '#core/standard/finding.ts'
import { describeFileRefusal, FILE_REFUSALS } from '#core/messages/file-refusals.ts'
import { findingMessage } from '#core/messages/findings.ts'
import { HASHED_WORDS } from '#core/messages/hashed-refusals.ts'
import { HASHER_WORDS } from '#core/messages/hasher-refusals.ts'
import { SUBMISSION_WORDS } from '#core/messages/submission-refusals.ts'
import type { Suggestion } from '#core/mapping/mapping.ts'
import type { MappingRefusal } from '#core/mapping/compile-mapping.ts'
import type { ReadingReceipt } from '#core/tabular/table.ts'
import type { NotTaken } from '#server/intake/submissions/not-taken.ts'
import type { CheckedFile } from '#server/intake/submissions/save-outcome.ts'
import { say } from './terminal.ts'

/** How a submission is told to whoever sent it from the command line. */

/** What happened, and how to mend it. */
export interface Words {
  readonly title: string
  readonly mend: string
}

/** The words of whatever stopped a file. */
export function wordsFor(
  code: string,
  detail: Readonly<Record<string, string | number>> = {},
): Words {
  if (Object.hasOwn(SUBMISSION_WORDS, code))
    return SUBMISSION_WORDS[code as keyof typeof SUBMISSION_WORDS]
  for (const words of [HASHED_WORDS, HASHER_WORDS]) {
    if (Object.hasOwn(words, code)) return words[code as keyof typeof words]
  }
  if (Object.hasOwn(FILE_REFUSALS, code)) return describeFileRefusal(code, detail)
  return findingMessage(code) ?? describeFileRefusal(code, detail)
}

/** Says how the file was read. */
export function sayReceipt(receipt: ReadingReceipt): void {
  const parts = [
    receipt.format === 'xlsx' ? `workbook, sheet ${receipt.sheet ?? ''}` : 'text',
    receipt.encoding,
    receipt.separator === undefined
      ? undefined
      : `separator ${receipt.separator === '\t' ? 'tab' : receipt.separator}`,
    `header in row ${receipt.headerRow}`,
  ]
  say(`read as ${parts.filter((part) => part !== undefined).join(', ')}`)
  const others = (receipt.sheets ?? []).filter((sheet) => sheet.name !== receipt.sheet)
  if (others.length > 0) {
    say(
      `  not read: ${others.map((sheet) => `sheet ${sheet.name}${sheet.hidden ? ' (hidden)' : ''}`).join(', ')}`,
    )
  }
  if ((receipt.hiddenRows ?? 0) > 0) say(`  ${receipt.hiddenRows} hidden rows were read`)
  if ((receipt.hiddenColumns?.length ?? 0) > 0)
    say(`  hidden columns were read: ${receipt.hiddenColumns?.join(', ')}`)
  for (const { column, cells } of receipt.formulas ?? [])
    say(`  ${cells} formula cells in ${column} were read as empty`)
}

/** Says which rows were read and what was found in them. */
export function sayFile({ rows, records, familyTies, findings }: CheckedFile): void {
  say(
    `rows: ${rows.read} read = ${rows.accepted} accepted + ${rows.rejected} rejected + ${rows.blank} blank`,
  )
  say(`records: ${records}, family ties in a row: ${familyTies}`)
  sayFindings(findings)
}

const SEVERITY_WORDS = {
  file: 'the file',
  'must-fix': 'must fix',
  confirm: 'please confirm',
  note: 'note',
} as const

function sayFindings(findings: readonly FindingCount[]): void {
  for (const { code, field, severity, rows } of findings) {
    const words = findingMessage(code)
    say(
      `  ${SEVERITY_WORDS[severity]}: ${field === '' ? '' : `${field}, `}${words?.title ?? code} (${rows} ${rows === 1 ? 'row' : 'rows'}, ${code})`,
    )
    if (severity !== 'note' && words !== undefined) say(`    ${words.mend}`)
  }
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

/** Says why a file was not taken, and how to mend it. */
export function sayNotTaken(refused: NotTaken): void {
  const words = wordsFor(refused.code, refused.detail)
  if (refused.file !== undefined) {
    sayReceipt(refused.file.receipt)
    sayFile(refused.file)
  }
  say(`countonce: ${words.title}`)
  say(`  ${words.mend}`)
  if (refused.mappingRefusals !== undefined) sayMappingRefusals(refused.mappingRefusals)
  if (refused.suggestions !== undefined) saySuggestions(refused.suggestions)
  if (refused.difference !== undefined) {
    const { same, changed, new: added, removed } = refused.difference
    say(
      `  against ${refused.standing ?? 'it'}: ${same} clients the same, ${changed} changed, ${added} new, ${removed} removed`,
    )
  }
  say('Nothing of this file is in the figures.')
}
