import { describe, expect, it } from 'vitest'
import { type Case, decide, doubts, people, records, type Said } from './people.ts'

function holds(cases: readonly Case[]): void {
  it.each(cases.map((own) => [own.title, own] as const))('%s', (_, own) => {
    const of = records(...own.said)
    expect({ people: people(of, own.given), doubts: doubts(of, own.given) }).toEqual({
      people: own.people,
      doubts: own.doubts ?? [],
    })
  })
}

const ANA = { nameBirth: 'ana 15', birth: '2015-03', gender: 'F' } as const
const BEA = { nameBirth: 'bea 15', birth: '2015-03', gender: 'F' } as const
const ADULT = { role: 'adult', birth: '1990' } as const

describe('certain rules', () => {
  holds([
    { title: 'join by NHS number', said: [{ nhsNumber: 'N' }, { nhsNumber: 'N' }], people: '00' },
    { title: 'join by client reference', said: [{ client: 'c' }, { client: 'c' }], people: '00' },
    { title: 'join by the child key', said: [{ child: 'k' }, { child: 'k' }], people: '00' },
    {
      title: 'join by the child key of a mobile',
      said: [{ childMobile: 'k' }, { childMobile: 'k' }],
      people: '00',
    },
    {
      title: 'never compare one kind with another',
      said: [{ child: 'k' }, { childMobile: 'k' }, { nhsNumber: 'k' }, { email: 'k' }],
      people: '0123',
    },
    {
      title: 'join a mother of fifteen who is a child to one service and a parent to another',
      said: [
        { role: 'child', nhsNumber: 'N', birth: '2008-11' },
        { role: 'parent', nhsNumber: 'N', birth: '2008-11' },
        { role: 'parent', nhsNumber: 'N', birth: '2008' },
      ],
      people: '000',
    },
    {
      title: 'queue a reference used again for somebody else',
      said: [
        { client: 'c', ...ANA },
        { client: 'c', nameBirth: 'zoe', birth: '2019-01', gender: 'F', nhsNumber: 'Z' },
        { client: 'c', nameBirth: 'tom', birth: '2018-01', gender: 'M' },
      ],
      people: '012',
      doubts: ['conflict reference-used-again 1|2|3'],
    },
    {
      title: 'queue a reference whose births alone differ',
      said: [
        { client: 'c', ...ANA },
        { client: 'c', ...ANA, birth: '2015-04' },
      ],
      people: '01',
      // The name-birth is of the whole date, so that only a wrong file can say this.
      doubts: ['conflict different-births 1|2'],
    },
    {
      title: 'keep quarters of one reference together',
      said: [
        { client: 'c', quarter: '2024-Q1', ward: 'a', ...ANA },
        { client: 'c', quarter: '2024-Q2', ward: 'a', ...ANA },
        { client: 'c', quarter: '2024-Q3', ward: 'b', ...ANA },
        { client: 'c', quarter: '2024-Q4', ward: 'b' },
      ],
      people: '0000',
    },
  ])
})

describe('person rule', () => {
  holds([
    {
      title: 'joins a changed surname by first name, birth and postcode',
      said: [
        { nameBirth: 'ana smith', givenBirthPostcode: 'g', birthPostcode: '1', namePostcode: '1' },
        { nameBirth: 'ana jones', givenBirthPostcode: 'g', birthPostcode: '2', namePostcode: '2' },
      ],
      people: '00',
    },
    {
      title: 'queues a mistyped day that name and postcode agree about, without a contact',
      said: [
        { birth: '2015-03', namePostcode: 'n', nameBirth: 'a' },
        { birth: '2015-03', namePostcode: 'n', nameBirth: 'b' },
      ],
      people: '01',
      doubts: ['near-match name-postcode-other-birth 1|2'],
    },
    {
      title:
        'queues no two of one name and postcode who are born twelve years apart: father and son',
      said: [
        { birth: '1990', namePostcode: 'n' },
        { birth: '2015-03', namePostcode: 'n' },
      ],
      people: '01',
    },
    {
      title: 'queues two of one name and postcode who are born eleven years apart',
      said: [
        { birth: '2004-04', namePostcode: 'n' },
        { birth: '2016-03', namePostcode: 'n' },
      ],
      people: '01',
      doubts: ['near-match name-postcode-other-birth 1|2'],
    },
    {
      title: 'queues name and postcode with another birth',
      said: [
        { birth: '2015-03', namePostcode: 'n' },
        { birth: '2015-04', namePostcode: 'n' },
      ],
      people: '01',
      doubts: ['near-match name-postcode-other-birth 1|2'],
    },
    {
      title: 'queues name and postcode where a birth is missing',
      said: [{ birth: '2015-03', namePostcode: 'n' }, { namePostcode: 'n' }],
      people: '01',
      doubts: ['near-match name-postcode-other-birth 1|2'],
    },
    {
      title: 'never joins by birth and postcode, which twins share',
      said: [
        { ...ANA, birthPostcode: 'b' },
        { ...BEA, birthPostcode: 'b' },
      ],
      people: '01',
      doubts: ['near-match birth-postcode 1|2'],
    },
  ])
})

