import { describe, expect, test } from 'vitest'
import {
  checkTyped,
  isCaseReference,
  tellsPerson,
  type TypedLookUp,
} from '#core/look-up/asking/typed-look-up.ts'

const BLANK: TypedLookUp = {
  ...{ firstName: '', lastName: '', birth: '', gender: '', nhsNumber: '', postcode: '' },
  ...{ email: '', mobile: '' },
}
const CONTEXT = { day: { year: 2026, month: 12, day: 1 }, live: true }

describe('what is typed of a person', () => {
  test.each<[keyof TypedLookUp, string]>([
    ['nhsNumber', '943 476 5918'],
    ['nhsNumber', '401 023 213'],
    ['birth', '2026-12-02'],
    ['birth', '2023-02-29'],
    ['postcode', 'NB7'],
    ['postcode', 'NB7 6'],
    ['email', 'no address'],
    ['mobile', '020 7946 0123'],
    ['firstName', '???'],
    ['lastName', '1234'],
  ])('a %s of “%s” fails its check, and is told beside its field', (field, text) => {
    const problems = checkTyped({ ...BLANK, [field]: text }, CONTEXT)
    expect(problems.map((problem) => problem.field)).toEqual([field])
    expect(problems[0]?.message).toMatch(/^Enter /)
    expect(problems[0]?.message).not.toContain(text)
  })

  test('is taken where it passes, and where it was left out', () => {
    expect(checkTyped(BLANK, CONTEXT)).toEqual([])
    const whole = {
      ...{ firstName: 'Łucja', lastName: 'O’Neill', birth: '2020-02-29', gender: 'F' as const },
      ...{ nhsNumber: '943 476 5919', postcode: 'sw96ab', email: 'a.b@example.org' },
      mobile: '07700 900 982',
    }
    // Addresses at example.com are nobody’s where people are real.
    expect(checkTyped(whole, { ...CONTEXT, live: false })).toEqual([])
    expect(checkTyped(whole, CONTEXT).map(({ field }) => field)).toEqual(['email'])
  })

  test('takes no number that nobody has where people are real', () => {
    const invented = { ...BLANK, nhsNumber: '999 001 0617' }
    expect(checkTyped(invented, CONTEXT)).toHaveLength(1)
    expect(checkTyped(invented, { ...CONTEXT, live: false })).toEqual([])
  })

  test.each<[Partial<TypedLookUp>, boolean]>([
    [{ nhsNumber: '943 476 5919' }, true],
    [{ firstName: 'Ada', lastName: 'Umor', birth: '2020-02-29' }, true],
    [{ firstName: 'Ada', lastName: 'Umor' }, false],
    [{ lastName: 'Umor', birth: '2020-02-29', postcode: 'SW9 6AB' }, false],
    [{ email: 'a.b@example.org', mobile: '07700 900 982' }, false],
    [{ firstName: ' ', lastName: ' ', birth: '2020-02-29' }, false],
  ])('%j tells one person: %s', (typed, tells) => {
    expect(tellsPerson({ ...BLANK, ...typed })).toBe(tells)
  })
})

describe('a case reference', () => {
  test.each(['CIN-20418', '20418', 'A/2026/17', 'lcs123456'])('can be %s', (text) => {
    expect(isCaseReference(text)).toBe(true)
  })
  test.each([
    ...['', 'Mia', 'Mia Lindqvist', '9434765919', '943-476-5919', '14/03/2017', '2017-03-14'],
    ...['SW96AB', 'a1', 'CIN 20418', 'CIN-204180000000000000', '07700900982'],
  ])('cannot be “%s”', (text) => {
    expect(isCaseReference(text)).toBe(false)
  })
})
