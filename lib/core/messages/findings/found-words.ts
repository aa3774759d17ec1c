import { findingLabel, readScoreField } from '#core/mapping/score-fields.ts'
import { anyField } from '#core/standard/further-fields.ts'
import type { FindingCount } from '#core/standard/finding.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { isAboutFile } from './findings.ts'

/**
 * What was found, in which field and in how many rows, as a line of a list; what is about the file as a
 * whole has no rows to be counted.
 */
export function foundWords({
  code,
  field,
  rows,
}: Pick<FindingCount, 'code' | 'field' | 'rows'>): string {
  const isField = anyField(readScoreField(field).name) !== undefined
  return [
    wordsOf(code).title,
    ...(isField ? [` (${findingLabel(field)})`] : []),
    ...(isAboutFile(code)
      ? []
      : [`: ${rows.toLocaleString('en-GB')} ${rows === 1 ? 'row' : 'rows'}`]),
  ].join('')
}
