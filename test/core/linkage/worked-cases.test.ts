import { describe, expect, it } from 'vitest'
import { decide, doubts, people, records, type Case, type Said } from './people.ts'

/**
 * Cases that must come out right in whatever order their records come: each is decided in every
 * order of a few, or in many of more.
 */
interface Worked extends Omit<Case, 'doubts' | 'said'> {
  readonly said: readonly Said[]
  /** Codes of all doubts, sorted. */
  readonly doubts?: readonly string[]
}

/** Every order of up to five, else so many turned about. */
function orders(count: number): number[][] {
  if (count === 0) return [[]]
  const all = Array.from({ length: count }, (_, place) => place)
  if (count > 5)
    return all.map((by) => all.map((place) => (place * 5 + by) % count)).filter(isWhole)
  return orders(count - 1).flatMap((rest) =>
    all.map((at) => [...rest.slice(0, at), count - 1, ...rest.slice(at)]),
  )
}

function isWhole(order: readonly number[]): boolean {
  return new Set(order).size === order.length
}

/** Numbers from 0 by first appearance. */
function named(classes: readonly unknown[]): string {
  const known = new Map<unknown, number>()
  return classes
    .map((one) => {
      if (!known.has(one)) known.set(one, known.size)
      return known.get(one)
    })
    .join('')
}

const ADULT = { role: 'adult', birth: '1990' } as const
const CHILD = { role: 'child', birth: '2019-04', gender: 'M' } as const

/** Somebody’s name and birth with what others may carry in their place. */
const smithJones = (first: string): Said => ({
  nameBirth: `${first} smithjones`,
  nameBirthSurnameFirst: `${first} smith`,
  nameBirthSurnameLast: `${first} jones`,
  nameBirthReversed: `smithjones ${first}`,
})
const surname = (first: string, last: string): Said => ({
  nameBirth: `${first} ${last}`,
  nameBirthReversed: `${last} ${first}`,
})
const OKAFOR = surname('amara', 'okafor')
const OKAFOR_REVERSED = surname('okafor', 'amara')
/** 3 April, and 4 March. */
const APRIL = { nameBirth: 'n 03/04', nameBirthSwapped: 'n 04/03', birth: '2019-04' } as const
const MARCH = { nameBirth: 'n 04/03', nameBirthSwapped: 'n 03/04', birth: '2019-03' } as const
const ALI = { ...ADULT, nameBirth: 'mohammed ali', soundBirth: 'md al' } as const
const ALY = { ...ADULT, nameBirth: 'mohammed aly', soundBirth: 'md al' } as const
const MOTHER = { role: 'parent', birth: '1990', gender: 'F', nameBirth: 'mother' } as const
const BABY = { role: 'child', birth: '2023-11', nameBirth: 'baby' } as const

