import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ageBands, ageBandWords } from '#core/disclosure/age-bands.ts'
import { releaseText, type ReleaseFacts } from '#core/disclosure/release-text.ts'
import { intervalWords, type ReleasedCell } from '#core/disclosure/released-figures.ts'

describe('the words for what doubtful matches leave open', () => {
  const words = (
    people: number | '*',
    lower: number | '*',
    upper: number,
    doubtful: number | '*',
  ): string => intervalWords({ people, lower, upper, doubtful }, 7)

  it('say between what and what, and why', () => {
    expect(words(1150, 1140, 1440, 1105)).toBe(
      'Between about 1,140 and 1,440 after rounding, because about 1,105 records could not be matched with certainty.',
    )
    expect(words(10, '*', 15, '*')).toBe(
      'Up to about 15 after rounding, because some records could not be matched with certainty.',
    )
  })

  it('say so where nothing is in doubt, or too little to show', () => {
    expect(words(40, 40, 40, 0)).toBe(
      'About 40 after rounding; every record was matched with certainty.',
    )
    expect(words(40, 40, 40, '*')).toContain('too few to change the rounded figure')
  })

  it('tell nothing of a hidden figure', () => {
    expect(words('*', 10, 15, 20)).not.toMatch(/10|15|20/)
    expect(words(0, 0, 0, 0)).toBe('Nobody was reached.')
  })
})

describe('age bands', () => {
  it('are named by their ages', () => {
    expect(ageBands([0, 1, 5, 16])).toEqual(['0', '1-4', '5-15', '16-', 'unknown'])
    expect(['0', '1', '5-10', '45-', 'unknown'].map(ageBandWords)).toEqual([
      'under 1',
      '1',
      '5 to 10',
      '45 and over',
      'not known',
    ])
  })
})

describe('the text of a release', () => {
  const facts: ReleaseFacts = {
    reference: 'REL-2024-Q1-1',
    profile: 'programme',
    firstQuarter: '2024-Q1',
    lastQuarter: '2024-Q1',
    version: 1,
    madeAt: '2024-08-01T09:00:00.000Z',
    settings: { threshold: 7, base: 5, candidates: 5, ageBands: ['0-', 'unknown'] },
    linkageVersion: 3,
    linkagePolicy: 'cautious',
    keyCheck: '00112233',
    programVersion: '1.0.0',
    strands: ['early'],
    services: [{ code: 'baby-club', strand: 'early' }],
    wards: ['east'],
    coverage: { '2024-Q1': ['baby-club'] },
  }
  const cells: ReleasedCell[] = [10, '*' as const].map((printed, index) => ({
    quarter: '2024-Q1',
    span: 'quarter',
    scope: 'service',
    scopeCode: 'baby-club',
    place: 'everywhere',
    placeCode: '',
    attribute: '',
    attributeValue: '',
    measure: index === 0 ? 'people' : 'children',
    printed,
  }))

  it('does not depend on the order of the cells', () => {
    expect(releaseText(facts, [...cells].reverse())).toBe(releaseText(facts, cells))
  })

  it('is other for any other figure, setting or state that it was made from', () => {
    const text = releaseText(facts, cells)
    const changes: Partial<ReleaseFacts>[] = [
      { linkageVersion: 4 },
      { linkagePolicy: 'leap-2020' },
      { keyCheck: '00112234' },
      { settings: { ...facts.settings, threshold: 6 } },
      { coverage: {} },
      { version: 2 },
    ]
    for (const change of changes) expect(releaseText({ ...facts, ...change }, cells)).not.toBe(text)
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 1000 }), (fifths) => {
        const changed = cells.map((cell, index) =>
          index === 1 ? { ...cell, printed: fifths * 5 } : cell,
        )
        expect(releaseText(facts, changed)).not.toBe(text)
      }),
    )
  })
})
