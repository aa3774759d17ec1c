/**
 * How much a figure must be blurred before it may leave, as data. Source: NHS England's practice
 * for small numbers (1–7 hidden, others to the nearest 5); a release to the public hides more.
 */

/** Who a release is for: those who run and pay the programme, or everybody. */
export type Profile = 'programme' | 'public'

/** Threshold and rounding of a release. */
export interface DisclosureSettings {
  /** 1 to this many people are hidden. */
  readonly threshold: number
  /** Everything above is printed as the nearest multiple of this. */
  readonly base: number
  /** A hidden quantity must be left with at least this many possible values. */
  readonly candidates: number
}

/** The settings of each profile. */
export const DISCLOSURE_SETTINGS: Readonly<Record<Profile, DisclosureSettings>> = {
  programme: { threshold: 7, base: 5, candidates: 5 },
  public: { threshold: 10, base: 5, candidates: 5 },
}

/**
 * Providers that might put their own counts together, by code: a release must tell them nothing
 * either. Each provider is looked at by itself anyhow.
 */
export const PROVIDERS_TOGETHER: readonly (readonly string[])[] = []

/** The profiles, in order of how much they hide. */
export const PROFILES: readonly Profile[] = ['programme', 'public']

/**
 * Throws a RangeError unless the settings hide anything and print nobody's figure as 0: with a
 * threshold of 1 and a base of 5, two people would be.
 */
export function demandUsableSettings({ threshold, base, candidates }: DisclosureSettings): void {
  const counts = [threshold, base, candidates].every(
    (value) => Number.isSafeInteger(value) && value >= 1,
  )
  if (!counts || nearestMultiple(threshold + 1, base) === 0) {
    throw new RangeError('disclosure settings would print somebody as 0')
  }
}

/**
 * The multiple of `base` that is nearest to a whole number; of two that are equally near the
 * greater.
 */
export function nearestMultiple(value: number, base: number): number {
  return Math.floor((2 * value + base) / (2 * base)) * base
}
