import { MOST_DAYS, OLDEST, readRules, type Coverage, type SourceRules } from './source-rules.ts'

/** The rules of a source as they are changed: read from a form, and compared with those in force. */

/** Everything that says when something of a source is shown. */
export interface RulesOfSource {
  readonly rules: SourceRules
  readonly coverage: Coverage
}

/** What a source’s rules say, in the order in which they are read. */
export const RULE_FIELDS = [
  'shows',
  'ageFrom',
  'ageTo',
  'coveredFrom',
  'coveredTo',
  'staleDays',
  'removalDays',
] as const

/** The name of a rule. */
export type RuleField = (typeof RULE_FIELDS)[number]

/** Rules by name: a code, whole numbers, days `yyyy-mm-dd`; null is without an end. */
export type RuleFacts = Readonly<Record<RuleField, string | number | null>>

/** Rules by name. */
export function factsOfRules({ rules, coverage }: RulesOfSource): RuleFacts {
  return { ...rules, coveredFrom: coverage.from, coveredTo: coverage.to }
}

/** Reads rules by name, as `factsOfRules` writes them; undefined where they are none. */
export function rulesOfFacts({
  coveredFrom,
  coveredTo,
  ...facts
}: Readonly<Partial<Record<RuleField, unknown>>>): RulesOfSource | undefined {
  const rules = readRules(facts)
  if (rules === undefined || typeof coveredFrom !== 'string') return undefined
  if (coveredTo !== null && typeof coveredTo !== 'string') return undefined
  if (coveredTo !== null && coveredTo < coveredFrom) return undefined
  return { rules, coverage: { from: coveredFrom, to: coveredTo } }
}

/** The rules that are not the same, in their order. */
export function compareRules(before: RulesOfSource, after: RulesOfSource): readonly RuleField[] {
  const [left, right] = [factsOfRules(before), factsOfRules(after)]
  return RULE_FIELDS.filter((field) => left[field] !== right[field])
}

/** Rules as they are typed: numbers as text, empty without an end; days read already, undefined where they are none. */
export type TypedRules = Readonly<
  Record<'shows' | 'ageFrom' | 'ageTo' | 'staleDays' | 'removalDays', string>
> & {
  readonly coveredFrom: string | null | undefined
  readonly coveredTo: string | null | undefined
}

/** What is wrong with what was typed, and how to fix it. */
export interface RuleProblem {
  readonly field: RuleField
  readonly message: string
}

/** Reads typed rules, or says of each field what is wrong. */
export function readTypedRules(
  typed: TypedRules,
):
  | { readonly ok: true; readonly read: RulesOfSource }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] } {
  const { shows, coveredFrom, coveredTo } = typed
  const age = (field: 'ageFrom' | 'ageTo'): number | null | undefined =>
    typed[field] === '' ? null : wholeNumber(typed[field], 0, OLDEST)
  const [ageFrom, ageTo] = [age('ageFrom'), age('ageTo')]
  const staleDays = wholeNumber(typed.staleDays, 1, MOST_DAYS)
  const removalDays = wholeNumber(typed.removalDays, 1, MOST_DAYS)
  const isKnown = shows === 'current' || shows === 'historic'
  const problems: RuleProblem[] = []
  const demand = (holds: boolean, field: RuleField, message: string): void => {
    if (!holds && !problems.some((problem) => problem.field === field)) {
      problems.push({ field, message })
    }
  }
  demand(isKnown, 'shows', 'Choose which involvement is shown')
  demand(ageFrom !== undefined, 'ageFrom', AGE)
  demand(ageTo !== undefined, 'ageTo', AGE)
  demand(
    (ageFrom ?? 0) <= (ageTo ?? OLDEST),
    'ageTo',
    'Enter a last age that is not under the first',
  )
  demand(
    typeof coveredFrom === 'string',
    'coveredFrom',
    'Enter the first day, for example 1 4 2025',
  )
  demand(coveredTo !== undefined, 'coveredTo', 'Enter a real date, or leave it empty')
  demand(
    (coveredFrom ?? '') <= (coveredTo ?? '9999'),
    'coveredTo',
    'Enter a last day that is not before the first',
  )
  demand(staleDays !== undefined, 'staleDays', DAYS)
  demand(removalDays !== undefined, 'removalDays', DAYS)
  demand(
    (staleDays ?? 0) <= (removalDays ?? MOST_DAYS),
    'removalDays',
    'Enter as many days or more than until data are out of date',
  )
  const facts = { shows, ageFrom, ageTo, staleDays, removalDays, coveredFrom, coveredTo }
  const read = problems.length === 0 ? rulesOfFacts(facts) : undefined
  return read === undefined ? { ok: false, problems } : { ok: true, read }
}

const AGE = `Enter an age in whole years from 0 to ${String(OLDEST)}, or leave it empty`
const DAYS = `Enter a whole number of days from 1 to ${String(MOST_DAYS)}`

function wholeNumber(text: string, least: number, most: number): number | undefined {
  if (!/^[0-9]{1,5}$/.test(text)) return undefined
  const number = Number(text)
  return number >= least && number <= most ? number : undefined
}