describe('name rules', () => {
  const wards = [{ ward: 'w1' }, { ward: 'w2' }] as const
  const support = ['email', 'mobile', 'carerEmail', 'carerMobile', 'ward'] as const
  holds([
    ...support.map((field) => ({
      title: `join a name that ${field} supports though the postcode changed`,
      said: [
        { nameBirth: 'n', birthPostcode: '1', [field]: 'same' },
        { nameBirth: 'n', birthPostcode: '2', [field]: 'same' },
      ],
      people: '00',
    })),
    {
      title: 'join a name alone where nothing that both carry disagrees',
      said: [{ nameBirth: 'n', ward: 'w', gender: 'F' }, { nameBirth: 'n' }],
      people: '00',
    },
    {
      title: 'let contacts change',
      said: [
        { nameBirth: 'n', email: 'a', mobile: 'a', ...ADULT },
        { nameBirth: 'n', email: 'b', mobile: 'b', ...ADULT },
      ],
      people: '00',
    },
    {
      title: 'queue a name in another ward',
      said: [
        { nameBirth: 'n', ...wards[0] },
        { nameBirth: 'n', ...wards[1] },
      ],
      people: '01',
      doubts: ['near-match name-birth-elsewhere 1|2'],
    },
    {
      title: 'queue a name at another postcode',
      said: [
        { nameBirth: 'n', birthPostcode: '1', namePostcode: '1' },
        { nameBirth: 'n', birthPostcode: '2', namePostcode: '2' },
      ],
      people: '01',
      doubts: ['near-match name-birth-elsewhere 1|2'],
    },
    {
      title: 'do not choose where a name fits two who disagree',
      said: [{ nameBirth: 'n', ...wards[0] }, { nameBirth: 'n', ...wards[1] }, { nameBirth: 'n' }],
      people: '012',
      doubts: ['near-match name-birth-elsewhere 1|2|3'],
    },
    {
      title: 'treat a gender of neither as a disagreement, not as a veto',
      said: [
        { nameBirth: 'n', gender: 'X' },
        { nameBirth: 'n', gender: 'F' },
      ],
      people: '01',
      doubts: ['near-match name-birth-elsewhere 1|2'],
    },
    {
      title: 'join somebody who moved once a stronger rule has joined both homes',
      said: [
        { nameBirth: 'n', nhsNumber: 'N', ...wards[0] },
        { nameBirth: 'n', nhsNumber: 'N', ...wards[1] },
        { nameBirth: 'n', ...wards[1] },
        { nameBirth: 'n' },
      ],
      people: '0000',
    },
  ])
})

