import { isRefusedOf, originsOf } from '#core/filling/origins.ts'
import { mappedHeadings } from '#core/mapping/mapped-headings.ts'
import { readHeader } from '#core/standard/header-reading.ts'
import { changeRules, type RuleChange } from '#core/filling/change-rules.ts'
import { fitRules, planRules } from '#core/filling/plan-rules.ts'
import type { RuleEffect } from '#core/filling/rule-effect.ts'
import { FILLING_LIMITS, type Filling, type FillingRule } from '#core/filling/rules.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import type { FileProfile } from '#core/mapping/overview/file-profile.ts'
import type { ReadingChoices } from '#core/tabular/table.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { describeReading } from './describe-reading.ts'
import { readAnew, type ReadingRefusedWhy } from './read-anew.ts'
import type { Journey, StepForm, StepTaken } from './read-journey.ts'

/** A rule and what it did in this file. */
export interface RuleView {
  readonly rule: FillingRule
  readonly effect: RuleEffect | undefined
}

/** Rules of the service's last file that this one does not use. */
export interface LastRules {
  readonly filling: Filling
  /** Headings that some of them need and this file has not: those rules are left out. */
  readonly missing: readonly string[]
}

/** What the page that fills gaps shows. */
export interface FillingView {
  readonly ok: true
  readonly journey: Journey
  readonly rules: readonly RuleView[]
  /** The file's own headings and those that rules add. */
  readonly headings: readonly string[]
  readonly last: LastRules | undefined
}

/** Reads the rules that fill gaps in a held file, with what each did. */
export async function readFilling(
  store: PortalStore,
  actor: Actor,
  reference: string,
): Promise<FillingView | Refusal<'not-found' | 'file-erased' | 'file-waits'>> {
  const view = await describeReading(store, actor, reference)
  if (!view.ok) return view
  const { journey, reading } = view
  // It was read before with the same choices.
  if (!reading.ok) return refuse('file-erased')
  const rules = journey.reading.preparation?.filling?.rules ?? []
  const effects = reading.receipt.prepared?.gaps ?? []
  return {
    ok: true,
    journey,
    rules: rules.map((rule, place) => ({ rule, effect: effects[place] })),
    headings: reading.header,
    last: rules.length > 0 ? undefined : lastRules(reading),
  }
}

/** Rules of the service's last file, where this one has none of its own. */
export function lastRules({
  last,
  header,
}: Pick<FileProfile, 'last' | 'header'>): LastRules | undefined {
  const filling = last?.mapping.preparation?.filling
  return filling === undefined || filling.rules.length === 0 ? undefined : fitRules(filling, header)
}

/** What is done with the rules of a file. */
export type FillingChange = RuleChange | { readonly to: 'use-again' }

/** A rule that would give several people one identifier, or replace one that the file gives. */
export interface RuleNotAllowed {
  readonly ok: false
  readonly code: 'rule-not-allowed'
  readonly field: string
}

/** Changes the rules of a held file, and has it read so; its columns are matched again then. */
export async function changeFilling(
  store: PortalStore,
  actor: Actor,
  form: StepForm,
  change: FillingChange,
): Promise<
  | StepTaken
  | ReadingRefusedWhy
  | RuleNotAllowed
  | Refusal<'not-found' | 'file-erased' | 'file-waits' | 'rules-too-many'>
> {
  const view = await describeReading(store, actor, form.reference)
  if (!view.ok) return view
  const { journey: before, reading } = view
  if (!reading.ok) return refuse('file-erased')
  const given = before.reading.preparation?.filling
  const filling =
    change.to === 'use-again' ? (given ?? lastRules(reading)?.filling) : changeRules(given, change)
  if ((filling?.rules.length ?? 0) > FILLING_LIMITS.rules) return refuse('rules-too-many')
  const choices = withRules(before.reading, filling)
  const field = fieldNotAllowed(before, reading, choices)
  if (field !== undefined) return { ok: false, code: 'rule-not-allowed', field }
  return readAnew(store, actor, form, before, {
    ...{ step: 'match', choices, event: 'submission.filling-chosen' },
    settled: () => ({}),
    detail: { change: change.to, rules: filling?.rules.length ?? 0 },
  })
}

/** Reading choices with these rules; without any, as if there had never been one. */
function withRules(
  { preparation, ...choices }: ReadingChoices,
  filling: Filling | undefined,
): ReadingChoices {
  const others = { ...preparation }
  Reflect.deleteProperty(others, 'filling')
  const rules = filling === undefined || filling.rules.length === 0 ? {} : { filling }
  const changed = { ...others, ...rules }
  return Object.keys(changed).length === 0 ? choices : { ...choices, preparation: changed }
}

/**
 * A field that the columns give as they are matched, or by what they are called where nothing is
 * said of them yet, and that these rules may not fill.
 */
function fieldNotAllowed(
  { isMatched, kind, mapping }: Journey,
  reading: FileProfile,
  { preparation }: ReadingChoices,
): string | undefined {
  const filling = preparation?.filling
  if (preparation === undefined || filling === undefined) return undefined
  const matched = isMatched && mapping !== null ? mapping : reading.mapping
  const { plan } = planRules(filling, reading.header)
  const compiled = compileMapping({ ...matched, preparation }, plan.header, undefined, kind)
  const refusals = compiled.ok ? [] : compiled.refusals
  const refused = refusals.find(({ code }) => code === 'mapping-filled-not-allowed')
  return refused?.field ?? fieldNamed(filling, new Set(mappedHeadings(matched)))
}

function fieldNamed(filling: Filling, matched: ReadonlySet<string>): string | undefined {
  const originsIn = originsOf(filling)
  return filling.rules
    .filter(({ column }) => !matched.has(column))
    .flatMap(({ column }) =>
      readHeader(column)
        .claims.filter(({ level }) => level === 'exact' || level === 'synonym')
        .map(({ field }) => ({ field, origins: originsIn(column) })),
    )
    .find(({ field, origins }) => isRefusedOf(field, origins))?.field
}
