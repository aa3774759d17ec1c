import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { normaliseMobile } from '#core/pseudonym/normalising/mobile.ts'
import { normaliseNhsNumber } from '#core/pseudonym/normalising/nhs-number.ts'
import { quarterSpan, yearsBetween } from '#demonstration/calendar.ts'
import { ERROR_RATES } from '#demonstration/error-rates.ts'
import { inventedMobile, inventedNhsNumber } from '#demonstration/invented-identifiers.ts'
import { SHARES, makePopulation } from '#demonstration/population.ts'
import { countTrueReach, type TrueRecord } from '#demonstration/truth.ts'
import { DEMONSTRATION_QUARTERS, makeDemonstration } from '#demonstration/write-demonstration.ts'

const population = makePopulation({ seed: 7, people: 30_000, quarters: DEMONSTRATION_QUARTERS })
const { sent } = makeDemonstration({ seed: 7, people: 12_000 })
const truth = sent.flatMap((file) => file.truth)

describe('invented identifiers', () => {
  test('are NHS numbers nobody has: 999 or 5 first, a right check digit, accepted where the programme is not live', () => {
    fc.assert(
      fc.property(fc.nat(20_000_000), (serial) => {
        const number = inventedNhsNumber(serial)
        expect(number).toMatch(serial < 900_000 ? /^999/ : /^5/)
        expect(normaliseNhsNumber(number, false)).toMatchObject({ value: number, code: '' })
      }),
    )
  })

  test('are never given twice', () => {
    const numbers = new Set<string>()
    const mobiles = new Set<string>()
    for (let serial = 890_000; serial < 1_000_000; serial += 1) {
      numbers.add(inventedNhsNumber(serial))
      mobiles.add(inventedMobile(serial))
    }
    expect(numbers.size).toBe(110_000)
    expect(mobiles.size).toBe(110_000)
  })

  test('are mobile numbers that read as such', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (serial) => {
        expect(normaliseMobile(inventedMobile(serial)).value).toMatch(/^\+447[0-9]{9}$/)
      }),
    )
  })
})

describe('the population', () => {
  test('has as many people as were asked for, each in one family under one number', () => {
    expect(population.people.length).toBeGreaterThanOrEqual(30_000)
    expect(new Set(population.people.map((person) => person.id)).size).toBe(
      population.people.length,
    )
    expect(new Set(population.people.map((person) => person.nhsNumber)).size).toBe(
      population.people.length,
    )
  })

  test('has twins who are two people with one birth and different names', () => {
    const twins = population.families.flatMap(({ children }) =>
      children.flatMap((child, index) => {
        const next = children[index + 1]
        return next !== undefined && next.born === child.born ? [[child, next] as const] : []
      }),
    )
    expect(twins.length).toBeGreaterThan(20)
    for (const [one, other] of twins) {
      expect(one.id).not.toBe(other.id)
      expect(one.nhsNumber).not.toBe(other.nhsNumber)
      expect(one.firstName).not.toBe(other.firstName)
    }
  })

  test('keeps the shares it states', () => {
    const { families } = population
    const births = families.flatMap(
      ({ children }) => new Set(children.map((child) => child.born)).size,
    )
    const born = births.reduce((sum, count) => sum + count, 0)
    const twins = families.flatMap(({ children }) => children).length - born
    expect(twins / born).toBeGreaterThan(SHARES.twins * 0.6)
    expect(twins / born).toBeLessThan(SHARES.twins * 1.5)
    const fathers = families.filter(({ others }) =>
      others.some(({ kin }) => kin === 'father'),
    ).length
    expect(fathers / families.length).toBeCloseTo(SHARES.fatherKnown, 1)
    const never = families.filter(({ takesPart }) => takesPart === 0).length
    expect(never / families.length).toBeCloseTo(SHARES.neverTakesPart, 1)
    const moved = families.filter(
      ({ mother }) => mother.situations[0]?.home !== mother.situations[1]?.home,
    ).length
    expect(moved / families.length).toBeGreaterThan(SHARES.moves / 2)
    expect(moved / families.length).toBeLessThan(SHARES.moves * 2)
  })

  test('has mothers between fourteen and forty-two at the first birth, some of them under twenty', () => {
    const ages = population.families.map(({ mother, children }) =>
      yearsBetween(mother.born, children[0]?.born ?? 0),
    )
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(14)
    expect(Math.max(...ages)).toBeLessThanOrEqual(42)
    expect(ages.filter((age) => age < 20).length).toBeGreaterThan(50)
  })

  test('has children from newborn to five at the end of the last quarter', () => {
    const last = quarterSpan('2024-Q3').last
    const children = population.families.flatMap((family) => family.children)
    const ages = children.map((child) => yearsBetween(child.born, last))
    expect(Math.min(...ages)).toBe(0)
    expect(Math.max(...ages)).toBeLessThanOrEqual(5)
  })
})

