import { HIDDEN } from './printed.ts'
import type { ReleasedCell } from './released-figures.ts'
import type { ReleasedUse } from './released-use.ts'
import type { DisclosureSettings, Profile } from './settings.ts'

/**
 * A release as one text, which its digest covers: what an outsider needs to see that its figures
 * are those that were published. Written in docs/releases.md.
 */

/** What a release says about itself. */
export interface ReleaseFacts {
  readonly reference: string
  readonly profile: Profile
  readonly firstQuarter: string
  readonly lastQuarter: string
  readonly version: number
  /** UTC, ISO 8601 with milliseconds. */
  readonly madeAt: string
  readonly settings: DisclosureSettings & { readonly ageBands: readonly string[] }
  readonly linkageVersion: number
  readonly linkagePolicy: string
  /**
   * Check value of the platform key that its records were under; empty when nothing was stored yet.
   */
  readonly keyCheck: string
  readonly programVersion: string
  readonly strands: readonly string[]
  readonly services: readonly { readonly code: string; readonly strand: string }[]
  readonly wards: readonly string[]
  /** Services with a file, by quarter. */
  readonly coverage: Readonly<Record<string, readonly string[]>>
  /** What it tells of beside reach; undefined where that is nothing. */
  readonly use?: ReleasedUse | undefined
}

/**
 * The text: a line of its format, a line for each fact, and a line for each cell that is not 0,
 * sorted by code unit; fields are separated by TAB and lines end with LF. Codes hold neither.
 */
export function releaseText(facts: ReleaseFacts, cells: readonly ReleasedCell[]): string {
  const { settings } = facts
  const lines = [
    ['countonce-release-1'],
    ['reference', facts.reference],
    ['profile', facts.profile],
    ['quarters', facts.firstQuarter, facts.lastQuarter],
    ['version', facts.version],
    ['made', facts.madeAt],
    ['threshold', settings.threshold],
    ['base', settings.base],
    ['candidates', settings.candidates],
    ['age bands', ...settings.ageBands],
    ['linkage version', facts.linkageVersion],
    ['linkage policy', facts.linkagePolicy],
    ['key check', facts.keyCheck],
    ['program version', facts.programVersion],
    ['strands', ...facts.strands],
    ['wards', ...facts.wards],
    ...facts.services.map(({ code, strand }) => ['service', code, strand]),
    ...Object.keys(facts.coverage)
      .sort()
      .map((quarter) => ['coverage', quarter, ...(facts.coverage[quarter] ?? [])]),
    ...useLines(facts.use),
  ].map((fields) => fields.join('\t'))
  const sorted = cells.map(cellLine).sort()
  return [...lines, ...sorted, ''].join('\n')
}

/** A release of reach alone says nothing of this, as those before there was it. */
function useLines(use: ReleasedUse | undefined): string[][] {
  if (use === undefined) return []
  const codes = (scales: ReleasedUse['scales']): string[] => scales.map(({ code }) => code)
  return [
    ['scales', ...codes(use.scales)],
    ['ruled scales', ...codes(use.scales.filter(({ isRuled }) => isRuled))],
  ]
}

function cellLine(cell: ReleasedCell): string {
  return [
    'cell',
    cell.quarter,
    cell.span,
    cell.scope,
    cell.scopeCode,
    cell.place,
    cell.placeCode,
    cell.attribute,
    cell.attributeValue,
    cell.measure,
    cell.printed === HIDDEN ? HIDDEN : String(cell.printed),
  ].join('\t')
}
