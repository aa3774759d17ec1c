import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PeopleCounter, type PeopleForecast } from '#core/checks/whole-file/people-forecast.ts'
import type { LinkRecord } from '#core/linkage/part.ts'
import { POLICIES } from '#core/linkage/policy.ts'
import { findSharedContacts } from '#core/linkage/shared-contacts.ts'
import { forecastLines } from '#core/messages/findings/forecast-words.ts'
import { PSEUDONYM_COLUMNS, PSEUDONYM_COUNT } from '#core/pseudonym/kinds.ts'
import { decide, lowerBound } from '../../linkage/people.ts'
import { populations } from '../../linkage/populations.ts'
import { check } from '../tables.ts'

const WIDTH = 32

/** The forecast for records, as a hashed file gives them. */
function forecastOf(records: readonly LinkRecord[]): PeopleForecast {
  const numbers = new Map<string, number>()
  const bytes = new Uint8Array(records.length * PSEUDONYM_COUNT * WIDTH)
  const present = new Uint8Array(records.length * PSEUDONYM_COUNT)
  const counter = new PeopleCounter()
  records.forEach((record, row) => {
    for (const [column, { field }] of PSEUDONYM_COLUMNS.entries()) {
      const value = record[field]
      if (value === null) continue
      const number = numbers.get(value) ?? numbers.size + 1
      numbers.set(value, number)
      const at = row * PSEUDONYM_COUNT + column
      present[at] = 1
      new DataView(bytes.buffer).setUint32(at * WIDTH, number)
    }
  })
  const batch = { rows: records.length, width: WIDTH, bytes, present } as const
  records.forEach(({ gender }, row) => {
    counter.addHashed(batch, row, gender)
  })
  return counter.forecast()
}

/**
 * Records as one file of one service: rows of one client that say different people are not taken,
 * and a name with a birth has that birth.
 */
const files = populations.map((drawn) => {
  const births = new Map<string | null, string>()
  const taken: LinkRecord[] = []
  for (const [index, record] of drawn.entries()) {
    const own = {
      ...{ ...record, service: 'play', quarter: '2024-Q1', submission: 1, sourceRow: index + 1 },
      epoch: 1,
    }
    const birth = own.nameBirth === null ? own.birth : (births.get(own.nameBirth) ?? own.birth)
    if (birth !== own.birth) continue
    const differ = (one: string | null, other: string | null): boolean =>
      (one ?? '') !== '' && (other ?? '') !== '' && one !== other
    const isTold = (gender: string): string => (gender === 'M' || gender === 'F' ? gender : '')
    const isOther = taken.some(
      (each) =>
        each.client === own.client &&
        (differ(each.nhsNumber, own.nhsNumber) ||
          differ(each.nameBirth, own.nameBirth) ||
          differ(each.birth, own.birth) ||
          differ(isTold(each.gender), isTold(own.gender))),
    )
    if (isOther) continue
    births.set(own.nameBirth, own.birth)
    taken.push(own)
  }
  return taken
})

describe('the people that a file is expected to come to', () => {
  test('are as many as linkage of the file by itself finds, or in between', () => {
    fc.assert(
      fc.property(files, (records) => {
        const { least, most } = forecastOf(records)
        const shared = findSharedContacts(records, POLICIES.cautious)
        const decided = decide(records, { shared })
        const people = new Set(decided.beneficiary).size
        expect(least).toBeLessThanOrEqual(people)
        expect(least).toBeLessThanOrEqual(lowerBound(decided))
        expect(most).toBeGreaterThanOrEqual(people)
        expect(most).toBeGreaterThanOrEqual(new Set(decided.upper).size)
        expect(most).toBeLessThanOrEqual(records.length)
      }),
      { numRuns: 600 },
    )
    // It takes a second, of which a busy machine makes fifteen.
  }, 120_000)

  test('are the same in whatever order the rows come', () => {
    fc.assert(
      fc.property(files, fc.array(fc.nat(), { minLength: 40 }), (records, turns) => {
        const turned = records
          .map((record, index) => ({ record, at: turns[index] ?? 0 }))
          .sort((left, right) => left.at - right.at)
          .map(({ record }) => record)
        expect(forecastOf(turned)).toEqual(forecastOf(records))
      }),
    )
  })
})

const FIELDS = ['client_ref', 'role', 'first_name', 'last_name', 'date_of_birth', 'gender'] as const

