import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packMistakes, unpackMistakes } from '#core/estimate/copied-mistakes.ts'
import { estimateFigures } from '#core/estimate/estimate-figures.ts'
import { drawRates } from '#core/estimate/draw-rates.ts'
import { SlipCounts } from '#core/estimate/slip-counts.ts'
import { RandomStream } from '#core/estimate/random-stream.ts'
import { estimateProgramme, inventProgramme } from './invented-programme.ts'

const USUAL = { people: 1000, slips: 0.04, numbered: 0.9 } as const
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8] as const

describe('an estimate', () => {
  const outcomes = SEEDS.map((seed) => estimateProgramme(inventProgramme({ ...USUAL, seed })))

  it('is nearer the truth than what was found, programme after programme', () => {
    for (const { truth, found, estimate } of outcomes) {
      expect(found).toBeGreaterThan(truth)
      expect(Math.abs(estimate.estimate - truth)).toBeLessThan(found - truth)
    }
  })

  it('has an interval that holds the truth, and not by being wide', () => {
    const held = outcomes.filter(
      ({ truth, estimate }) => estimate.low <= truth && truth <= estimate.high,
    )
    expect(held.length).toBeGreaterThanOrEqual(7)
    for (const { truth, found, estimate } of outcomes) {
      expect(estimate.high - estimate.low).toBeLessThan(1.5 * (found - truth))
    }
  })

  it('repeats, and is of its seed alone', () => {
    const programme = inventProgramme({ ...USUAL, seed: 9, people: 200 })
    const once = estimateProgramme(programme)
    expect(estimateProgramme(programme)).toEqual(once)
    expect(estimateProgramme(programme, { seed: 2 }).copied.mistakes).not.toEqual(
      once.copied.mistakes,
    )
  })

  it('is of wider bounds where few pairs share an NHS number, and never of none', () => {
    const few = estimateProgramme(inventProgramme({ ...USUAL, seed: 3, numbered: 0.03 }))
    const many = outcomes[2]
    expect(few.copied.pairs).toBeLessThan(20)
    expect(many?.copied.pairs).toBeGreaterThan(200)
    const width = ({ low, high }: { low: number; high: number }): number => high - low
    expect(width(few.estimate)).toBeGreaterThan(2 * width(many?.estimate ?? few.estimate))
  })

  it('takes next to nothing off where nothing is ever written otherwise', () => {
    const { found, truth, estimate } = estimateProgramme(
      inventProgramme({ seed: 4, people: 1500, slips: 0, numbered: 1 }),
    )
    expect(found).toBe(truth)
    expect(truth - estimate.estimate).toBeLessThanOrEqual(1)
    expect(estimate.low).toBeLessThanOrEqual(truth)
    expect(estimate.high).toBeGreaterThanOrEqual(truth)
  })

  it('of a share of the parts is about that of all of them', () => {
    const programme = inventProgramme({ ...USUAL, seed: 5, people: 1200 })
    const whole = estimateProgramme(programme)
    const part = estimateProgramme(programme, { sampled: 0.5 })
    const off = Math.abs(part.estimate.estimate - whole.estimate.estimate)
    expect(off).toBeLessThan(0.4 * (whole.found - whole.estimate.estimate))
    expect(part.copied.mistakes.length).toBeLessThan(0.7 * whole.copied.mistakes.length)
  })

  it('names the services whose rows leave most open, with how many have no strong evidence', () => {
    const [first] = outcomes[0]?.copied.services ?? []
    // The library asks for no postcode and no number, so that nothing bridges a mistyped name.
    expect(first?.service).toBe('library')
    expect(first?.withoutStrong).toBeGreaterThan(0)
    expect(first?.withoutStrong).toBe(first?.rows)
    const visits = outcomes[0]?.copied.services.find(({ service }) => service === 'visits')
    expect(visits?.withoutStrong).toBeLessThan(visits?.rows ?? 0)
    const shares = outcomes[0]?.copied.services.map(({ share }) => share) ?? []
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
  })
})

