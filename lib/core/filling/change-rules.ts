import { FILLING_VERSION, type Filling, type FillingRule } from './rules.ts'

/** One change of a list of rules; places count from 0. */
export type RuleChange =
  | { readonly to: 'add'; readonly rule: FillingRule }
  | { readonly to: 'remove' | 'move-up' | 'move-down'; readonly place: number }

/** A list of rules after a change; a place that it has not leaves it as it is. */
export function changeRules(filling: Filling | undefined, change: RuleChange): Filling {
  const rules = [...(filling?.rules ?? [])]
  if (change.to === 'add') rules.push(change.rule)
  else {
    const { to, place } = change
    const rule = rules[place]
    const goes = to === 'remove' ? undefined : place + (to === 'move-up' ? -1 : 1)
    const isThere = goes === undefined || (goes >= 0 && goes < rules.length)
    if (rule !== undefined && isThere) {
      rules.splice(place, 1)
      if (goes !== undefined) rules.splice(goes, 0, rule)
    }
  }
  return { version: FILLING_VERSION, rules }
}
