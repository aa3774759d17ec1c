import { HIDDEN, intervalOf, type Printed } from '#core/disclosure/printed.ts'
import type { DisclosureSettings } from '#core/disclosure/settings.ts'
import { isQuarter, type Quarter } from '#core/standard/quarter.ts'
import { SCORECARD_INDICATORS, type IndicatorCode, type IndicatorForm } from './scorecard.ts'

/** What a service aims at in a quarter, for each indicator of the scorecard. */
export interface Target {
  readonly service: string
  readonly quarter: Quarter
  readonly indicator: IndicatorCode
  /** In the indicator's own form, with one decimal at most; null where there is none any more. */
  readonly value: number | null
}

/** Whether a target is the least that an indicator should be, or the most. */
export const TARGET_WAYS: Readonly<Record<IndicatorCode, 'least' | 'most'>> = {
  reached: 'least',
  fresh: 'least',
  wait: 'most',
  longWaits: 'most',
  cameToFour: 'least',
  completed: 'least',
  complete: 'least',
  usable: 'least',
  matchable: 'least',
  daysAfter: 'most',
}

/** How a figure stands against a target; undefined where there is no target. */
export function standingOf(
  indicator: IndicatorCode,
  value: number | null,
  target: number | undefined,
): 'met' | 'not met' | 'not known' | undefined {
  if (target === undefined) return undefined
  if (value === null) return 'not known'
  const isMet = TARGET_WAYS[indicator] === 'least' ? value >= target : value <= target
  return isMet ? 'met' : 'not met'
}

/**
 * How people reached stand against a target by a printed figure: not known where what it may stand for is on both sides of
 * the target. Undefined where there is no target.
 */
export function standingOfPrinted(
  printed: Printed | null,
  target: number | undefined,
  settings: DisclosureSettings,
): ReturnType<typeof standingOf> {
  if (target === undefined) return undefined
  if (printed === null || printed === HIDDEN) return 'not known'
  const { least, greatest } = intervalOf(printed, settings)
  if (least >= target) return 'met'
  return greatest < target ? 'not met' : 'not known'
}

/** Targets of a service and quarter as a form says what it was shown: in the order of the indicators. */
export function seenTargets(targets: ReadonlyMap<IndicatorCode, number> | undefined): string {
  return SCORECARD_INDICATORS.map(({ code }) => targets?.get(code) ?? '').join('|')
}

/** What a target of each form may be. */
const RANGES: Readonly<Record<IndicatorForm, { readonly least: number; readonly most: number }>> = {
  count: { least: 0, most: 1_000_000 },
  days: { least: -400, most: 400 },
  share: { least: 0, most: 100 },
}

/** Reads a target as it is typed: null for none, undefined for what is no target of the indicator. */
export function readTarget(indicator: IndicatorCode, typed: string): number | null | undefined {
  const text = typed
    .trim()
    .replace(/ ?%$/, '')
    .replaceAll(/,(?=[0-9]{3}\b)/g, '')
  if (text === '') return null
  if (!/^-?[0-9]{1,7}([.][0-9])?$/.test(text)) return undefined
  const form = SCORECARD_INDICATORS.find(({ code }) => code === indicator)?.form ?? 'count'
  const { least, most } = RANGES[form]
  const value = Number(text)
  const isWhole = form !== 'count' || Number.isInteger(value)
  return value >= least && value <= most && isWhole ? value : undefined
}

/** The columns of a file of targets. */
export const TARGET_COLUMNS = ['service', 'quarter', 'indicator', 'target'] as const

/**
 * Reads rows of a file of targets, the header first. What is wrong is told by row and column, counted as a spreadsheet counts
 * them, never by what stands there.
 */
export function readTargetRows(
  [header = [], ...rows]: readonly (readonly string[])[],
  services: ReadonlySet<string>,
):
  | { readonly ok: true; readonly targets: readonly Target[] }
  | { readonly ok: false; readonly problems: readonly string[] } {
  const names = header.map((name) => name.trim().toLowerCase())
  const at = TARGET_COLUMNS.map((name) => names.indexOf(name))
  const lacking = TARGET_COLUMNS.filter((_name, index) => (at[index] ?? -1) < 0)
  if (lacking.length > 0) {
    return { ok: false, problems: [`The first row has no column ${lacking.join(', ')}`] }
  }
  const twice = TARGET_COLUMNS.filter((name) => names.indexOf(name) !== names.lastIndexOf(name))
  if (twice.length > 0) {
    return { ok: false, problems: [`The first row has two columns ${twice.join(', ')}`] }
  }
  const problems: string[] = []
  const targets = new Map<string, Target>()
  for (const [index, row] of rows.entries()) {
    const [service = '', quarter = '', code = '', typed = ''] = at.map((place) =>
      (row[place] ?? '').trim(),
    )
    if (row.every((cell) => cell.trim() === '')) continue
    const indicator = SCORECARD_INDICATORS.find((one) => one.code === code)?.code
    const value = indicator === undefined ? undefined : readTarget(indicator, typed)
    const key = JSON.stringify([service, quarter, code])
    const wrong = (
      [
        // A number of thousands without quotes is two cells; a blank target that is not there takes none back.
        [row.length > header.length, 'it has more cells than the first row'],
        [at.some((place) => place >= row.length), 'it has fewer cells than the first row'],
        [!services.has(service), 'the service is not a code of the register'],
        [!isQuarter(quarter), 'the quarter is not written like 2024-Q1'],
        [indicator === undefined, 'the indicator is not one of the scorecard’s'],
        [value === undefined, 'the target is no number that the indicator can have'],
        [targets.has(key), 'an earlier row has the same service, quarter and indicator'],
      ] as const
    ).find(([isWrong]) => isWrong)?.[1]
    if (wrong !== undefined || !isQuarter(quarter) || indicator === undefined) {
      problems.push(`Row ${index + 2}: ${wrong ?? ''}`)
    } else targets.set(key, { service, quarter, indicator, value: value ?? null })
  }
  if (problems.length > 0) return { ok: false, problems }
  return targets.size === 0
    ? { ok: false, problems: ['There is no target in it'] }
    : { ok: true, targets: [...targets.values()] }
}
