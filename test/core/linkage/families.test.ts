import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { standingDecisions } from '#core/linkage/decisions.ts'
import { findBonds } from '#core/linkage/families.ts'
import { POLICIES } from '#core/linkage/policy.ts'
import { decide, records, type Said } from './people.ts'
import { populations } from './populations.ts'

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
  {
    title: 'of a person known in two wards the mobile ties in both, as after a move',
    said: [
      { carerMobile: 'm', ward: 'a', nhsNumber: 'N' },
      { carerMobile: 'm', ward: 'b', nhsNumber: 'N' },
      { ...MUM, mobile: 'm', ward: 'b' },
      { carerMobile: 'm', ward: 'a' },
    ],
    families: '0 0 0 0',
  },
  {
    title:
      'a carer known by mobile alone is tied where no ward is written down, if there is one ward',
    said: [
      { carerMobile: 'm' },
      { ...MUM, mobile: 'm', ward: 'a' },
      { carerMobile: 'n' },
      { carerMobile: 'n' },
    ],
    families: '0 0 1 1',
  },
  {
    title: 'an email written as a child’s own is its carer’s',
    said: [
      { email: 'e', birth: '2020-03' },
      { ...MUM, email: 'e' },
    ],
    families: '0 0',
  },
  {
    title: 'who shares a mailbox with a child’s carer is of the family, with another mobile',
    said: [
      { carerMobile: 'm', ward: 'a' },
      { ...MUM, mobile: 'm', email: 'home', ward: 'a' },
      { ...MUM, nameBirth: 'dad', gender: 'M', email: 'home' },
    ],
    families: '0 0 0',
  },
  {
    title: 'twins without a known carer are one family: last name, birth and postcode agree',
    said: [
      { nameBirth: 'ana', birthPostcode: 'b', birth: '2020-03' },
      { nameBirth: 'bea', birthPostcode: 'b', birth: '2020-03' },
      { nameBirth: 'cid', birthPostcode: 'c', birth: '2020-03' },
    ],
    families: '0 0 1',
  },
  {
    title: 'one name at one postcode with two births is one family, whether one person or two',
    said: [
      { namePostcode: 'n', birth: '2020-03' },
      { namePostcode: 'n', birth: '2021-05' },
    ],
    families: '0 0',
  },
  {
    title: 'children of separated parents tie both homes',
    said: [
      { carerEmail: 'mum', nhsNumber: 'N', ward: 'a' },
      { carerMobile: 'dad', nhsNumber: 'N', ward: 'b' },
      { ...MUM, email: 'mum', ward: 'a' },
      { ...MUM, nameBirth: 'dad', gender: 'M', mobile: 'dad', ward: 'b' },
      { carerMobile: 'dad', nameBirth: 'half-brother', ward: 'b' },
    ],
    families: '0 0 0 0 0',
  },
  {
    title: 'a mailbox of three homes with nothing else in common is an organisation’s',
    said: [
      { carerEmail: 'referrals', carerMobile: 'm', ward: 'a' },
      { carerEmail: 'referrals', carerMobile: 'n', ward: 'a' },
      { carerEmail: 'referrals', carerMobile: 'o', ward: 'a' },
      { carerEmail: 'referrals', carerMobile: 'o', ward: 'a' },
      { ...MUM, email: 'referrals', ward: 'a' },
    ],
    families: '0 1 2 2 -1',
  },
  {
    title: 'a mailbox of three homes in three wards is, though nobody has a telephone',
    said: [
      { carerEmail: 'referrals', ward: 'a' },
      { carerEmail: 'referrals', ward: 'b' },
      { carerEmail: 'referrals', ward: 'c' },
    ],
    families: '0 1 2',
  },
  {
    title: 'a mailbox of children whom no one mother can have is, and a worker’s mobile likewise',
    said: [
      { carerEmail: 'referrals', birth: '2020-01' },
      { carerEmail: 'referrals', birth: '2020-05' },
      { carerEmail: 'referrals', birth: '2020-08' },
      { carerMobile: 'worker', birth: '2021-01' },
      { carerMobile: 'worker', birth: '2021-05' },
      { carerMobile: 'worker', birth: '2021-08' },
    ],
    families: '0 1 2 3 4 5',
  },
  {
    title:
      'a mailbox of three homes that a row, a telephone or a name brings together is a family’s',
    said: [
      { carerEmail: 'e', carerMobile: 'm', ward: 'a', submission: 7, sourceRow: 3 },
      { ...MUM, email: 'e', mobile: 'n', ward: 'a', submission: 7, sourceRow: 3 },
      { carerEmail: 'e', carerMobile: 'n', ward: 'b' },
      { carerEmail: 'e', carerMobile: 'n', ward: 'c' },
    ],
    families: '0 0 0 0',
  },
  {
    title: 'a mailbox of two homes is a family’s: it may have moved',
    said: [
      { carerEmail: 'e', carerMobile: 'm', ward: 'a' },
      { carerEmail: 'e', carerMobile: 'n', ward: 'b' },
    ],
    families: '0 0',
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

  it('have bonds that say by what, between people as the decision numbers them', () => {
    const of = records(
      { submission: 7, sourceRow: 3, carerEmail: 'e', nhsNumber: 'N' },
      { ...MUM, submission: 7, sourceRow: 3, email: 'e' },
      { nhsNumber: 'N', birthPostcode: 'b', nameBirth: 'ana' },
      { birthPostcode: 'b', nameBirth: 'bea', carerEmail: 'f' },
    )
    const options = {
      policy: POLICIES.cautious,
      decisions: standingDecisions([]),
      sharedContacts: new Set<string>(),
    }
    expect(findBonds(of, options, decide(of).beneficiary)).toEqual([
      { by: 'row', people: [0, 1] },
      { by: 'email', people: [0, 1] },
      { by: 'birth-postcode', people: [0, 2] },
    ])
  })

  it('are what bonds connect, where a child is among them', () => {
    fc.assert(
      fc.property(populations, (of) => {
        const options = {
          policy: POLICIES.cautious,
          decisions: standingDecisions([]),
          sharedContacts: new Set<string>(),
        }
        const { beneficiary, family } = decide(of)
        const familyOf = new Map(of.map((_, place) => [beneficiary[place], family[place]]))
        for (const { people } of findBonds(of, options, beneficiary)) {
          expect(new Set(people.map((person) => familyOf.get(person))).size).toBe(1)
        }
        of.forEach(({ role }, place) => {
          if (role === 'child') expect(family[place]).toBeGreaterThanOrEqual(0)
        })
        const childless = [...familyOf.values()].filter(
          (own = -1) =>
            own >= 0 && !of.some(({ role }, place) => role === 'child' && family[place] === own),
        )
        expect(childless).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})
