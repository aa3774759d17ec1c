/** Where people are counted. */
export type PlaceKind = 'everywhere' | 'area' | 'outside' | 'unknown' | 'area-unknown' | 'ward'

/**
 * What a release may leave out as a whole, so that more of the rest can be shown: where people live
 * tells much of few, since each ward with nobody tells a provider whom others have not seen.
 */
export const LEFT_OUT_PARTS = ['wards', 'places'] as const
export type LeftOut = (typeof LEFT_OUT_PARTS)[number]

/** The least of what several releases leave out: undefined where one of them is whole. */
export function leastLeftOut(releases: readonly (LeftOut | undefined)[]): LeftOut | undefined {
  if (releases.includes(undefined)) return undefined
  return LEFT_OUT_PARTS.find((part) => releases.includes(part))
}

/**
 * Whether a release that leaves something out has figures of a place: without wards it has none of
 * the ward not known either, and without places those of everywhere alone.
 */
export function printsPlace(kind: PlaceKind, leftOut: LeftOut | undefined): boolean {
  if (leftOut === 'places') return kind === 'everywhere'
  return leftOut === undefined || (kind !== 'ward' && kind !== 'area-unknown')
}
