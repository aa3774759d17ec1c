import { describe, expect, it } from 'vitest'
import { type Case, decide, doubts, people, records } from './people.ts'

function holds(cases: readonly Case[]): void {
  it.each(cases.map((own) => [own.title, own] as const))('%s', (_, own) => {
    const of = records(...own.said)
    expect({ people: people(of, own.given), doubts: doubts(of, own.given) }).toEqual({
      people: own.people,
      doubts: own.doubts ?? [],
    })
  })
}

const MARIE = {
  service: 's',
  client: 'c1',
  nameBirth: 'marie',
  birth: '2015-03',
  gender: 'F',
} as const
const MARIA = {
  service: 's',
  client: 'c2',
  nameBirth: 'maria',
  birth: '2015-03',
  gender: 'F',
} as const

describe('different NHS numbers', () => {
  holds([
    {
      title: 'keep apart whatever agrees',
      said: [
        { nhsNumber: 'N', client: 'c', child: 'k', nameBirth: 'n', ward: 'w' },
        { nhsNumber: 'M', client: 'c', child: 'k', nameBirth: 'n', ward: 'w' },
      ],
      people: '01',
      doubts: ['conflict reference-used-again 1|2'],
    },
    {
      title: 'leave a third who could be either alone',
      said: [{ nhsNumber: 'N', child: 'k' }, { nhsNumber: 'M', child: 'k' }, { child: 'k' }],
      people: '012',
      doubts: ['conflict different-nhs-numbers 1|2|3'],
    },
    {
      title: 'still let those join whom the same others veto',
      said: [
        { nhsNumber: 'N', child: 'k', birth: '2015-03' },
        { nhsNumber: 'M', child: 'k', birth: '2015-03' },
        { child: 'k', birth: '2015-04' },
        { child: 'k', birth: '2015-04', gender: 'F' },
        { child: 'k' },
      ],
      people: '01223',
      doubts: ['conflict different-nhs-numbers 1|2|3,4|5'],
    },
    {
      title: 'are no conflict where a later rule tells who is who',
      said: [
        { nhsNumber: 'N', client: 'c' },
        { nhsNumber: 'N', client: 'c' },
      ],
      people: '00',
    },
  ])
})

describe('different births and genders', () => {
  holds([
    {
      title: 'keep a baby from the mother whose NHS number it was given',
      said: [
        { role: 'parent', nhsNumber: 'N', birth: '1990', gender: 'F', nameBirth: 'mary' },
        { role: 'child', nhsNumber: 'N', birth: '2024-01', gender: 'F', nameBirth: 'ana' },
      ],
      people: '01',
      doubts: ['conflict different-births 1|2'],
    },
    ...(['client', 'nameBirth', 'namePostcode', 'givenBirthPostcode'] as const).map((field) => ({
      title: `do not keep apart where the NHS number and ${field} agree`,
      said: [
        { nhsNumber: 'N', birth: '2015-03', gender: 'M', [field]: 'same' } as const,
        { nhsNumber: 'N', birth: '2015-04', gender: 'F', [field]: 'same' } as const,
      ],
      people: '00',
    })),
    ...(['email', 'mobile', 'carerEmail', 'carerMobile'] as const).map((field) => ({
      title: `keep apart brothers of one name at one postcode with the same ${field}`,
      said: [
        { namePostcode: 'n', birth: '2015-03', gender: 'M', [field]: 'same' } as const,
        { namePostcode: 'n', birth: '2016-03', gender: 'M', [field]: 'same' } as const,
      ],
      people: '01',
      doubts: ['conflict different-births 1|2'],
    })),
    {
      title: 'keep apart a father and his son of one name, postcode and telephone',
      said: [
        { namePostcode: 'n', birth: '1990', role: 'parent', mobile: 'm', gender: 'M' },
        { namePostcode: 'n', birth: '2004-02', role: 'adult', mobile: 'm', gender: 'M' },
      ],
      people: '01',
    },
    {
      title: 'are in doubt for one name at one postcode without a contact',
      said: [
        { namePostcode: 'n', birth: '2015-03', ward: 'w' },
        { namePostcode: 'n', birth: '2016-03', ward: 'w' },
      ],
      people: '01',
      doubts: ['near-match name-postcode-other-birth 1|2'],
    },
    ...(['carerEmail', 'carerMobile', 'givenBirthPostcode'] as const).map((field) => ({
      title: `let a gender be mistaken where name and birth agree, and ${field}`,
      said: [
        { nameBirth: 'n', birth: '2015-03', gender: 'M', [field]: 'same' } as const,
        { nameBirth: 'n', birth: '2015-03', gender: 'F', [field]: 'same' } as const,
      ],
      people: '00',
    })),
    {
      title:
        'keep a boy from a girl of one name and birth who have no more than the ward in common',
      said: [
        { nameBirth: 'n', birth: '2015-03', gender: 'M', ward: 'w' },
        { nameBirth: 'n', birth: '2015-03', gender: 'F', ward: 'w' },
      ],
      people: '01',
      doubts: ['conflict different-genders 1|2'],
    },
    {
      title: 'keep a boy from his twin sister whatever of their home agrees',
      said: [
        { ...MARIE, client: 'c1', carerEmail: 'e', carerMobile: 'm', birthPostcode: 'b' },
        {
          ...{ service: 't', nameBirth: 'mark', birth: '2015-03', gender: 'M' },
          ...{ carerEmail: 'e', carerMobile: 'm', birthPostcode: 'b' },
        },
      ],
      people: '01',
    },
    {
      title: 'are not excused by the birth-postcode that twins share',
      said: [
        { nhsNumber: 'N', gender: 'M', birthPostcode: 'b' },
        { nhsNumber: 'N', gender: 'F', birthPostcode: 'b' },
      ],
      people: '01',
      doubts: ['conflict different-genders 1|2'],
    },
    {
      title: 'count as one value once an exemption joined them',
      said: [
        { nhsNumber: 'N', client: 'c', birth: '2015-03', gender: 'M', service: 's' },
        { nhsNumber: 'N', client: 'c', birth: '2015-04', gender: 'F', service: 's' },
        { client: 'd', birth: '2015-04', gender: 'F', nameBirth: 'n', email: 'e' },
        { nhsNumber: 'N', client: 'd', birth: '2015-04', gender: 'F', nameBirth: 'n', email: 'e' },
        { client: 'd', birth: '2015-05', gender: 'F' },
      ],
      people: '00001',
      doubts: ['conflict different-births 1,2,3,4|5'],
    },
    {
      title: 'agree at the precision both have',
      said: [
        { child: 'k', birth: '2008-03' },
        { child: 'k', birth: '2008' },
      ],
      people: '00',
    },
    {
      title: 'of neither male nor female veto nobody',
      said: [
        { child: 'k', gender: 'X' },
        { child: 'k', gender: 'F' },
      ],
      people: '00',
    },
  ])
})