async function forecastOfRows(
  fields: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<PeopleForecast> {
  return (
    await check(
      [...fields],
      rows.map((row) => [...row]),
    )
  ).outcome.forecast
}

describe('of a clear file', () => {
  const amara = ['child', 'Amara', 'Okafor', '03/02/2021', 'F']
  const tom = ['child', 'Tom', 'Silva', '04/05/2020', 'M']

  test('one client reference is one person, and one name and birth under two may be', async () => {
    expect(
      await forecastOfRows(FIELDS, [
        ['A1', ...amara],
        ['A1', ...amara],
        ['A2', ...amara],
        ['A3', ...tom],
      ]),
    ).toEqual({ least: 2, most: 3 })
  })

  test('one NHS number is one person where name, birth and gender agree, and may be elsewhere', async () => {
    const fields = [...FIELDS, 'nhs_number']
    const agreeing = [
      ['A1', ...amara, '9434765919'],
      ['A2', ...amara, '9434765919'],
    ]
    expect(await forecastOfRows(fields, agreeing)).toEqual({ least: 1, most: 1 })
    const other = ['A3', ...tom, '9434765919']
    expect(await forecastOfRows(fields, [...agreeing, other])).toEqual({ least: 1, most: 3 })
  })

  test('one birth with a name written another way, or that sounds alike, may be one person', async () => {
    const born = (first: string, last: string, on: string) => ['child', first, last, on, 'F']
    const pairs = [
      [born('Amara', 'Okafor', '03/02/2021'), born('Okafor', 'Amara', '03/02/2021')],
      [born('Amara', 'Okafor', '03/02/2021'), born('Amara', 'Okafor', '02/03/2021')],
      [born('Ann', 'Smith-Jones', '03/02/2021'), born('Ann', 'Jones', '03/02/2021')],
      [born('Mohammed', 'Ali', '03/02/2021'), born('Muhammad', 'Aly', '03/02/2021')],
    ] as const
    for (const [one, other] of pairs) {
      const rows = [
        ['A1', ...one],
        ['A2', ...other],
      ]
      expect(await forecastOfRows(FIELDS, rows)).toEqual({ least: 1, most: 2 })
    }
    // What both could be written as, and neither is, is none.
    const parts = [
      born('Ann', 'Smith-Jones', '03/02/2021'),
      born('Ann', 'Smith-Brown', '03/02/2021'),
    ]
    const rows = parts.map((part, index) => [`A${index}`, ...part])
    expect(await forecastOfRows(FIELDS, rows)).toEqual({ least: 2, most: 2 })
  })

  test('an address of a whole office makes nobody one', async () => {
    const rows = Array.from({ length: 9 }, (_, n) => [
      ...[`A${n}`, 'adult', `Ama${'abcdefghi'[n] ?? ''}`, 'Okafor', `0${n + 1}/02/1981`, 'F'],
      n < 3 ? 'family@mail.leap.test' : 'office@mail.leap.test',
    ])
    expect(await forecastOfRows([...FIELDS, 'email'], rows)).toEqual({ least: 7, most: 9 })
  })

  test('rows that disagree about a person are not counted', async () => {
    const rows = [
      ['A1', ...amara],
      ['A1', ...tom],
      ['A2', ...tom],
    ]
    const { outcome } = await check([...FIELDS], rows)
    expect(outcome).toMatchObject({ records: 1, forecast: { least: 1, most: 1 } })
  })
})

test('it is told with what it means for the service’s own count', () => {
  const linkability = { strong: 100, weak: 8, none: 12 }
  expect(forecastLines({ linkability, forecast: { least: 97, most: 104 }, seenAgain: 81 })).toEqual(
    [
      'Counting every row, your file holds 120 people. From the file alone we expect between 97 and 104 different people.',
      '12 of them have nothing that can be surely linked; each is likely to be counted as a new person.',
      '81 clients in it were in your own earlier files too.',
    ],
  )
  const one = { strong: 1, weak: 0, none: 0 }
  expect(forecastLines({ linkability: one, forecast: { least: 1, most: 1 } })).toEqual([
    'Counting every row, your file holds 1 person. From the file alone we expect 1 different person.',
  ])
  const nobody = { strong: 0, weak: 0, none: 0 }
  expect(forecastLines({ linkability: nobody, forecast: { least: 0, most: 0 } })).toEqual([])
})