describe('estimates of single figures', () => {
  const copied = {
    copies: 2,
    sampled: 1,
    pairs: 500,
    services: [],
    mistakes: packMistakes([
      // One person of cells 0 and 1, found as two.
      { copy: 0, weight: 1, people: [[0, 1]], found: [[0], [1]] },
      { copy: 1, weight: 1, people: [[0, 1]], found: [[0, 1], []] },
      // Two people of cell 2, found as one.
      { copy: 0, weight: 1, people: [[2], [2]], found: [[2]] },
      { copy: 1, weight: 1, people: [[2], [2]], found: [[2]] },
    ]),
  }
  const found = new Map([
    ['whole', 100],
    ['0', 50],
    ['2', 20],
  ])
  const estimates = estimateFigures(copied, found, (cell) => ['whole', String(cell)])

  it('count somebody found twice only where both are counted', () => {
    expect(estimates.get('0')).toEqual({ estimate: 50, low: 50, high: 50 })
  })

  it('add who was found as one with somebody else', () => {
    expect(estimates.get('2')?.estimate).toBe(21)
  })

  it('hold what was found where they take nothing off', () => {
    const { low = 0, estimate = 0, high = 0 } = estimates.get('whole') ?? {}
    expect(low).toBeLessThanOrEqual(estimate)
    expect(high).toBeGreaterThanOrEqual(estimate)
  })
})

describe('mistakes', () => {
  const cells = fc.array(fc.nat(1000), { maxLength: 5 })
  const mistake = fc.record({
    copy: fc.nat(99),
    weight: fc.nat(3000).map((parts) => parts / 1000),
    people: fc.array(cells, { maxLength: 4 }),
    found: fc.array(cells, { maxLength: 4 }),
  })

  it('come out of their numbers as they went in', () => {
    fc.assert(
      fc.property(fc.array(mistake, { maxLength: 8 }), (mistakes) => {
        expect([...unpackMistakes(packMistakes(mistakes))]).toEqual(mistakes)
      }),
    )
  })
})

describe('drawn rates', () => {
  it('take no name written another way, with one slip more, for two names wholly different', () => {
    const namesDrawn = (several: number): number => {
      const counts = new SlipCounts()
      const { first, last, postcode, part, several: more } = counts.of.child
      for (const slip of [first, last, postcode]) Object.assign(slip, { yes: 24, no: 400 })
      Object.assign(part, { yes: 100, no: 100 })
      Object.assign(more, { yes: several, no: 400 })
      const draws = Array.from({ length: 400 }, (_, at) => drawRates(counts, new RandomStream(at)))
      return draws.reduce((sum, { of }) => sum + of.child.names, 0) / draws.length
    }
    // Of a hundred that left a surname out one in six slipped in one thing more besides.
    expect(namesDrawn(20)).toBeLessThan(0.002)
    expect(namesDrawn(80)).toBeGreaterThan(0.03)
  })
})

describe('a random stream', () => {
  it('draws shares about those that were counted, nearer the more were', () => {
    const random = new RandomStream(5)
    const draw = (yes: number, no: number): number[] =>
      Array.from({ length: 2000 }, () => random.share(yes, no))
    const mean = (list: readonly number[]): number =>
      list.reduce((sum, value) => sum + value, 0) / list.length
    const spread = (list: readonly number[]): number =>
      Math.sqrt(mean(list.map((value) => (value - mean(list)) ** 2)))
    const [few, many] = [draw(1, 9), draw(100, 900)]
    expect(mean(few)).toBeCloseTo(0.1, 1)
    expect(mean(many)).toBeCloseTo(0.1, 2)
    // The deviation of a beta distribution.
    expect(spread(few)).toBeCloseTo(Math.sqrt((0.1 * 0.9) / 11), 2)
    expect(spread(many)).toBeCloseTo(Math.sqrt((0.1 * 0.9) / 1001), 3)
  })
})