describe('what services write', () => {
  test('errs as often as the table of error rates says', () => {
    const rows = sent.flatMap(({ habit, rows: all }) =>
      habit.columns.some(([, content]) => content === 'nhs_number') && habit.provider === 'henry'
        ? all.filter((row) => row !== null)
        : [],
    )
    const blank = rows.filter((row) => row.nhs_number === '').length / rows.length
    expect(blank).toBeGreaterThan(ERROR_RATES.noNhsNumber * 0.6)
    expect(blank).toBeLessThan(ERROR_RATES.noNhsNumber * 1.5)
    const given = rows.filter((row) => row.nhs_number !== '')
    const wrong =
      given.filter(({ nhs_number }) => normaliseNhsNumber(nhs_number ?? '', false).code !== '')
        .length / given.length
    expect(wrong).toBeGreaterThan(0)
    expect(wrong).toBeLessThan(ERROR_RATES.wrongNhsDigit * 2.5)
  })

  test('spells one person’s name in more than one way', () => {
    const names = new Map<string, Set<string>>()
    for (const file of sent) {
      const people = new Map(file.truth.map((record) => [record.clientRef, record.person]))
      for (const row of file.rows) {
        const person = people.get(row?.client_ref ?? '')
        if (person === undefined) continue
        names.set(person, (names.get(person) ?? new Set()).add(row?.first_name ?? ''))
      }
    }
    expect([...names.values()].filter((spellings) => spellings.size > 1).length).toBeGreaterThan(50)
  })
})

describe('true reach', () => {
  const record = (person: string, facts: Partial<TrueRecord> = {}): TrueRecord => ({
    service: 'a',
    quarter: '2024-Q1',
    clientRef: person,
    person,
    family: 1,
    kin: 'child',
    child: true,
    ward: 'w',
    reached: true,
    ...facts,
  })

  test('counts each person once, however often and wherever they were seen', () => {
    const records = [
      record('P1'),
      record('P1', { service: 'b' }),
      record('P1', { quarter: '2024-Q2' }),
      record('P2', { child: false, kin: 'mother' }),
      record('P3', { reached: false }),
    ]
    expect(countTrueReach(records).unique).toEqual({
      people: 2,
      children: 1,
      adults: 1,
      families: 1,
    })
    expect(countTrueReach(records, ['service']).cells).toEqual([
      { service: 'a', people: 2 },
      { service: 'b', people: 1 },
    ])
  })

  test('counts somebody who is a child to one service and a mother to another among both, and once among people', () => {
    const records = [record('P1'), record('P1', { service: 'b', child: false, kin: 'mother' })]
    expect(countTrueReach(records).unique).toEqual({
      people: 1,
      children: 1,
      adults: 1,
      families: 1,
    })
  })

  test('counts families of whose children some file tells, though none of them was reached', () => {
    const records = [
      record('P1', { child: false, kin: 'mother' }),
      record('P2', { reached: false }),
      record('P3', { family: 2, child: false, kin: 'mother' }),
      record('P4', { family: 2, child: false, kin: 'father' }),
      record('P5', { family: 3 }),
      record('P6', { family: 4, reached: false }),
    ]
    expect(countTrueReach(records).unique.families).toBe(2)
  })

  test('lies between the greatest service and the sum of services', () => {
    const { unique } = countTrueReach(truth)
    const services = countTrueReach(truth, ['service']).cells.map((cell) => cell.people)
    expect(unique.people).toBeGreaterThanOrEqual(Math.max(...services))
    expect(unique.people).toBeLessThan(services.reduce((sum, people) => sum + people, 0))
  })

  test('shows people with several services, and most of the families reached', () => {
    const services = new Map<string, Set<string>>()
    for (const { person, service } of truth) {
      services.set(person, (services.get(person) ?? new Set()).add(service))
    }
    const several = [...services.values()].filter((used) => used.size > 1).length
    expect(several / services.size).toBeGreaterThan(0.25)
  })
})
