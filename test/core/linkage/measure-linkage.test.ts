import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LinkageLabel, measureLinkage } from '#core/linkage/measure-linkage.ts'

describe('measuring linkage', () => {
  it('counts pairs as listing them would', () => {
    const labels = fc.array(
      fc.record({
        cluster: fc.integer({ min: 0, max: 4 }),
        person: fc.integer({ min: 0, max: 4 }),
      }),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(labels, (of) => {
        const pairs = of.flatMap((a, index) => of.slice(index + 1).map((b) => [a, b] as const))
        const agree = (key: keyof LinkageLabel): number =>
          pairs.filter(([a, b]) => a[key] === b[key]).length
        const right = pairs.filter(
          ([a, b]) => a.cluster === b.cluster && a.person === b.person,
        ).length
        expect(measureLinkage(of).pairs).toEqual({
          true: agree('person'),
          found: agree('cluster'),
          right,
        })
      }),
    )
  })

  it('gives precision, recall and people', () => {
    const of = [
      { cluster: 'a', person: 1 },
      { cluster: 'a', person: 1 },
      { cluster: 'a', person: 2 },
      { cluster: 'b', person: 2 },
    ]
    expect(measureLinkage(of)).toEqual({
      pairs: { true: 2, found: 3, right: 1 },
      precision: 1 / 3,
      recall: 1 / 2,
      people: { true: 2, found: 2 },
    })
    expect(measureLinkage([])).toMatchObject({ precision: 1, recall: 1 })
  })
})
