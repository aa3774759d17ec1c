import { describe, expect, it } from 'vitest'
import { MOST_PROFILES } from '#core/linkage/bars.ts'
import { decide, lowerBound, records, type Said } from './people.ts'

/** As many as may be, and one more. */
const MANY = MOST_PROFILES + 1

function many(count: number, said: (index: number) => Said): Said[] {
  return Array.from({ length: count }, (_, index) => said(index))
}

describe('a value that more people carry than can be compared', () => {
  const strangers = many(MANY, (index) => ({ child: 'k', nhsNumber: `N${index}` }))

  it('joins nobody who could be one or another of them', () => {
    const decision = decide(records(...strangers, { child: 'k' }, { child: 'k' }))
    expect(new Set(decision.beneficiary).size).toBe(MANY + 2)
    expect(decision.doubts.map(({ kind, code, sides }) => [kind, code, sides.length])).toEqual([
      ['conflict', 'carried-by-too-many', MANY + 2],
    ])
    expect(lowerBound(decision)).toBe(MANY)
  })

  it('still joins those who say the same', () => {
    const of = records(
      ...strangers,
      { nhsNumber: 'N7', child: 'k' },
      { nhsNumber: 'N7', child: 'l' },
    )
    const { beneficiary } = decide(of)
    expect(new Set(beneficiary).size).toBe(MANY)
    expect([beneficiary[MANY], beneficiary[MANY + 1]]).toEqual([7, 7])
  })

  it('gives the same answer backwards', () => {
    const of = records(...strangers, { child: 'k' }, { child: 'k', birth: '2015-03' })
    const backwards = [...of].reverse()
    const ids = (own: typeof of): string[] => {
      const { beneficiary } = decide(own)
      const groups = new Map<number, number[]>()
      own.forEach(({ id }, place) => {
        const index = beneficiary[place] ?? -1
        groups.set(
          index,
          [...(groups.get(index) ?? []), id].sort((a, b) => a - b),
        )
      })
      return [...groups.values()].map((group) => group.join()).sort()
    }
    expect(ids(backwards)).toEqual(ids(of))
  })
})

describe('[S41] a placeholder that a thousand rows share', () => {
  it('joins nobody once it is a shared contact, and a name and birth of many places joins nobody', () => {
    const of = records(
      ...many(1000, (index) => ({
        nameBirth: 'unknown',
        email: 'none',
        ward: `w${index}`,
        client: `c${index}`,
      })),
    )
    const { beneficiary, doubts } = decide(of, { shared: new Set(['none']) })
    expect(new Set(beneficiary).size).toBe(1000)
    expect(doubts).toHaveLength(1)
  })
})
