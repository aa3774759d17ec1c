import { describe, expect, it } from 'vitest'
import { compareSides } from '#core/linkage/compare-sides.ts'
import { likelySame } from '#core/linkage/doubt-weights.ts'
import { records, type Said } from './people.ts'

function compared(left: readonly Said[], right: readonly Said[], shared: string[] = []): string[] {
  const all = records(...left, ...right)
  return compareSides(all.slice(0, left.length), all.slice(left.length), new Set(shared)).map(
    ({ kind, says, isShared }) => `${kind} ${says}${isShared ? ' shared' : ''}`,
  )
}

describe('two sides of a doubt', () => {
  it('agree in a kind where any record of the one equals any of the other', () => {
    const left = [{ nameBirth: 'ann' }, { nameBirth: 'anne', ward: 'w1' }]
    expect(compared(left, [{ nameBirth: 'anne', ward: 'w2' }])).toEqual([
      'name_birth agrees',
      'ward differs',
    ])
  })

  it('say what one of them alone has, and nothing of what neither has', () => {
    expect(compared([{ nhsNumber: 'N' }], [{}])).toEqual(['nhs_number one-side'])
  })

  it('say that a contact agrees and is no evidence, where too many people carry it', () => {
    expect(compared([{ email: 'office' }], [{ email: 'office' }], ['office'])).toEqual([
      'email agrees shared',
    ])
  })

  it('meet by an alternate only where it is what the other carries as its own', () => {
    const swapped = { nameBirth: '03/04', nameBirthSwapped: '04/03' }
    expect(compared([swapped], [{ nameBirth: '04/03' }])).toContain('name_birth_swapped agrees')
    expect(compared([swapped], [{ nameBirth: '05/03', nameBirthSwapped: '04/03' }])).toEqual([
      'name_birth differs',
    ])
  })

  it('differ in client references only within a service: two services always do', () => {
    const own = { service: 's1' }
    expect(compared([{ ...own, client: 'a' }], [{ ...own, client: 'b' }])).toEqual([
      'client differs',
    ])
    expect(compared([{ client: 'a' }], [{ client: 'b' }])).toEqual([])
  })
})

describe('how likely a doubt is one person', () => {
  it('begins with what was measured, and is what reviewers have answered once they have', () => {
    expect(likelySame('shared-mailbox', 'email')).toBeLessThan(0.1)
    expect(likelySame('different-nhs-numbers', 'birth-postcode-and-contact')).toBeLessThan(0.1)
    expect(likelySame('different-nhs-numbers', 'person')).toBeGreaterThan(0.9)
    const answered = { same: 80, different: 0 }
    expect(likelySame('shared-mailbox', 'email', answered)).toBeGreaterThan(0.8)
    expect(likelySame('sound-birth', null, { same: 0, different: 80 })).toBeLessThan(0.25)
  })
})
