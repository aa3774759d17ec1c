import { describe, expect, it } from 'vitest'
import { EarlierReleases } from '#core/disclosure/attack/earlier.ts'
import { isNearlyAllSmall } from '#core/disclosure/attack/hide-at-once.ts'
import { ReleaseModel, type PrintedRelease } from '#core/disclosure/attack/release-model.ts'
import { repairRelease } from '#core/disclosure/attack/repair.ts'
import { HIDDEN_CELL } from '#core/disclosure/print-lattice.ts'
import { DISCLOSURE_SETTINGS, PROFILES, type Profile } from '#core/disclosure/settings.ts'
import { enumerate } from './enumeration.ts'
import { drawTables } from './random-numbers.ts'
import { wardRelease } from './ward-tables.ts'

/** How far the enumeration tries what nothing bounds. */
const MOST = 40

/**
 * Wards whose figures are safe in either release: that for the programme says of 11, 8, 1 that 8 is 8 to 12, and that for
 * the public that it is 10 or fewer and that 11 is 11 or 12: of a total of 20 this leaves 1 to 3 of the last.
 */
const KNOWN = [
  [11, 8, 1],
  [8, 11, 1],
  [11, 8, 2],
]

/** A release of a profile that was made and repaired, by who has read another of the same counts. */
function make(
  counts: readonly number[],
  profile: Profile,
  before?: { readonly release: PrintedRelease; readonly profile: Profile },
): PrintedRelease & { readonly untold: number } {
  const release = wardRelease(counts, DISCLOSURE_SETTINGS[profile])
  const earlier = new EarlierReleases(release.lattice, release.counts, profile)
  if (before !== undefined) {
    const { printed, settings } = before.release
    earlier.read({ series: before.profile, settings, printed, hidden: new Map() })
  }
  const { printed, untold } = repairRelease({ ...release, readers: earlier.readers })
  return { ...release, printed, untold }
}

/**
 * Whether every figure that two releases of the same counts both hide is left five values to who
 * has both, by trying every table; nothing of what the repair takes earlier releases for is used.
 */
function isSafeTogether(one: PrintedRelease, other: PrintedRelease): boolean {
  const [model, second] = [new ReleaseModel(one), new ReleaseModel(other)]
  const ranges = enumerate(
    model.system,
    (unknown) => {
      const { least, greatest } = model.bounds(unknown)
      const known = (model.cellsOf[unknown] ?? []).map((cell) => second.known(cell))
      return {
        least: Math.max(least, ...known.map((each) => each.least)),
        greatest: Math.min(greatest, ...known.map((each) => each.greatest)),
      }
    },
    MOST,
  )
  return model.cellsOf.every((cells, unknown) => {
    const isHidden = [one, other].every(({ printed }) =>
      cells.some((cell) => printed[cell] === HIDDEN_CELL),
    )
    const { least, greatest } = ranges[unknown] ?? { least: 0, greatest: 0 }
    return !isHidden || greatest - least >= 4
  })
}

describe('two releases of the same counts, one for the programme and one for the public', () => {
  it.each([
    ['programme', 'public'],
    ['public', 'programme'],
  ] as const)('[S53] tell nothing together when that for the %s came first', (first, second) => {
    let toldApart = 0
    for (const counts of [...KNOWN, ...drawTables(8)]) {
      const releases = PROFILES.map((profile) => wardRelease(counts, DISCLOSURE_SETTINGS[profile]))
      // What prints nothing leaves everything open, which no enumeration ends of.
      if (releases.some(isNearlyAllSmall)) continue
      const release = make(counts, first)
      const apart = make(counts, second)
      toldApart += Number(!isSafeTogether(release, apart))
      const together = make(counts, second, { release, profile: first })
      expect(together.untold, counts.join()).toBe(0)
      expect(isSafeTogether(release, together), counts.join()).toBe(true)
    }
    // Each attacked by itself, these would have told.
    expect(toldApart).toBeGreaterThanOrEqual(KNOWN.length)
  })
})