describe('email rule', () => {
  holds([
    {
      title: 'joins by own email',
      said: [
        { email: 'e', ...ADULT },
        { email: 'e', ...ADULT },
      ],
      people: '00',
    },
    {
      title: 'does not take a changed surname and address for a shared mailbox',
      said: [
        { email: 'e', ...ADULT, gender: 'F', nameBirth: 'smith', namePostcode: '1' },
        { email: 'e', ...ADULT, gender: 'F', nameBirth: 'jones', namePostcode: '2' },
      ],
      people: '00',
    },
    {
      title: 'queues a mailbox that a couple shares',
      said: [
        { email: 'e', ...ADULT, gender: 'F', nameBirth: 'mary' },
        { email: 'e', ...ADULT, gender: 'M', nameBirth: 'john' },
      ],
      people: '01',
      doubts: ['conflict shared-mailbox 1|2'],
    },
    {
      title: 'queues a mailbox of two of one age, each with a name and a mobile of her own',
      said: [
        { email: 'e', ...ADULT, gender: 'F', nameBirth: 'mary', mobile: '1' },
        { email: 'e', ...ADULT, gender: 'F', nameBirth: 'jane', mobile: '2' },
      ],
      people: '01',
      doubts: ['conflict shared-mailbox 1|2'],
    },
    {
      title:
        'does not take a new mobile for a shared mailbox while a name agrees, or none is known',
      said: [
        { email: 'e', ...ADULT, givenBirthPostcode: 'g', mobile: '1' },
        { email: 'e', ...ADULT, givenBirthPostcode: 'g', mobile: '2' },
        { email: 'e', ...ADULT, mobile: '3' },
      ],
      people: '000',
    },
    {
      title: 'takes a centre’s mailbox for nobody’s, though two who give it are of one age',
      said: [
        { email: 'e', ...ADULT, gender: 'F', nameBirth: 'mary' },
        { email: 'e', ...ADULT, gender: 'F', nameBirth: 'jane' },
        { email: 'e', role: 'adult', birth: '1980', gender: 'F', nameBirth: 'zoe' },
      ],
      people: '012',
      doubts: ['conflict shared-mailbox 1|2|3'],
    },
    {
      title: 'joins her who changed her name beside the partner with whom she has a mailbox',
      said: [
        { email: 'e', ...ADULT, gender: 'F', nameBirth: 'smith' },
        { email: 'e', ...ADULT, gender: 'F', nameBirth: 'jones' },
        { email: 'e', ...ADULT, gender: 'M', nameBirth: 'john' },
      ],
      people: '001',
      doubts: ['conflict shared-mailbox 1,2|3'],
    },
    {
      title: 'queues a mailbox of two birth years',
      said: [
        { email: 'e', role: 'adult', birth: '1990', nameBirth: 'mary' },
        { email: 'e', role: 'adult', birth: '1980', nameBirth: 'jane' },
      ],
      people: '01',
      doubts: ['conflict shared-mailbox 1|2'],
    },
    {
      title: 'queues nobody for a mailbox of a mother and her grown daughter',
      said: [
        { email: 'e', role: 'adult', birth: '1990', nameBirth: 'mary' },
        { email: 'e', role: 'adult', birth: '1960', nameBirth: 'jane' },
      ],
      people: '01',
    },
    {
      title: 'leaves out of a doubt whoever is born twelve years from all others in it',
      said: [
        { email: 'e', role: 'adult', birth: '1990', nameBirth: 'mary' },
        { email: 'e', role: 'adult', birth: '1988', nameBirth: 'jane' },
        { email: 'e', role: 'adult', birth: '1955', nameBirth: 'rose' },
      ],
      people: '012',
      doubts: ['conflict shared-mailbox 1|2'],
    },
    {
      title: 'queues a mother’s NHS number on her baby’s row, for somebody to say whose it is',
      said: [
        { nhsNumber: 'N', role: 'parent', birth: '1990', nameBirth: 'mary' },
        { nhsNumber: 'N', role: 'child', birth: '2022-03', nameBirth: 'ana' },
      ],
      people: '01',
      doubts: ['conflict different-births 1|2'],
    },
    {
      title: 'does not join a child with the parent whose address it gives as its own',
      said: [
        { email: 'e', role: 'parent', nameBirth: 'mary' },
        { email: 'e', role: 'child', nameBirth: 'ana', birth: '2015-03' },
      ],
      people: '01',
      doubts: ['near-match own-email-of-a-child 1|2'],
    },
    {
      title: 'does not join children of one month by an email that is given as their own',
      said: [
        { email: 'e', ...ANA },
        { email: 'e', ...BEA },
      ],
      people: '01',
      doubts: ['near-match own-email-of-a-child 1|2'],
    },
    {
      title: 'takes a child of unknown age for one under sixteen',
      said: [
        { email: 'e', role: 'parent', nameBirth: 'mary' },
        { email: 'e', role: 'child', nameBirth: 'ana' },
      ],
      people: '01',
      doubts: ['near-match own-email-of-a-child 1|2'],
    },
    {
      title: 'joins nothing by an own mobile alone',
      said: [
        { mobile: 'm', ...ADULT },
        { mobile: 'm', ...ADULT },
      ],
      people: '01',
    },
    {
      title: 'never meets an own email with a carer email as evidence of identity',
      said: [
        { role: 'parent', email: 'e', mobile: 'm', birth: '1990' },
        { role: 'child', carerEmail: 'e', carerMobile: 'm', ward: 'w' },
      ],
      people: '01',
    },
  ])
})

