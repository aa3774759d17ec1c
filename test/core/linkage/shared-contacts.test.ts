import { describe, expect, it } from 'vitest'
import { POLICIES } from '#core/linkage/policy.ts'
import { findSharedContacts, isSharedContact } from '#core/linkage/shared-contacts.ts'
import { records, type Said } from './people.ts'

const { cautious, 'leap-2020': leap } = POLICIES

function carriers(count: number, said: (index: number) => Said): Said[] {
  return Array.from({ length: count }, (_, index) => said(index))
}

describe('a contact', () => {
  it('is shared when more than four people carry it as own, or more than twelve as carer', () => {
    expect(isSharedContact({ own: 4, carer: 12 }, cautious)).toBe(false)
    expect(isSharedContact({ own: 5, carer: 0 }, cautious)).toBe(true)
    expect(isSharedContact({ own: 0, carer: 13 }, cautious)).toBe(true)
    expect(isSharedContact({ own: 999, carer: 999 }, leap)).toBe(false)
  })

  it('is carried by as many people as name-births carry it, however many rows they have', () => {
    const of = records(
      ...carriers(50, (index) => ({ email: 'mine', nameBirth: `n${index % 4}` })),
      ...carriers(50, (index) => ({ email: 'desk', nameBirth: `n${index % 5}` })),
      ...carriers(50, (index) => ({ carerMobile: 'mum', nameBirth: `n${index % 12}` })),
      ...carriers(50, (index) => ({ carerMobile: 'nursery', nameBirth: `n${index % 13}` })),
    )
    expect([...findSharedContacts(of, cautious)].sort()).toEqual(['desk', 'nursery'])
    expect(findSharedContacts(of, leap).size).toBe(0)
  })

  it('is counted by clients where no name is known', () => {
    const of = records(...carriers(5, (index) => ({ mobile: 'm', client: `c${index}` })))
    expect([...findSharedContacts(of, cautious)]).toEqual(['m'])
    expect(findSharedContacts(of.slice(1), cautious).size).toBe(0)
  })
})
