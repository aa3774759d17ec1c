import type { RuleFacts, RuleField } from '#core/look-up/rules/change-rules.ts'
import type { Words } from '#core/messages/words.ts'

/** The words of the rules of a source, for who changes them. */

/** Each rule by name. */
export const RULE_NAMES: Readonly<Record<RuleField, string>> = {
  shows: 'Involvement',
  ageFrom: 'First age',
  ageTo: 'Last age',
  coveredFrom: 'First day covered',
  coveredTo: 'Last day covered',
  staleDays: 'Days until out of date',
  removalDays: 'Days until removed',
}

/** Which involvement is shown. */
export const SHOWS_WORDS = {
  current: 'Current alone',
  historic: 'Current, and what has ended',
} as const satisfies Record<string, string>

/** What a rule says, in words; a day is written by `dayWords`. */
export function ruleWords(
  field: RuleField,
  facts: RuleFacts,
  dayWords: (day: string) => string,
): string {
  const said = facts[field]
  if (said === null) return 'No end'
  if (field === 'shows') return said === 'historic' ? SHOWS_WORDS.historic : SHOWS_WORDS.current
  return typeof said === 'string' ? dayWords(said) : String(said)
}

/** Why rules are not changed: code → what happened and how to fix it. */
export const RULE_REFUSALS = {
  'rules-changed': {
    title: 'The rules of this source have changed meanwhile.',
    fix: 'Nothing of yours was put in force. Open the page again, see what the rules are now, and ask anew.',
  },
  'rules-asked': {
    title: 'Other rules of this source wait for a second person.',
    fix: 'One request at a time: it has to be approved, refused or taken back before another.',
  },
  'rules-same': {
    title: 'These are the rules in force.',
    fix: 'Nothing was asked for. Change something first.',
  },
} as const satisfies Record<string, Words>