/** A child in a row of its own with each of two carers, whom NHS numbers make one child. */
function broughtBy(one: Said, other: Said): readonly Said[] {
  return [one, other].flatMap((carer, row) => [
    { nhsNumber: 'X', birth: '2021-05', submission: row, sourceRow: 7 },
    { role: 'parent', submission: row, sourceRow: 7, ...carer },
  ])
}

describe('a relative', () => {
  const anna = { nameBirth: 'anna', birth: '1990', birthPostcode: '1', namePostcode: '1' } as const
  const moved = { ...anna, birthPostcode: '2', namePostcode: '2' } as const
  const nan = { role: 'parent', namePostcode: 'n', ward: 'w' } as const
  holds([
    {
      title: 'supports the name of a mother who moved: one child came with both',
      said: broughtBy({ ...anna, ward: 'w1' }, { ...moved, ward: 'w2' }),
      people: '0101',
    },
    {
      title:
        'supports a child’s name: one mother came with both, and at her email each is another’s',
      said: [
        { nameBirth: 'n', birthPostcode: '1', carerEmail: 'old' },
        { nameBirth: 'n', birthPostcode: '2', carerEmail: 'new' },
        { role: 'parent', nhsNumber: 'M', email: 'old' },
        { role: 'parent', nhsNumber: 'M', email: 'new' },
      ],
      people: '0011',
    },
    {
      title: 'supports nothing where each has one of their own',
      said: [
        { nameBirth: 'n', birthPostcode: '1', carerEmail: 'old' },
        { nameBirth: 'n', birthPostcode: '2', carerEmail: 'new' },
        { role: 'parent', nhsNumber: 'M', email: 'old' },
        { role: 'parent', nhsNumber: 'N', email: 'new' },
      ],
      people: '0123',
      doubts: ['near-match name-birth-elsewhere 1|2'],
    },
    {
      title: 'supports nothing where a mobile alone ties: numbers are given out again',
      said: [
        { nameBirth: 'n', birthPostcode: '1', carerMobile: 'old' },
        { nameBirth: 'n', birthPostcode: '2', carerMobile: 'new' },
        { role: 'parent', nhsNumber: 'M', mobile: 'old' },
        { role: 'parent', nhsNumber: 'M', mobile: 'new' },
      ],
      people: '0122',
      doubts: ['near-match name-birth-elsewhere 1|2'],
    },
    {
      title: 'supports a carer’s name and postcode, though no birth was written down',
      said: broughtBy({ ...nan, gender: 'F' }, { ...nan, birth: '1990' }),
      people: '0101',
    },
    {
      title: 'does not make a father of unknown birth one with his son of the same name',
      said: [
        { role: 'parent', nameBirth: 'mother', email: 'e', birth: '1990', gender: 'F' },
        { role: 'parent', namePostcode: 'john', email: 'e', gender: 'M' },
        { namePostcode: 'john', carerEmail: 'e', birth: '2019-03', gender: 'M' },
      ],
      people: '012',
      doubts: ['conflict different-genders 1|2', 'near-match name-postcode-other-birth 2|3'],
    },
    {
      title: 'supports last name, birth and postcode of the grown, and never of children',
      said: [
        ...broughtBy({ ...anna, ward: 'w' }, { ...anna, nameBirth: 'annie', namePostcode: '3' }),
      ],
      people: '0101',
    },
    {
      title: 'supports the sound of a name, but not between twins of one service',
      said: [
        { service: 's', nameBirth: 'ali', soundBirth: 'al', birthPostcode: 'b', carerEmail: 'e' },
        { service: 's', nameBirth: 'aly', soundBirth: 'al', birthPostcode: 'b', carerEmail: 'e' },
        { role: 'parent', email: 'e' },
      ],
      people: '012',
    },
    {
      title: 'leaves carers of one child with one telephone two, and no doubt',
      said: broughtBy({ mobile: 'm', gender: 'F' }, { mobile: 'm', gender: 'F', birth: '1990' }),
      people: '0102',
    },
  ])

  it('is none where more than twenty people carry an email', () => {
    const office = Array.from({ length: 21 }, (_, index) => ({
      ...{ role: 'parent' as const, email: 'office', nhsNumber: `N${index}` },
    }))
    const named = [
      { nameBirth: 'n', birthPostcode: '1', carerEmail: 'office' },
      { nameBirth: 'n', birthPostcode: '2', email: 'office', role: 'adult' as const },
    ]
    expect(people(records(...named, ...office.slice(0, 3)))).toMatch(/^00/)
    expect(people(records(...named, ...office))).toMatch(/^01/)
  })
})