const CASES: readonly Worked[] = [
  {
    title: 'the same client reference in four quarters with no strong key is one person',
    said: ['2024-Q1', '2024-Q2', '2024-Q3', '2024-Q4'].map((quarter) => ({
      ...{ service: 's', client: 'c', quarter, birth: '2015-03' },
    })),
    people: '0000',
  },
  {
    title: 'a reference used again for somebody else is a conflict',
    said: [
      { service: 's', client: 'c', birth: '2015-03', gender: 'M', nameBirth: 'a' },
      { service: 's', client: 'c', birth: '2011-07', gender: 'F', nameBirth: 'b' },
    ],
    people: '01',
    doubts: ['conflict reference-used-again'],
  },
  {
    title: 'twins Anna and Ben with one carer email are two',
    said: [
      { ...CHILD, gender: 'F', carerEmail: 'e', child: 'ann', nameBirth: 'anna' },
      { ...CHILD, gender: 'M', carerEmail: 'e', child: 'ben', nameBirth: 'ben' },
    ],
    people: '01',
  },
  {
    title: 'twins Samuel and Samson, both at each of two services, are two people of two records',
    said: ['s', 't'].flatMap((service) =>
      ['samuel', 'samson'].map((name) => ({
        ...CHILD,
        ...{
          service,
          client: `${service} ${name}`,
          carerEmail: 'e',
          child: 'sam',
          nameBirth: name,
        },
      })),
    ),
    people: '0101',
  },
  {
    title: 'a record with only an email shared by a couple joins neither',
    said: [
      { ...ADULT, email: 'e', gender: 'F', nameBirth: 'she' },
      { ...ADULT, email: 'e', gender: 'M', nameBirth: 'he', birth: '1988' },
      { ...ADULT, email: 'e', birth: '' },
    ],
    people: '012',
    doubts: ['conflict shared-mailbox'],
  },
  {
    title: 'of three records with one NHS number the one with another birth month is a conflict',
    said: [
      { nhsNumber: 'N', birth: '2019-04' },
      { nhsNumber: 'N', birth: '2019-04' },
      { nhsNumber: 'N', birth: '2019-05' },
    ],
    people: '001',
    doubts: ['conflict different-births'],
  },
  {
    title: 'so it is when a fourth has no birth',
    said: [
      { nhsNumber: 'N', birth: '2019-04' },
      { nhsNumber: 'N', birth: '2019-04' },
      { nhsNumber: 'N', birth: '2019-05' },
      { nhsNumber: 'N' },
    ],
    people: '0012',
    doubts: ['conflict different-births'],
  },
  {
    title: 'a class whose sets no edge connects stays apart',
    said: [
      { child: 'k1', birth: '2019-04' },
      { child: 'k1', childMobile: 'k2', birth: '2019-05' },
      { childMobile: 'k2', birth: '2019-04' },
    ],
    people: '012',
    doubts: ['conflict different-births'],
  },
  {
    title: 'an email chain between two NHS numbers joins nobody',
    said: [
      { ...ADULT, nhsNumber: 'N1', email: 'e' },
      { ...ADULT, email: 'e' },
      { ...ADULT, nhsNumber: 'N2', email: 'e' },
    ],
    people: '012',
    doubts: ['conflict different-nhs-numbers'],
  },
  {
    title:
      'a mother’s NHS number on her baby’s row is a conflict, even where the name-postcode is mistaken too',
    said: [
      { ...MOTHER, nhsNumber: 'N', namePostcode: 'np' },
      { ...BABY, nhsNumber: 'N', namePostcode: 'np' },
    ],
    people: '01',
    doubts: ['conflict different-births'],
  },
  {
    title: 'a girl who turns sixteen is one person',
    said: [
      { role: 'child', birth: '2008-05', gender: 'F', nhsNumber: 'N', client: 'a' },
      { role: 'adult', birth: '2008', gender: 'F', nhsNumber: 'N', client: 'b' },
    ],
    people: '00',
  },
  {
    title: 'a surname changed by marriage is one person by first name, birth and postcode',
    said: [
      { ...ADULT, gender: 'F', nameBirth: 'ana smith', givenBirthPostcode: 'g', email: 'e' },
      { ...ADULT, gender: 'F', nameBirth: 'ana jones', givenBirthPostcode: 'g' },
    ],
    people: '00',
  },
  {
    title: 'a surname changed by marriage is one person by an own email, though she moved',
    said: [
      { ...ADULT, gender: 'F', nameBirth: 'ana smith', namePostcode: '1', email: 'e' },
      { ...ADULT, gender: 'F', nameBirth: 'ana jones', namePostcode: '2', email: 'e' },
    ],
    people: '00',
  },
  {
    title: '03/04 written 04/03 with the same ward is one',
    said: [
      { ...APRIL, ward: 'w' },
      { ...MARCH, ward: 'w' },
    ],
    people: '00',
  },
  {
    title: '03/04 written 04/03 with the same carer mobile is one',
    said: [
      { ...APRIL, carerMobile: 'm', ward: 'w1' },
      { ...MARCH, carerMobile: 'm', ward: 'w2' },
    ],
    people: '00',
  },
  {
    title: '03/04 written 04/03 in two wards is a doubt',
    said: [
      { ...APRIL, ward: 'w1' },
      { ...MARCH, ward: 'w2' },
    ],
    people: '01',
    doubts: ['near-match birth-swapped'],
  },
  {
    title: 'twins whose days make a swap of each other are two',
    said: [
      {
        ...CHILD,
        birth: '2019-04',
        service: 's',
        nameBirth: 'anna 03/04',
        ward: 'w',
        carerEmail: 'e',
      },
      {
        ...CHILD,
        birth: '2019-03',
        service: 's',
        nameBirth: 'ben 04/03',
        ward: 'w',
        carerEmail: 'e',
      },
    ].map((said, index) => ({
      ...said,
      nameBirthSwapped: ['anna 04/03', 'ben 03/04'][index] ?? null,
      child: `child ${index}`,
    })),
    people: '01',
  },
  {
    title: 'twins, each written with its day and its swap at two services, are two people',
    said: ['s', 't'].flatMap((service) =>
      ['anna', 'ella'].map((name) => ({
        ...CHILD,
        service,
        client: `${service} ${name}`,
        gender: 'F' as const,
        birth: service === 's' ? '2019-04' : '2019-03',
        nameBirth: `${name} ${service === 's' ? '03/04' : '04/03'}`,
        nameBirthSwapped: `${name} ${service === 's' ? '04/03' : '03/04'}`,
        birthPostcode: `okafor ${service} p`,
        carerEmail: 'e',
        child: `${name} ${service}`,
        ward: 'w',
      })),
    ),
    people: '0101',
  },
  {
    title: 'Okafor Amara and Amara Okafor are one',
    said: [OKAFOR, OKAFOR_REVERSED],
    people: '00',
  },
  {
    title: 'Okafor Amara and Amara Okafor are one though every postcode kind reads otherwise',
    said: [
      { ...OKAFOR, birthPostcode: 'o', namePostcode: 'ao', givenBirthPostcode: 'a', ward: 'w' },
      {
        ...OKAFOR_REVERSED,
        birthPostcode: 'a',
        namePostcode: 'oa',
        givenBirthPostcode: 'o',
        ward: 'w',
      },
    ],
    people: '00',
  },
  {
    title: 'Okafor Amara and Amara Okafor in two wards are a doubt',
    said: [
      { ...OKAFOR, ward: 'w1' },
      { ...OKAFOR_REVERSED, ward: 'w2' },
    ],
    people: '01',
    doubts: ['near-match name-otherwise-elsewhere'],
  },
  {
    title: 'Smith-Jones, Smith and Jones with one birth and one postcode are one',
    said: [smithJones('ann'), surname('ann', 'smith'), surname('ann', 'jones')].map((said) => ({
      ...said,
      givenBirthPostcode: 'ann p',
      birthPostcode: `${said.nameBirth ?? ''} p`,
      namePostcode: `${said.nameBirth ?? ''} np`,
    })),
    people: '000',
  },
  {
    title: 'Smith-Jones, Smith and Jones in one ward are one',
    said: [smithJones('ann'), surname('ann', 'smith'), surname('ann', 'jones')].map((said) => ({
      ...said,
      ward: 'w',
    })),
    people: '000',
  },
  {
    title: 'Smith-Jones, Smith and Jones with one mobile are one',
    said: [smithJones('ann'), surname('ann', 'smith'), surname('ann', 'jones')].map((said) => ({
      ...{ ...said, ...ADULT, mobile: 'm' },
    })),
    people: '000',
  },
  {
    title: 'Smith-Jones, Smith and Jones without a contact or place are doubts',
    said: [smithJones('ann'), surname('ann', 'smith'), surname('ann', 'jones')],
    people: '012',
    doubts: ['near-match name-otherwise-elsewhere'],
  },
  {
    title: 'two who would both be Ann Smith to others, and nobody is, are two and no doubt',
    said: [
      { nameBirth: 'ann smithjones', nameBirthSurnameFirst: 'ann smith' },
      { nameBirth: 'ann smithbrown', nameBirthSurnameFirst: 'ann smith' },
    ],
    people: '01',
  },
  {
    title: 'Mohammed Ali and Muhammad Aly born on one day in two wards are a doubt',
    said: [
      { ...ALI, ward: 'w1' },
      { ...ALY, ward: 'w2' },
    ],
    people: '01',
    doubts: ['near-match sound-birth'],
  },
  {
    title: 'Mohammed Ali and Muhammad Aly born on one day in one ward are one',
    said: [
      { ...ALI, ward: 'w' },
      { ...ALY, ward: 'w' },
    ],
    people: '00',
  },
  {
    title: 'Mohammed Ali and Muhammad Aly born on one day are one where nothing says otherwise',
    said: [ALI, { ...ALY, ward: 'w' }],
    people: '00',
  },
  {
    title: 'Mohammed Ali and Muhammad Aly born on one day are a doubt where two wards are known',
    said: [ALI, { ...ALY, ward: 'w' }, { ...ALY, ward: 'w2' }],
    people: '012',
    doubts: ['near-match name-birth-elsewhere', 'near-match sound-birth'],
  },
  {
    title: 'Mohammed Ali and Muhammad Aly who are twins of one service are two',
    said: ['ali', 'aly'].map((last) => ({
      ...CHILD,
      service: 's',
      nameBirth: `mohammed ${last}`,
      soundBirth: 'md al',
      childMobile: 'moh',
      carerMobile: 'm',
      ward: 'w',
    })),
    people: '01',
  },
  {
    title: 'birth and postcode with a contact is one, though the first name is written otherwise',
    said: [
      { ...ADULT, nameBirth: 'liz smith', birthPostcode: 'b', mobile: 'm' },
      { ...ADULT, nameBirth: 'beth smith', birthPostcode: 'b', mobile: 'm' },
    ],
    people: '00',
  },
  {
    title: 'birth and postcode with a carer’s contact is a doubt: twins at two services have both',
    said: ['anna', 'ella'].map((name) => ({
      ...{ ...CHILD, nameBirth: name, birthPostcode: 'b', carerEmail: 'e', carerMobile: 'm' },
      ward: 'w',
    })),
    people: '01',
    doubts: ['near-match birth-postcode'],
  },
  {
    title: '03/04 put right as 04/03 within one client reference is one',
    said: [
      { ...APRIL, service: 's', client: 'c' },
      { ...MARCH, service: 's', client: 'c', quarter: '2024-Q2' },
    ],
    people: '00',
  },
  {
    title: 'name and postcode with a contact is one, where a birth is missing',
    said: [
      { role: 'adult', namePostcode: 'np', email: 'e', nameBirth: 'a', birth: '1990' },
      { role: 'adult', namePostcode: 'np', email: 'e' },
    ],
    people: '00',
  },
  {
    title: 'no two months are joined through a record that has the year only',
    said: [
      { birth: '2008-03', namePostcode: 'n', carerMobile: 'm' },
      { birth: '2008', namePostcode: 'n', carerMobile: 'm' },
      { birth: '2008-04', namePostcode: 'n', carerMobile: 'm' },
    ],
    people: '012',
    doubts: ['conflict different-births'],
  },
  {
    title: 'a date corrected in the next quarter is one person within a client with name-postcode',
    said: [
      {
        service: 's',
        client: 'c',
        birth: '2019-04',
        gender: 'M',
        namePostcode: 'np',
        nameBirth: 'a',
      },
      {
        service: 's',
        client: 'c',
        birth: '2019-09',
        gender: 'F',
        namePostcode: 'np',
        nameBirth: 'b',
      },
    ].map((said, index) => ({ ...said, quarter: `2024-Q${index + 1}` })) as readonly Said[],
    people: '00',
  },
  {
    title:
      'a date corrected in the next quarter is one person within a client with a carer’s mobile',
    said: [
      { service: 's', client: 'c', birth: '2019-04', carerMobile: 'm' },
      { service: 's', client: 'c', birth: '2020-04', carerMobile: 'm' },
    ],
    people: '00',
  },
  {
    title: 'a client whose birth is another by twelve years is a conflict, whatever agrees',
    said: [
      { service: 's', client: 'c', birth: '2007-04', carerMobile: 'm', namePostcode: 'np' },
      { service: 's', client: 'c', birth: '2019-04', carerMobile: 'm', namePostcode: 'np' },
    ],
    people: '01',
    doubts: ['conflict different-births'],
  },
]

