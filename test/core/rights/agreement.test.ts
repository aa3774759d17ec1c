import { describe, expect, test } from 'vitest'
import { ofEachPseudonym, type PseudonymField, type Pseudonyms } from '#core/pseudonym/kinds.ts'
import { judgeRecord, type PersonMarks } from '#core/rights/agreement.ts'
import { dueDay } from '#core/rights/request-clock.ts'
import { MOST_WAYS, typedPersonSchema, waysOf } from '#core/rights/typed-person.ts'

type Said = Partial<Record<PseudonymField, string>>

const record = (said: Said): Pseudonyms => ofEachPseudonym(({ field }) => said[field] ?? null)

function marks(...said: readonly Said[]): PersonMarks {
  const byField = new Map<PseudonymField, Set<string>>()
  for (const [field, value] of said.flatMap((one) => Object.entries(one))) {
    const name = field as PseudonymField
    byField.set(name, (byField.get(name) ?? new Set()).add(value))
  }
  return byField
}

const ANN: Said = {
  ...{ nhsNumber: 'n1', nameBirth: 'ann', nameBirthSwapped: 'ann swapped', birthPostcode: 'b p' },
  ...{ givenBirthPostcode: 'ann b p', namePostcode: 'ann p', carerEmail: 'mother', child: 'ann m' },
}

function told(said: Said, person: PersonMarks = marks(ANN)): string {
  const agreement = judgeRecord(person, record(said))
  return agreement === undefined ? 'nobody' : `${agreement.certainty} ${agreement.because}`
}

describe('a record is', () => {
  test('the person’s where the number, or the name with something else, agrees', () => {
    expect(told(ANN)).toBe('certain nhs')
    expect(told({ nameBirth: 'ann', carerEmail: 'mother' })).toBe('certain name-and-more')
    expect(told({ nameBirth: 'ann' })).toBe('certain name-alone')
    expect(told({ nhsNumber: 'n1', nameBirth: 'ann married', givenBirthPostcode: 'ann b p' })).toBe(
      'certain nhs',
    )
    expect(told({ nameBirth: 'ann married', givenBirthPostcode: 'ann b p' })).toBe(
      'certain given-birth-postcode',
    )
  })

  test('doubtful where something that both carry disagrees', () => {
    expect(told({ nameBirth: 'ann', birthPostcode: 'moved', namePostcode: 'moved' })).toBe(
      'doubtful name-moved',
    )
    expect(told({ nameBirth: 'ann', nhsNumber: 'n2' })).toBe('doubtful other-nhs')
    expect(told({ nameBirth: 'ann swapped' })).toBe('doubtful alternate')
    expect(told({ nameBirth: 'ann married', child: 'ann m' })).toBe('doubtful child-other-name')
    // A mother's number on her baby's row, or the other way about.
    expect(told({ nhsNumber: 'n1', nameBirth: 'mother' })).toBe('doubtful nhs-other-name')
  })

  test('nobody’s to see where a twin, a brother or a parent shares a postcode, birth or contact', () => {
    const twin: Said = { nameBirth: 'bea', birthPostcode: 'b p', carerEmail: 'mother' }
    expect(told(twin)).toBe('nobody')
    expect(told({ nameBirth: 'mother', email: 'mother' })).toBe('nobody')
    expect(told({ nhsNumber: 'n2', namePostcode: 'ann p' })).toBe('nobody')
    expect(told({})).toBe('nobody')
  })

  test('found under any of several names, births and addresses', () => {
    const person = marks(ANN, { nameBirth: 'ann married', birthPostcode: 'moved' })
    expect(told({ nameBirth: 'ann married', birthPostcode: 'moved' }, person)).toBe(
      'certain name-and-more',
    )
  })
})

describe('what is typed', () => {
  const typed = (given: object) => typedPersonSchema.parse(given)

  test('is every combination of names, births and postcodes', () => {
    const ways = waysOf(
      typed({ firstNames: 'Ann', lastNames: 'Old\r\nMarried\n', births: '1990-01-02\n1990-02-01' }),
    )
    expect(ways?.map(({ lastName, dateOfBirth }) => `${lastName} ${dateOfBirth}`)).toEqual([
      ...['Old 1990-01-02', 'Old 1990-02-01', 'Married 1990-01-02', 'Married 1990-02-01'],
    ])
    const numbers = waysOf(typed({ nhsNumbers: '1\n2\n3', lastNames: 'A' }))
    expect(numbers?.map(({ nhsNumber }) => nhsNumber)).toEqual(['1', '2', '3'])
  })

  test('is one person and no list of people', () => {
    const nine = Array.from({ length: 9 }, (_, n) => `Name${n}`).join('\n')
    expect(waysOf(typed({ firstNames: nine }))).toBeUndefined()
    expect(waysOf(typed({ emails: nine }))).toBeUndefined()
    const eight = nine.slice(0, nine.lastIndexOf('\n'))
    expect(waysOf(typed({ firstNames: eight, lastNames: eight }))).toHaveLength(64)
    expect(8 * 8 * 8).toBeGreaterThan(MOST_WAYS)
    expect(waysOf(typed({ firstNames: eight, lastNames: eight, births: eight }))).toBeUndefined()
  })
})

test.each([
  ['2026-01-31', false, '2026-02-28'],
  ['2028-01-31', false, '2028-02-29'],
  ['2026-12-15', false, '2027-01-15'],
  ['2026-11-30', true, '2027-02-28'],
])('[S62] what was asked on %s (extended: %s) is due on %s', (received, isExtended, due) => {
  expect(dueDay(received, isExtended)).toBe(due)
})
