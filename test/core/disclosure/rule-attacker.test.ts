import { expect, it } from 'vitest'
import { DISCLOSURE_SETTINGS } from '#core/disclosure/settings.ts'
import { readByRule } from './rule-attacker.ts'

/** How far a hidden ward is tried. */
const MOST = 16

it.each([
  [[9, 3], 1],
  [[8, 8, 1], 2],
  // Who sees two hidden ones would else know that both are small, since nothing had to be hidden for their sake.
  [[16, 7, 6], 3],
  // Beside a total that is hidden too, zeros would else say that it was hidden for their sake, and not because it is small.
  [[6, 7], 2],
] as const)(
  '[S53] wards of %j leave a hidden one five values to who has this program and tries every table with it',
  (counts, hidden) => {
    const left = readByRule(counts, DISCLOSURE_SETTINGS.programme, MOST)
    expect(left.length).toBeGreaterThanOrEqual(hidden)
    for (const { ward, least, greatest } of left) {
      const count = counts[ward] ?? -1
      expect(count >= least && count <= greatest).toBe(true)
      expect(greatest - least, `ward ${ward}`).toBeGreaterThanOrEqual(4)
    }
  },
  120_000,
)
