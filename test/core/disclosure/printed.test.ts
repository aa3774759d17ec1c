import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepPublished } from '#core/disclosure/keep-published.ts'
import {
  candidatesIn,
  differenceInterval,
  HIDDEN,
  intervalOf,
  percentageOf,
  suppress,
} from '#core/disclosure/printed.ts'
import {
  demandUsableSettings,
  DISCLOSURE_SETTINGS,
  type DisclosureSettings,
} from '#core/disclosure/settings.ts'

const programme = DISCLOSURE_SETTINGS.programme
const everyone = DISCLOSURE_SETTINGS.public
const counts = fc.oneof(fc.nat(40), fc.nat(1_000_000))
const settings = fc.constantFrom(programme, everyone)
/** Any settings that print nobody as 0. */
const anySettings = fc
  .record({ threshold: fc.integer({ min: 1, max: 30 }), base: fc.integer({ min: 1, max: 20 }) })
  .filter(({ threshold, base }) => 2 * (threshold + 1) >= base)
  .map((drawn): DisclosureSettings => ({ ...drawn, candidates: 5 }))

describe('a printed figure', () => {
  it('is 0 for nobody, hidden to the threshold, and the nearest multiple of 5 above', () => {
    const printed = [0, 1, 7, 8, 12, 13, 17, 18, 1249].map((count) => suppress(count, programme))
    expect(printed).toEqual([0, HIDDEN, HIDDEN, 10, 10, 15, 15, 20, 1250])
    expect([10, 11, 12, 13].map((count) => suppress(count, everyone))).toEqual([HIDDEN, 10, 10, 15])
  })

  it('[S52] is always 0, hidden, or a multiple of 5 from 10 on', () => {
    fc.assert(
      fc.property(counts, settings, (count, own) => {
        const printed = suppress(count, own)
        expect(printed === HIDDEN || printed === 0 || (printed >= 10 && printed % 5 === 0)).toBe(
          true,
        )
        expect(printed === 0).toBe(count === 0)
      }),
    )
  })

  it('always leaves the true count in the interval that a reader works out, and every count in it possible', () => {
    fc.assert(
      fc.property(counts, anySettings, (count, own) => {
        const printed = suppress(count, own)
        const { least, greatest } = intervalOf(printed, own)
        expect(count).toBeGreaterThanOrEqual(least)
        expect(count).toBeLessThanOrEqual(greatest)
        if (printed === HIDDEN) return
        for (let other = least; other <= greatest; other++) {
          if (other > 0) expect(suppress(other, own)).toBe(printed)
        }
      }),
    )
  })

  it('refuses what is no count', () => {
    for (const count of [-1, 1.5, NaN, Infinity]) {
      expect(() => suppress(count, programme)).toThrow(RangeError)
    }
  })
})

describe('settings', () => {
  it('are refused when they would print somebody as 0 or hide nobody', () => {
    const refused = [
      { threshold: 1, base: 5, candidates: 5 },
      { threshold: 0, base: 5, candidates: 5 },
      { threshold: 7, base: 0, candidates: 5 },
      { threshold: 7.5, base: 5, candidates: 5 },
    ]
    for (const own of refused)
      expect(() => {
        demandUsableSettings(own)
      }).toThrow(RangeError)
  })

  it('of both profiles can be used', () => {
    for (const own of Object.values(DISCLOSURE_SETTINGS)) {
      expect(() => {
        demandUsableSettings(own)
      }).not.toThrow()
    }
  })
})

describe('the difference of two printed figures', () => {
  it('of a quarter with 12 and a year to date with 13 leaves 1 to 9 new people', () => {
    expect([suppress(12, programme), suppress(13, programme)]).toEqual([10, 15])
    expect(differenceInterval(15, 10, programme)).toEqual({ least: 1, greatest: 9 })
  })

  it('always holds the true difference', () => {
    fc.assert(
      fc.property(counts, fc.nat(40), anySettings, (part, more, own) => {
        const left = differenceInterval(suppress(part + more, own), suppress(part, own), own)
        expect(more).toBeGreaterThanOrEqual(left.least)
        expect(more).toBeLessThanOrEqual(left.greatest)
      }),
    )
  })

  it('[S53] always leaves five values or more where few are left over, under threshold 7 and base 5', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 7 }), (part, more) => {
        // Where the part is nobody, the difference is the whole, which is hidden itself.
        const left = differenceInterval(
          suppress(part + more, programme),
          suppress(part, programme),
          programme,
        )
        expect(candidatesIn(left)).toBeGreaterThanOrEqual(5)
      }),
    )
  })

  it('tells too much for the public only where both are the first figure above the threshold', () => {
    expect(candidatesIn(differenceInterval(10, 10, everyone))).toBe(2)
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 10 }), (part, more) => {
        const [whole, some] = [suppress(part + more, everyone), suppress(part, everyone)]
        fc.pre(whole !== 10 || some !== 10)
        expect(candidatesIn(differenceInterval(whole, some, everyone))).toBeGreaterThanOrEqual(5)
      }),
    )
  })
})

describe('a percentage', () => {
  it('[S57] comes from printed values, and never of fewer than eight people', () => {
    expect(percentageOf(10, 40, programme)).toBe(25)
    expect(percentageOf(0, 40, programme)).toBe(0)
    expect(percentageOf(HIDDEN, 40, programme)).toBeNull()
    expect(percentageOf(10, HIDDEN, programme)).toBeNull()
    expect(percentageOf(0, 0, programme)).toBeNull()
    // A part that was rounded above its whole has no share.
    expect(percentageOf(45, 40, programme)).toBeNull()
  })

  it('always says nothing that the two printed values do not say', () => {
    fc.assert(
      fc.property(counts, counts, settings, (part, whole, own) => {
        const share = percentageOf(suppress(part, own), suppress(whole, own), own)
        if (share === null) return
        expect(whole).toBeGreaterThan(own.threshold)
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(100)
      }),
    )
  })
})

describe('a published value', () => {
  it('[S55] always stays when no more people came or went than the threshold', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: -7, max: 7 }), (count, change) => {
        const now = Math.max(0, count + change)
        const published = suppress(count, programme)
        expect(keepPublished(now, published, programme)).toBe(published)
      }),
    )
  })

  it('changes for a change that is much greater', () => {
    expect(keepPublished(50, 30, programme)).toBe(50)
    expect(keepPublished(5, 30, programme)).toBe(HIDDEN)
  })

  it('that was hidden stays hidden, whatever the count is now', () => {
    fc.assert(
      fc.property(counts, settings, (count, own) => {
        expect(keepPublished(count, HIDDEN, own)).toBe(HIDDEN)
      }),
    )
  })

  it('always lies within threshold and rounding of the truth, unless it is hidden', () => {
    fc.assert(
      fc.property(counts, counts, settings, (before, now, own) => {
        const kept = keepPublished(now, suppress(before, own), own)
        if (kept === HIDDEN) return
        expect(Math.abs(kept - now)).toBeLessThanOrEqual(own.threshold + Math.floor(own.base / 2))
      }),
    )
  })
})
