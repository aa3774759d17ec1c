import { describe, expect, it } from 'vitest'
import { describeClients } from '#core/estimate/described-clients.ts'
import { PartedClients, type PartedClient } from '#core/estimate/parted-clients.ts'
import { RandomStream } from '#core/estimate/random-stream.ts'
import { decide, records, type Said } from '../linkage/people.ts'

/** A reference of a library that asks for little, in two quarters. */
const FIRST = { service: 'library', client: 'c', birth: '2021-03', nameBirth: 'ana 3' } as const
const LATER = { ...FIRST, quarter: '2024-Q2', birth: '2021-04', nameBirth: 'ana 4' } as const

/** What is parted among records of one part; the cell of each is its place. */
function partedOf(counts: PartedClients, ...said: readonly Said[]): PartedClient[] {
  const of = records(...said)
  const cells = of.map((_, place) => place)
  return counts.add(describeClients(of, cells, decide(of)))
}

/** How likely a reference of two births is one person's, on average. */
function meanDraw(counts: PartedClients): number {
  const draws = Array.from({ length: 200 }, (_, n) => counts.draw(new RandomStream(1, n)))
  return draws.reduce((sum, share) => sum + share, 0) / draws.length
}

describe('a reference that was found as two people', () => {
  it('is one that may be one person’s, where nothing but the birth differs', () => {
    expect(partedOf(new PartedClients(), FIRST, LATER)).toEqual([
      { service: 'library', cells: [[0], [1]] },
    ])
  })

  it('stands for all that was found of either', () => {
    const elsewhere = { service: 'library 2', nameBirth: 'ana 3', birth: '2021-03' }
    expect(partedOf(new PartedClients(), FIRST, LATER, elsewhere)).toEqual([
      { service: 'library', cells: [[0, 2], [1]] },
    ])
  })

  it('is two people’s where NHS numbers, genders or twelve years say so', () => {
    for (const [one, other] of [
      [{ nhsNumber: 'N' }, { nhsNumber: 'M' }],
      [{ gender: 'M' }, { gender: 'F' }],
      [{}, { birth: '2009-02' }],
    ] as const) {
      const counts = new PartedClients()
      const before = meanDraw(counts)
      expect(partedOf(counts, { ...FIRST, ...one }, { ...LATER, ...other })).toEqual([])
      expect(meanDraw(counts)).toBeLessThan(before - 0.05)
    }
  })

  it('is likelier one person’s the more references of two births an NHS number shows to be so', () => {
    const counts = new PartedClients()
    const before = meanDraw(counts)
    for (let n = 0; n < 20; n++) {
      const number = { nhsNumber: `N${String(n)}`, client: `c${String(n)}` }
      expect(partedOf(counts, { ...FIRST, ...number }, { ...LATER, ...number })).toEqual([])
    }
    expect(meanDraw(counts)).toBeGreaterThan(before)
  })
})