describe('twins', () => {
  holds([
    {
      title: 'with the same email and different names are two',
      said: [
        { ...MARIE, child: 'k', carerEmail: 'e', birthPostcode: 'b' },
        { ...MARIA, child: 'k', carerEmail: 'e', birthPostcode: 'b' },
      ],
      people: '01',
    },
    {
      title: 'of one service are told apart in every other service too',
      said: [
        { ...MARIE, child: 'k' },
        { ...MARIA, child: 'k' },
        { service: 't', nameBirth: 'marie', child: 'k' },
        { service: 'u', nameBirth: 'maria', child: 'k' },
      ],
      people: '0101',
    },
    {
      title: 'are no child registered anew, one of whose names was typed otherwise in a quarter',
      said: [
        { service: 's', client: 'a', nameBirth: 'marie', birthPostcode: 'b' },
        { service: 's', client: 'a', nameBirth: 'maria', birthPostcode: 'b', quarter: '2024-Q2' },
        { service: 's', client: 'c', nameBirth: 'marie', birthPostcode: 'b', quarter: '2024-Q3' },
        { service: 't', nameBirth: 'marie', birthPostcode: 'b', givenBirthPostcode: 'g' },
        {
          ...{ service: 's', client: 'c', nameBirth: 'marie', birthPostcode: 'b' },
          ...{ givenBirthPostcode: 'g', quarter: '2024-Q4' },
        },
      ],
      people: '00000',
    },
    {
      title: 'are no child registered anew, both of whose names stand beside one NHS number',
      said: [
        { service: 's', client: 'a', nameBirth: 'kate', birthPostcode: 'b', nhsNumber: 'N' },
        { service: 't', nameBirth: 'catherine', birthPostcode: 'b', nhsNumber: 'N' },
        {
          ...{ service: 's', client: 'c', nameBirth: 'catherine', birthPostcode: 'b' },
          ...{ nhsNumber: 'N', quarter: '2024-Q2' },
        },
      ],
      people: '000',
    },
    {
      title: 'stand in one quarter under two references, whatever name was written under both',
      said: [
        { service: 's', client: 'a', nameBirth: 'marie', birthPostcode: 'b' },
        { service: 's', client: 'a', nameBirth: 'maria', birthPostcode: 'b', quarter: '2024-Q2' },
        { service: 's', client: 'c', nameBirth: 'maria', birthPostcode: 'b', quarter: '2024-Q2' },
      ],
      people: '001',
      doubts: ['conflict twins 1,2|3'],
    },
    {
      title: 'may come in two quarters: two references with nothing but the birthday in common',
      said: [
        { service: 's', client: 'a', nameBirth: 'marie', birthPostcode: 'b', child: 'k' },
        {
          ...{ service: 's', client: 'c', nameBirth: 'maria', birthPostcode: 'b', child: 'k' },
          quarter: '2024-Q2',
        },
      ],
      people: '01',
    },
    {
      title: 'leave a record without a name in doubt',
      said: [
        { ...MARIE, child: 'k' },
        { ...MARIA, child: 'k' },
        { service: 't', child: 'k' },
      ],
      people: '012',
      doubts: ['near-match twins 1|2|3'],
    },
    {
      title: 'keep who has the first name of one of them from the other',
      said: [
        { ...MARIE, givenBirthPostcode: 'marie', birthPostcode: 'b' },
        { ...MARIA, givenBirthPostcode: 'maria', birthPostcode: 'b' },
        { nameBirth: 'marie jones', givenBirthPostcode: 'marie' },
      ],
      people: '010',
    },
    {
      title: 'are not one child registered twice with two last names, first name and home alike',
      said: [
        { ...MARIE, child: 'k', givenBirthPostcode: 'g' },
        { ...MARIE, client: 'c2', nameBirth: 'marie jones', child: 'k', givenBirthPostcode: 'g' },
        { ...MARIE, client: 'c3', nameBirth: 'marie jones', child: 'k' },
      ],
      people: '000',
    },
    {
      title: 'are not one child registered twice with one of two last names',
      said: [
        { ...MARIE, child: 'k', nameBirthSurnameFirst: 'marie smith' },
        { ...MARIE, client: 'c2', nameBirth: 'marie smith', child: 'k' },
      ],
      people: '00',
    },
    {
      title: 'are not one child registered twice with the day and the month in each other’s place',
      said: [
        { ...MARIE, birthPostcode: 'b', carerEmail: 'e', nameBirthSwapped: 'marie swapped' },
        { ...MARIE, client: 'c2', nameBirth: 'marie swapped', birthPostcode: 'b', carerEmail: 'e' },
      ],
      people: '00',
    },
    {
      title: 'are not one child of one NHS number whose name is spelt in two ways',
      said: [
        { ...MARIE, child: 'k', nhsNumber: 'N', soundBirth: 'mr' },
        { ...MARIA, child: 'k', nhsNumber: 'N', soundBirth: 'mr' },
      ],
      people: '00',
    },
    {
      title: 'whose names sound alike are two all the same, and no doubt',
      said: [
        { ...MARIE, child: 'k', soundBirth: 'mr' },
        { ...MARIA, child: 'k', soundBirth: 'mr' },
      ],
      people: '01',
    },
    {
      title: 'with the same first three letters whom no service shows side by side do join',
      said: [
        { ...MARIE, child: 'k' },
        { ...MARIA, service: 't', child: 'k' },
      ],
      people: '00',
    },
    {
      title: 'are not two references that agree in everything they have',
      said: [
        { ...MARIE, child: 'k' },
        { ...MARIE, client: 'c2', child: 'k' },
        { ...MARIE, client: 'c3', child: 'k', nameBirth: null },
      ],
      people: '000',
    },
    {
      title: 'are children: two parents of one birthday at one address are no twins',
      said: [
        { ...MARIE, role: 'parent', birthPostcode: 'b', givenBirthPostcode: 'g' },
        { ...MARIA, role: 'parent', birthPostcode: 'b', givenBirthPostcode: 'g' },
      ],
      people: '00',
    },
    {
      title: 'are one person again once the other record is gone',
      said: [
        { ...MARIE, child: 'k' },
        { service: 't', child: 'k' },
      ],
      people: '00',
    },
    {
      title: 'with one NHS number are a conflict',
      said: [
        { ...MARIE, child: 'k', nhsNumber: 'N' },
        { ...MARIA, child: 'k', nhsNumber: 'N' },
      ],
      people: '01',
      doubts: ['conflict twins 1|2'],
    },
  ])
})

