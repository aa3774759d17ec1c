import { describe, expect, it } from 'vitest'
import {
  drawFamily,
  familyLines,
  type FamilyMember,
  memberNames,
} from '#core/charts/family-picture.ts'

const child: FamilyMember = {
  isChild: true,
  isGrown: false,
  services: ['Speech'],
  isSelf: false,
}
const adult: FamilyMember = { ...child, isChild: false, isGrown: true, services: ['Midwifery'] }
const WORDS = { id: 'family', title: 'The family', description: 'Adults and children.' }

describe('lines of a family', () => {
  it('lead from adults to the children that one thing ties them to, each pair once', () => {
    const lines = familyLines(
      [adult, child, child],
      [
        { by: 'email', people: [0, 1, 2] },
        { by: 'row', people: [0, 1] },
      ],
    )
    expect(lines).toEqual([
      { from: 0, to: 1, by: ['email', 'row'] },
      { from: 0, to: 2, by: ['email'] },
    ])
  })

  it('lead to a carer without a record, where children have a contact in common with no adult', () => {
    expect(familyLines([child, child], [{ by: 'mobile', people: [0, 1] }])).toEqual([
      { from: -1, to: 0, by: ['mobile'] },
      { from: -1, to: 1, by: ['mobile'] },
    ])
  })

  it('lie between children of one home, and between adults who share a contact', () => {
    expect(familyLines([child, child], [{ by: 'birth-postcode', people: [0, 1] }])).toEqual([
      { from: 0, to: 1, by: ['birth-postcode'] },
    ])
    expect(familyLines([adult, adult], [{ by: 'email', people: [0, 1] }])).toEqual([
      { from: 0, to: 1, by: ['email'] },
    ])
  })
})

describe('a picture of a family', () => {
  const members = [adult, { ...child, isSelf: true }, { ...child, isGrown: true }]
  const bonds = [
    { by: 'row', people: [0, 1] },
    { by: 'email', people: [1, 2] },
  ] as const

  it('has a box for each member and a line for each tie, as its table has', () => {
    const { svg, table } = drawFamily(WORDS, members, bonds)
    expect(memberNames(members)).toEqual(['Adult 1', 'Child 1', 'Adult 2'])
    expect(svg.match(/<rect/g)).toHaveLength(3)
    expect(svg.match(/<path/g)).toHaveLength(2)
    expect(svg).toContain('>a child to other<')
    expect(table.rows).toEqual([
      ['Adult 1', 'Midwifery', 'Child 1: child and carer in one row'],
      [
        'Child 1, whom this page is about',
        'Speech',
        'Adult 1: child and carer in one row; Adult 2: one email address',
      ],
      ['Adult 2', 'Speech', 'Child 1: one email address'],
    ])
  })

  it('keeps names of services from being markup, and long ones within their box', () => {
    const services = ['<script>', 'Supercalifragilisticexpialidocious services']
    const { svg } = drawFamily(WORDS, [{ ...child, services }], [])
    expect(svg).not.toContain('<script>')
    expect(svg).toContain('Supercalifragilisti…')
    expect(svg).toContain('>services<')
  })

  it('says how many services have no room', () => {
    const services = ['A', 'B', 'C', 'D', 'E', 'F']
    expect(drawFamily(WORDS, [{ ...child, services }], []).svg).toContain('and 2 more')
  })
})
