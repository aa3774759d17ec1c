import { looksLikeIdentifier } from '#core/tabular/header/headings.ts'
import type { FillingRule } from './rules.ts'

/**
 * Whether a rule was given words that read like somebody's own email address, telephone or NHS
 * number. A rule is for many rows; what it gives is nobody's.
 */
export function holdsIdentifier(rule: FillingRule): boolean {
  return typedIn(rule).some(looksLikeIdentifier)
}

function typedIn(rule: FillingRule): readonly string[] {
  if (rule.kind === 'default') return [rule.column, rule.value]
  if (!('words' in rule)) return [rule.column]
  return [rule.column, ...rule.words.flatMap(({ word, becomes }) => [word, becomes])]
}