describe('epochs of the source key', () => {
  const old = { epoch: 1, submission: 9, sourceRow: 4, quarter: '2025-Q1', service: 's' } as const
  const fresh = { ...old, epoch: 2 } as const

  it('are bridged by the row that both keys describe', () => {
    const of = records(
      { epoch: 1, nhsNumber: 'old', service: 't' },
      { ...old, nhsNumber: 'old', client: 'c old' },
      { ...fresh, nhsNumber: 'new', client: 'c new' },
      { epoch: 2, nhsNumber: 'new', service: 'u' },
    )
    const decision = decide(of)
    expect([...decision.beneficiary].join('')).toBe('0000')
    expect([...decision.upper].join('')).toBe('0000')
    expect(decision.joins.map(({ rule }) => rule)).toEqual(['bridge', 'nhs', 'nhs'])
    // Two pseudonyms of one number count once in the lower bound.
    expect(new Set(decision.nhs).size).toBe(1)
  })

  it('do not bridge a child to the carer of its row', () => {
    const of = records(
      { ...old, role: 'child' },
      { ...old, role: 'parent' },
      { ...fresh, role: 'child' },
      { ...fresh, role: 'parent' },
    )
    expect(people(of)).toBe('0101')
    expect(new Set(decide(of).family).size).toBe(1)
  })

  it('hold their vetoes each for itself', () => {
    const of = records(
      { ...old, birth: '2015-03', nhsNumber: 'a' },
      { ...fresh, birth: '2015-04', nhsNumber: 'b' },
    )
    expect(people(of)).toBe('00')
  })

  it('let a row that says two things under one key bridge nothing', () => {
    const of = records({ ...old, client: 'a' }, { ...old, client: 'b' }, { ...fresh, client: 'c' })
    expect(people(of)).toBe('012')
  })
})
