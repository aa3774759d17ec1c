import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  attributeGroupNumber,
  cellNumber,
  FIRST_WARD,
  groupNumber,
  MEASURE,
  SPAN,
} from '#core/disclosure/lattice.ts'
import { Attack } from './attack-by-solver.ts'
import { ReleaseModel, type PrintedRelease } from '#core/disclosure/attack/release-model.ts'
import { Secrets } from '#core/disclosure/attack/secrets.ts'
import { repairRelease } from '#core/disclosure/attack/repair.ts'
import { loadSolver } from '#server/figures/releases/highs-solver.ts'
import { HIDDEN_CELL, printsAnything } from '#core/disclosure/print-lattice.ts'
import { enumerate } from './enumeration.ts'
import {
  girlsAndBoys,
  threeServices,
  twoServices,
  viewOf,
  viewOfTwo,
  wardRelease,
} from './ward-tables.ts'

/** How far the enumeration tries what nothing bounds. */
const MOST = 40

function peopleAt({ lattice }: PrintedRelease, place: number): number {
  return cellNumber(lattice, groupNumber(lattice, 0, 0, place), 0, SPAN.quarter, MEASURE.people)
}

function printedWards(release: PrintedRelease, printed: Int32Array): (number | undefined)[] {
  return release.lattice.lists.wards.map((_, ward) => printed[peopleAt(release, FIRST_WARD + ward)])
}

/** How many values are left of people in a ward, to somebody who reads what is printed. */
function leftOfWard(release: PrintedRelease, printed: Int32Array, ward: number): number {
  const model = new ReleaseModel({ ...release, printed })
  const unknown = model.unknownOf[peopleAt(release, FIRST_WARD + ward)] ?? 0
  const range = enumerate(model.system, (one) => model.bounds(one), MOST)[unknown]
  return range === undefined ? 0 : range.greatest - range.least + 1
}

describe('known leaks', () => {
  it('[S53] of wards with 16, 7 and 6 people are told to whoever knows that nothing was hidden for their sake', () => {
    const release = wardRelease([16, 7, 6])
    expect(printedWards(release, release.printed)).toEqual([15, HIDDEN_CELL, HIDDEN_CELL])
    expect([1, 2].map((ward) => leftOfWard(release, release.printed, ward))).toEqual([4, 4])
    const { printed, untold } = repairRelease(release)
    expect(untold).toBe(0)
    expect(printedWards(release, printed)).toEqual([HIDDEN_CELL, HIDDEN_CELL, HIDDEN_CELL])
    expect([1, 2].map((ward) => leftOfWard(release, printed, ward) >= 5)).toEqual([true, true])
  })

  it('[S53] of wards with 8, 8 and 1 people are told, and repaired', () => {
    const release = wardRelease([8, 8, 1])
    expect(printedWards(release, release.printed)).toEqual([10, 10, HIDDEN_CELL])
    expect(leftOfWard(release, release.printed, 2)).toBe(1)
    const { printed, untold } = repairRelease(release)
    expect(untold).toBe(0)
    expect(leftOfWard(release, printed, 2)).toBeGreaterThanOrEqual(5)
  })

  it('[S53] of wards with 12, 12, 12 and 7 people are told to whoever knows the threshold, and repaired by one more', () => {
    const release = wardRelease([12, 12, 12, 7])
    expect(leftOfWard(release, release.printed, 3)).toBe(1)
    const { printed } = repairRelease(release)
    expect(printedWards(release, printed)).toEqual([HIDDEN_CELL, 10, 10, HIDDEN_CELL])
    expect(printed[peopleAt(release, 1)]).toBe(45)
    expect(leftOfWard(release, printed, 3)).toBeGreaterThanOrEqual(5)
  })
})

/** How many values are left of what everybody is less one service, to that service's provider. */
function leftOfOthers(
  release: PrintedRelease,
  printed: Int32Array,
  exact = viewOf(release, 'baby-club'),
): number {
  const model = new ReleaseModel({ ...release, printed })
  const everybody = model.unknownOf[peopleAt(release, 0)] ?? 0
  // What nothing bounds is tried up to more than anybody's own, or it would look told.
  const range = enumerate(model.system, (one) => model.bounds(one, exact), 70)[everybody]
  return range === undefined ? 0 : range.greatest - range.least + 1
}

