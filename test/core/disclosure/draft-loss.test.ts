import { describe, expect, it } from 'vitest'
import { measureLoss, type DraftLoss } from '#core/disclosure/draft-loss.ts'
import { cellNumber, MEASURE, SPAN } from '#core/disclosure/lattice.ts'
import { HIDDEN_CELL } from '#core/disclosure/print-lattice.ts'
import { wardRelease } from './ward-tables.ts'

function lossOf(wards: readonly number[], inDoubt = 0, more: readonly number[] = []): DraftLoss {
  const { lattice, counts, printed, settings } = wardRelease(wards)
  const repaired = Int32Array.from(printed)
  for (const cell of more) repaired[cell] = HIDDEN_CELL
  return measureLoss(lattice, counts, repaired, settings, inDoubt)
}

describe('what a draft would lose', () => {
  it('is nothing where nothing is hidden', () => {
    const loss = lossOf([40, 30, 20, 50])
    expect(loss).toMatchObject({ small: 0, forOthers: 0, lost: 0, drop: undefined })
    expect(loss.tables.find(({ part }) => part === 'whole')).toMatchObject({ hidden: 0, lost: 0 })
  })

  it('is by table and by span, a figure of one more digit three times as much', () => {
    // The smallest ward is hidden of all services, and of the strand and the service by place.
    const loss = lossOf([120, 120, 120, 7])
    const places = loss.tables.find(({ part }) => part === 'places')
    const people = ['people', 'children', 'new'].length
    const otherSpans = 2 * ['people', 'children'].length
    expect(places?.hidden).toBe(people + otherSpans)
    // Of each measure: everywhere's area and three wards of three digits, and one digit of the fourth.
    expect(places?.lost).toBe(Math.round((1 / (4 * 9 + 1)) * 100))
    expect(loss.tables.find(({ part }) => part === 'whole')?.lost).toBe(0)
    for (const { lost } of [...loss.tables, ...loss.spans])
      expect(Number.isInteger(lost)).toBe(true)
  })

  it('tells what is hidden for the sake of others apart', () => {
    const { lattice } = wardRelease([12, 12, 12, 7])
    // A ward beside the hidden one.
    const beside = cellNumber(lattice, 5, 0, SPAN.quarter, MEASURE.people)
    const [before, after] = [lossOf([12, 12, 12, 7]), lossOf([12, 12, 12, 7], 0, [beside])]
    expect([before.forOthers, after.forOthers]).toEqual([0, 1])
    expect(after.small).toBe(before.small)
  })

  it('would be less with wards joined, whose people are counted together', () => {
    const loss = lossOf([12, 12, 12, 7])
    const wards = loss.joins.find(({ kind }) => kind === 'wards')
    expect(loss.lost).toBeGreaterThan(0)
    // 24 and 19.
    expect(wards?.lost).toBe(0)
    // Joining what has no bands wins nothing.
    expect(loss.joins.find(({ kind }) => kind === 'age-bands')?.lost).toBe(loss.lost)
  })

  it('names the dimension to leave out where what is left is of little use', () => {
    const most = lossOf([3, 4, 3, 4])
    expect(most.drop?.kind).toBe('places')
    expect(most.drop?.lost).toBeLessThan(most.lost)
    expect(lossOf([40, 30, 20, 50], 3).drop).toBeDefined()
  })
})