describe('shared contacts', () => {
  it('are no evidence anywhere, nor is a child kind built on them', () => {
    const of = records(
      { email: 'desk', ...ADULT },
      { email: 'desk', ...ADULT },
      { carerEmail: 'desk', child: 'k' },
      { carerEmail: 'desk', child: 'k' },
      { carerMobile: 'tel', childMobile: 'k' },
      { carerMobile: 'tel', childMobile: 'k' },
      { nameBirth: 'n', ward: 'w1', mobile: 'tel' },
      { nameBirth: 'n', ward: 'w2', mobile: 'tel' },
    )
    const decision = decide(of, { shared: new Set(['desk', 'tel']) })
    expect([...decision.beneficiary].join('')).toBe('01234567')
    expect([...decision.family].join(' ')).toBe('-1 -1 0 1 2 3 4 5')
    expect(doubts(of, { shared: new Set(['desk', 'tel']) })).toEqual([
      'near-match name-birth-elsewhere 7|8',
    ])
  })
})

describe('[S41] records with nothing to match', () => {
  it('are never one person, though a thousand say the same', () => {
    const blank = records(...Array.from({ length: 1000 }, () => ({ service: 's', client: null })))
    expect(new Set(decide(blank).beneficiary).size).toBe(1000)
    expect(new Set(decide(blank, { policy: 'leap-2020' }).beneficiary).size).toBe(1000)
  })
})

describe('policy leap-2020', () => {
  const leap = { policy: 'leap-2020' } as const
  holds([
    {
      title: 'joins by own mobile',
      said: [{ mobile: 'm' }, { mobile: 'm' }],
      people: '00',
      given: leap,
    },
    {
      title: 'joins a couple by a shared mailbox, and a boy with a girl',
      said: [
        { email: 'e', gender: 'F', birth: '1990' },
        { email: 'e', gender: 'M', birth: '1985' },
      ],
      people: '00',
      given: leap,
    },
    {
      title: 'keeps two NHS numbers apart',
      said: [
        { email: 'e', nhsNumber: 'N' },
        { email: 'e', nhsNumber: 'M' },
      ],
      people: '01',
      doubts: ['conflict different-nhs-numbers 1|2'],
      given: leap,
    },
    {
      title: 'knows no names and no client references',
      said: [
        { client: 'c', nameBirth: 'n', ward: 'a' },
        { client: 'c', nameBirth: 'n', ward: 'a' },
      ],
      people: '01',
      given: leap,
    },
    {
      title: 'hears no decisions',
      said: [{ mobile: 'm' }, { mobile: 'm' }],
      people: '00',
      given: {
        ...leap,
        decisions: [
          {
            kind: 'different',
            order: 1,
            left: { client: 'client 1', birth: '', gender: 'unknown', nameBirth: null },
            right: { client: 'client 2', birth: '', gender: 'unknown', nameBirth: null },
          },
        ],
      },
    },
  ])
})

describe('joins', () => {
  it('span each beneficiary and say which rule and what agreed', () => {
    const of = records(
      { nhsNumber: 'N', client: 'c', ward: 'a', nameBirth: 'n' },
      { nhsNumber: 'N', nameBirth: 'n', namePostcode: 'p' },
      { client: 'c', ward: 'b' },
      { nameBirth: 'n', ward: 'b' },
    )
    expect(decide(of).joins).toEqual([
      { left: 1, right: 2, rule: 'nhs', agreed: ['nhs_number', 'name_birth'] },
      { left: 1, right: 3, rule: 'client', agreed: ['client'] },
      { left: 1, right: 4, rule: 'name', agreed: ['name_birth'] },
    ])
  })

  it('name the rule for records that are alike in all but the quarter', () => {
    const row = { service: 's', client: 'c', nameBirth: 'n' }
    const of = records({ ...row, quarter: '2024-Q2' }, { ...row, quarter: '2024-Q1' })
    expect(decide(of).joins).toEqual([
      { left: 2, right: 1, rule: 'client', agreed: ['name_birth', 'client'] },
    ])
  })
})
