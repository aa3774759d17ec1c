import { describe, expect, it } from 'vitest'
import { decide, records, type Said } from './people.ts'

const MUM = { role: 'parent', birth: '1990', gender: 'F', nameBirth: 'mary' } as const

const CASES: readonly {
  title: string
  said: readonly Said[]
  families: string
  shared?: string
}[] = [
  {
    title: 'a row that holds child and carer says so itself',
    said: [
      { submission: 7, sourceRow: 3 },
      { ...MUM, submission: 7, sourceRow: 3 },
    ],
    families: '0 0',
  },
  {
    title: 'two rows of one submission, or one row of two, say nothing',
    said: [
      { submission: 7, sourceRow: 3 },
      { ...MUM, submission: 7, sourceRow: 4 },
      { ...MUM, nameBirth: 'x', submission: 8, sourceRow: 3 },
    ],
    families: '0 -1 -1',
  },
  {
    title: 'a carer email ties to the adult whose own it is, in whichever ward',
    said: [
      { carerEmail: 'e', ward: 'a' },
      { ...MUM, email: 'e', ward: 'b' },
    ],
    families: '0 0',
  },
  {
    title: 'a carer mobile ties in the same ward only',
    said: [
      { carerMobile: 'm', ward: 'a' },
      { ...MUM, mobile: 'm', ward: 'a' },
      { ...MUM, nameBirth: 'x', mobile: 'm', ward: 'b' },
      { ...MUM, nameBirth: 'y', mobile: 'm' },
    ],
    families: '0 0 -1 -1',
  },
  {
    title: 'siblings have a common carer, with a record or without',
    said: [
      { carerEmail: 'e', nameBirth: 'ana' },
      { carerEmail: 'e', nameBirth: 'bea' },
      { carerMobile: 'm', ward: 'a', nameBirth: 'cid' },
      { carerMobile: 'm', ward: 'a', nameBirth: 'dan' },
      { carerMobile: 'm', ward: 'b', nameBirth: 'eve' },
    ],
    families: '0 0 1 1 2',
  },
  {
    title: 'two carers of one child are one family with all their children',
    said: [
      { carerEmail: 'mum', nhsNumber: 'N' },
      { carerEmail: 'dad', nhsNumber: 'N' },
      { ...MUM, email: 'mum' },
      { ...MUM, nameBirth: 'dad', gender: 'M', email: 'dad' },
      { carerEmail: 'dad', nameBirth: 'half-sister' },
    ],
    families: '0 0 0 0 0',
  },
  {
    title: 'adults alone are none, though they share a contact',
    said: [
      { ...MUM, mobile: 'm', ward: 'a' },
      { ...MUM, nameBirth: 'x', mobile: 'm', ward: 'a' },
    ],
    families: '-1 -1',
  },
  {
    title: 'a child alone is a family of its own',
    said: [{}, {}],
    families: '0 1',
  },
  {
    title: 'a mother of fifteen ties her own mother to her baby',
    said: [
      { nhsNumber: 'N', birth: '2008-11', carerEmail: 'gran' },
      { nhsNumber: 'N', birth: '2008-11', role: 'parent', email: 'own' },
      { carerEmail: 'own', birth: '2024-01' },
      { ...MUM, email: 'gran' },
    ],
    families: '0 0 0 0',
  },
  {
    title: 'a shared contact ties nobody',
    said: [{ carerEmail: 'desk' }, { ...MUM, email: 'desk' }, { carerEmail: 'desk' }],
    families: '0 -1 1',
    shared: 'desk',
  },
]

describe('families', () => {
  it.each(CASES.map((own) => [own.title, own] as const))('%s', (_, { said, families, shared }) => {
    const { family } = decide(records(...said), {
      shared: new Set(shared === undefined ? [] : [shared]),
    })
    expect(family.join(' ')).toBe(families)
  })

  it('never merge people', () => {
    const of = records({ carerEmail: 'e' }, { ...MUM, email: 'e' }, { carerEmail: 'e' })
    expect([...decide(of).beneficiary]).toEqual([0, 1, 2])
  })
})
