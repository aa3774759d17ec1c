import { codeKey } from '#core/standard/code-key.ts'
import { columnNamed } from '#core/preparation/named-columns.ts'
import { columnsRead, type Filling, type FillingRule } from './rules.ts'

/** A rule with the places of its columns. */
export interface PlannedRule {
  readonly rule: FillingRule
  readonly column: number
  readonly from: readonly number[]
}

/** Rules made ready for the rows below a header. */
export interface FillingPlan {
  readonly rules: readonly PlannedRule[]
  /** The file's own, then those that rules add. */
  readonly header: readonly string[]
}

/** A rule that needs a column that there is not, or not only once. */
export interface RuleMisfit {
  /** From 0. */
  readonly place: number
  readonly heading: string
}

/** Finds the columns of rules, each of which may name those that were added before it. */
export function planRules(
  { rules }: Filling,
  given: readonly string[],
): { readonly plan: FillingPlan; readonly misfits: readonly RuleMisfit[] } {
  const header = [...given]
  const planned: PlannedRule[] = []
  const misfits: RuleMisfit[] = []
  for (const [place, rule] of rules.entries()) {
    const read = columnsRead(rule)
    const from = read.map((heading) => columnNamed(header, heading))
    const missing = read[from.findIndex((column) => column < 0)]
    const target = columnNamed(header, rule.column)
    const isOfOthers = rule.kind === 'translate' || rule.kind === 'copy-above'
    if (missing !== undefined) misfits.push({ place, heading: missing })
    else if (target >= 0) planned.push({ rule, column: target, from })
    // A heading like two others would be mistaken for either; no words of its own are in a new one.
    else if (isOfOthers || isLike(header, rule.column))
      misfits.push({ place, heading: rule.column })
    else planned.push({ rule, column: header.push(rule.column) - 1, from })
  }
  return { plan: { rules: planned, header }, misfits }
}

/** The rules that fit a file, and the headings that the others need. */
export function fitRules(
  filling: Filling,
  header: readonly string[],
): { readonly filling: Filling; readonly missing: readonly string[] } {
  const { plan, misfits } = planRules(filling, header)
  return {
    filling: { ...filling, rules: plan.rules.map(({ rule }) => rule) },
    missing: [...new Set(misfits.map(({ heading }) => heading))],
  }
}

function isLike(header: readonly string[], heading: string): boolean {
  const key = codeKey(heading)
  return header.some((other) => other === heading || (key !== '' && codeKey(other) === key))
}