describe('a provider', () => {
  it('[S56] with 41 of 42 people is not told of the one other: the total is withheld', () => {
    const release = twoServices(41, 1)
    expect(release.printed[peopleAt(release, 0)]).toBe(40)
    expect(leftOfOthers(release, release.printed)).toBeLessThan(5)
    const { printed, untold } = repairRelease(release, [viewOf(release, 'baby-club')])
    expect(untold).toBe(0)
    expect(printed[peopleAt(release, 0)]).toBe(HIDDEN_CELL)
    expect(leftOfOthers(release, printed)).toBeGreaterThanOrEqual(5)
  })

  it('[S56] with several services is not told by how many used any of them: of 41 of 42 people', () => {
    const release = threeServices({ first: 26, second: 21, both: 6, others: 1 })
    const knows = viewOfTwo(release, true)
    expect(release.printed[peopleAt(release, 0)]).toBe(40)
    expect(leftOfOthers(release, release.printed, knows)).toBeLessThan(5)
    const each = { ...release, unions: undefined }
    expect(leftOfOthers(each, release.printed, viewOfTwo(release, false))).toBe(5)
    const { printed, untold } = repairRelease(release, [knows])
    expect(untold).toBe(0)
    expect(printed[peopleAt(release, 0)]).toBe(HIDDEN_CELL)
    expect(leftOfOthers(release, printed, knows)).toBeGreaterThanOrEqual(5)
  })

  it('[S56] is not told by its own girls of the few other girls: of 31 of 33', async () => {
    const solver = await loadSolver()
    const release = girlsAndBoys([31, 40], [2, 40])
    const girls = cellNumber(
      release.lattice,
      attributeGroupNumber(release.lattice, 'gender', 0),
      ...([0, SPAN.quarter, MEASURE.people] as const),
    )
    const view = viewOf(release, 'baby-club')
    /** How many values are left of all girls, and so of the others'. */
    const left = (printed: Int32Array): number => {
      const model = new ReleaseModel({ ...release, printed })
      const { least, greatest } = new Attack(model, solver, view).interval(
        model.unknownOf[girls] ?? 0,
      )
      return greatest - least + 1
    }
    expect(release.printed[girls]).toBe(35)
    expect(left(release.printed)).toBeLessThan(5)
    const { printed, untold, hidden } = repairRelease(release, [view])
    expect(untold).toBe(0)
    expect(hidden.length).toBeGreaterThan(0)
    expect(left(printed)).toBeGreaterThanOrEqual(5)
    // Who does not know its own girls is left enough by what is printed.
    expect(repairRelease({ ...release, breakdowns: undefined }).hidden).toEqual([])
  })

  it('[S56] always leaves five values of the few others, by trying every table', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 60 }),
        fc.integer({ min: 1, max: 7 }),
        (own, others) => {
          const release = twoServices(own, others)
          const { printed, untold } = repairRelease(release, [viewOf(release, 'baby-club')])
          expect(untold).toBe(0)
          expect(leftOfOthers(release, printed)).toBeGreaterThanOrEqual(5)
        },
      ),
      { numRuns: 25, examples: [[59, 1]] },
    )
  })
})

const wards = fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 2, maxLength: 4 })

describe('the attack', () => {
  it('always finds the bounds that trying every table finds, or stays outside of them without a solver', () => {
    fc.assert(
      fc.property(wards, (counts) => {
        const release = wardRelease(counts)
        const model = new ReleaseModel(release)
        const attack = new Attack(model)
        const ranges = enumerate(model.system, (one) => model.bounds(one), MOST)
        for (const unknown of new Secrets(model).list()) {
          const { least, greatest } = ranges[unknown] ?? { least: 0, greatest: 0 }
          expect(attack.leaves(unknown)).toBe(greatest - least >= 4)
          const { inner, outer } = attack.range(unknown)
          expect(outer.least).toBeLessThanOrEqual(least)
          expect(outer.greatest).toBeGreaterThanOrEqual(greatest)
          expect(inner.least).toBeGreaterThanOrEqual(least)
          // What nothing bounds was tried up to a number only.
          if (greatest < MOST) expect(inner.greatest).toBeLessThanOrEqual(greatest)
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('the repair', () => {
  it('[S53] always leaves every hidden figure and small difference five values, by trying every table', () => {
    fc.assert(
      fc.property(wards, (counts) => {
        const release = wardRelease(counts)
        const { printed, untold } = repairRelease(release)
        // One that prints nothing leaves everything open, which no enumeration ends of.
        if (!printsAnything(release.lattice, printed)) return
        expect(untold).toBe(0)
        const model = new ReleaseModel({ ...release, printed })
        const ranges = enumerate(model.system, (one) => model.bounds(one), MOST)
        for (const unknown of new Secrets(model).list()) {
          const { least, greatest } = ranges[unknown] ?? { least: 0, greatest: 0 }
          expect(greatest - least + 1, counts.join()).toBeGreaterThanOrEqual(5)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('says what it hid and for whose sake, and hides nothing where nothing is told', () => {
    const release = wardRelease([8, 8, 1])
    const { hidden } = repairRelease(release)
    expect(hidden.length).toBeGreaterThan(0)
    for (const { cell, figure, sake } of hidden) {
      expect(figure).toBe(release.printed[cell])
      expect(sake.length).toBeGreaterThan(0)
    }
    expect(repairRelease(wardRelease([20, 30, 40])).hidden).toEqual([])
  })
})
