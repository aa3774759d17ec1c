import { describe, expect, it } from 'vitest'
import { partsOf, POSSIBLE_EDGE_GROUPS, possibleEdgeKeys } from '#core/linkage/possible-edges.ts'
import { ALTERNATES, PSEUDONYM_COLUMNS } from '#core/pseudonym/kinds.ts'
import { type Said, records } from './people.ts'

function touch(left: Said, right: Said, shared: readonly string[] = []): boolean {
  return partsOf(records(left, right), new Set(shared)).length === 1
}

describe('possible edges', () => {
  it('are on every pseudonym column, columns of one kind together', () => {
    const fields = POSSIBLE_EDGE_GROUPS.flat().map(({ field }) => field)
    const alternates = ALTERNATES.map(({ field }) => field)
    const all = PSEUDONYM_COLUMNS.map(({ field }) => field)
    expect([...fields, ...alternates].sort()).toEqual(all.sort())
    for (const group of POSSIBLE_EDGE_GROUPS) {
      expect(new Set(group.map(({ kind }) => kind)).size).toBe(1)
    }
  })

  it.each([
    ['an own email and a carer email', { email: 'e' }, { carerEmail: 'e' }, true],
    ['an own mobile and a carer mobile', { mobile: 'e' }, { carerMobile: 'e' }, true],
    ['an email and a mobile', { email: 'e' }, { mobile: 'e' }, false],
    ['one row', { submission: 3, sourceRow: 4 }, { submission: 3, sourceRow: 4 }, true],
    ['one row number of two submissions', { sourceRow: 4 }, { sourceRow: 4 }, false],
    ['one ward', { ward: 'w' }, { ward: 'w' }, false],
    ['blanks', {}, {}, false],
    ['an alternate and another’s own', { nameBirthSwapped: 'n' }, { nameBirth: 'n' }, true],
    ['an own and another’s alternate', { nameBirth: 'n' }, { nameBirthReversed: 'n' }, true],
    ['two alternates', { nameBirthSwapped: 'n' }, { nameBirthSwapped: 'n' }, false],
    ['alternates of two kinds', { nameBirthReversed: 'n' }, { nameBirthSurnameLast: 'n' }, false],
    ['one sound', { soundBirth: 's' }, { soundBirth: 's' }, true],
  ])('%s', (_, left: Said, right: Said, expected) => {
    expect(touch(left, right)).toBe(expected)
  })

  it('are not where a shared contact is, nor a child kind built on it', () => {
    const child = { carerEmail: 'e', child: 'k' }
    expect(touch(child, child)).toBe(true)
    expect(touch(child, child, ['e'])).toBe(false)
    expect(touch({ carerMobile: 'm', childMobile: 'k' }, { childMobile: 'k' }, ['m'])).toBe(false)
    expect(
      possibleEdgeKeys(records({ client: null, mobile: 'm' })[0] ?? fail(), new Set(['m'])),
    ).toEqual(['row 1 1'])
  })

  it('are between the clients of a decision', () => {
    const side = (client: string) =>
      ({ client, birth: '', gender: 'unknown', nameBirth: null }) as const
    const decision = { left: side('client 1'), right: side('client 2'), order: 1 }
    const of = records({}, {}, {})
    expect(partsOf(of, new Set(), [{ ...decision, kind: 'different' }])).toEqual([[0, 1], [2]])
    expect(
      partsOf(of, new Set(), [
        { kind: 'nhs-wrong', nhsNumber: 'N', left: side('client 1'), order: 1 },
      ]),
    ).toHaveLength(3)
  })
})

function fail(): never {
  throw new Error('there is a record')
}