describe('[S42] whatever the order of arrival', () => {
  it.each(CASES)('$title', ({ said, people: expected, doubts: told = [], given }) => {
    const of = records(...said)
    for (const order of orders(of.length)) {
      const arrived = order.flatMap((place) => of[place] ?? [])
      const { beneficiary } = decide(arrived, given)
      const back = of.map((record) => beneficiary[arrived.indexOf(record)])
      expect(named(back), String(order)).toBe(expected)
      const codes = doubts(arrived, given).map((doubt) => doubt.split(' ').slice(0, 2).join(' '))
      expect([...new Set(codes)].sort(), String(order)).toEqual([...told].sort())
    }
  })

  it('a contact whose count crosses the threshold is no evidence, and is again after a withdrawal', () => {
    const two = records(
      { ...ADULT, nameBirth: 'a', email: 'e', ward: 'w1' },
      { ...ADULT, nameBirth: 'a', email: 'e', ward: 'w2' },
    )
    expect(people(two)).toBe('00')
    expect(people(two, { shared: new Set(['e']) })).toBe('01')
  })

  it('a bridge withdrawn leaves two', () => {
    const of = records(
      { nhsNumber: 'N', birth: '2019-04' },
      { nhsNumber: 'N', child: 'k', birth: '2019-04' },
      { child: 'k', birth: '2019-04' },
    )
    expect(people(of)).toBe('000')
    expect(people(of.filter(({ id }) => id !== 2))).toBe('01')
  })
})
