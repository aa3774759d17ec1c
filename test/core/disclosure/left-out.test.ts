import { describe, expect, it } from 'vitest'
import { repairRelease } from '#core/disclosure/attack/repair.ts'
import { byLoss, cellsOfTable, LEAVABLE } from '#core/disclosure/left-out.ts'
import { MEASURE, MEASURES } from '#core/disclosure/lattice.ts'
import { leftOutWords } from '#core/messages/releases/left-out-words.ts'
import { wardRelease } from './ward-tables.ts'

const release = wardRelease([120, 40, 30, 7])

describe('what a release leaves out as a whole', () => {
  it('is every figure of a table, by place, by measure or by period', () => {
    const { lattice } = release
    const wards = new Set(cellsOfTable(lattice, 'wards'))
    const perGroup = lattice.cells / lattice.groups.length
    for (let cell = 0; cell < lattice.cells; cell++) {
      const { place } = lattice.groups[Math.floor(cell / perGroup)] ?? {}
      expect(wards.has(cell)).toBe(place === 'ward' || place === 'area-unknown')
    }
    const families = cellsOfTable(lattice, 'families')
    expect(families.every((cell) => cell % MEASURES.length === MEASURE.families)).toBe(true)
    expect(families).toHaveLength(lattice.cells / MEASURES.length)
    expect(cellsOfTable(lattice, 'everything')).toHaveLength(lattice.cells)
  })

  it('is chosen by what it loses: larger figures more, and nothing of what is hidden anyway', () => {
    const { lattice, printed } = release
    const order = byLoss(lattice, () => true, printed)
    expect([...order].sort()).not.toContain('age-band')
    expect(order.indexOf('services-by-ward')).toBeLessThan(order.indexOf('wards'))
    expect(order.indexOf('wards')).toBeLessThan(order.indexOf('places'))
    expect(byLoss(lattice, () => false, printed)).toEqual([])
  })

  it('[S53] is nothing for the sake of what somebody knows already who has read releases before', () => {
    const { lattice, counts } = release
    const perGroup = lattice.cells / lattice.groups.length
    const isLast = (cell: number): boolean =>
      lattice.groups[Math.floor(cell / perGroup)]?.placeCode === 'west'
    // Of somebody who knows everything but the ward of 7 people, whatever is printed.
    const knows = {
      least: counts.map((count, cell) => (isLast(cell) ? 0 : count)),
      greatest: counts.map((count, cell) => (isLast(cell) ? 1000 : count)),
      shown: Uint8Array.from(counts, (_, cell) => (isLast(cell) ? 0 : 1)),
      threshold: 7,
    }
    const { untold, leftOut } = repairRelease({ ...release, readers: [knows] })
    expect({ untold, leftOut }).toEqual({ untold: 0, leftOut: [] })
    expect(repairRelease(release)).toMatchObject({ untold: 0, leftOut: [] })
  })

  it('is said in words, each of its own', () => {
    const words = LEAVABLE.map((table) => leftOutWords({ leftOut: [table] }))
    expect(new Set(words).size).toBe(LEAVABLE.length)
    expect(leftOutWords({ leftOut: ['wards', 'families'] })).toBe('wards, families')
    expect(leftOutWords({})).toBe('nothing')
  })
})
