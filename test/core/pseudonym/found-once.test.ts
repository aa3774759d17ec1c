import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PersonReader } from '#core/checks/rows/person-reader.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import { mappedRow } from '#core/mapping/row-mapper.ts'
import { suggestMapping } from '#core/mapping/suggestions/suggest.ts'
import { IdentifierReader, normaliseIdentifiers } from '#core/pseudonym/identifiers.ts'
import { foundOnce } from '#core/pseudonym/normalising/found-once.ts'
import { NO_AREAS } from '#core/standard/area.ts'
import type { GivenRole } from '#core/standard/roles.ts'
import { anyText, textOf } from './normalising/messy-text.ts'

describe('what is found once', () => {
  it('is the answer of each cell, however many come, and asked for once while they are few', () => {
    let asked = 0
    const lengthOf = foundOnce((cell) => {
      asked++
      return { cell }
    })
    const few = Array.from({ length: 300 }, (_, row) => `name ${row % 30}`)
    expect(few.map((cell) => lengthOf(cell).cell)).toEqual(few)
    expect(asked).toBe(30)
    const many = Array.from({ length: 20_000 }, (_, row) => `name ${row}`)
    expect([...many, ...few].every((cell) => lengthOf(cell).cell === cell)).toBe(true)
  })

  it('is what each person comes to by themselves, in whichever role and order', () => {
    const name = textOf(['Ana', 'De Souza', 'Smith-Jones', 'Wu', 'Mrs', 'JR', 'Baby', 'Ana', 'O'])
    const cell = (own: fc.Arbitrary<string>) =>
      fc.oneof({ arbitrary: own, weight: 5 }, { arbitrary: anyText, weight: 1 })
    const birth = cell(fc.constantFrom('03/04/15', '03/04/2019', '2001-02-03', '31/02/2020', ''))
    const postcode = cell(fc.constantFrom('SW9 9SL', 'sw99sl', 'ZZ99 3VZ', 'SWO 9SL', ''))
    const person = fc.record({
      role: fc.constantFrom<GivenRole>('child', 'parent', 'adult', ''),
      first: cell(name),
      last: cell(name),
      birth,
      postcode,
    })
    const file = {
      ...{ referenceDay: { year: 2024, month: 6, day: 30 }, live: false },
      date1904: false,
    }
    fc.assert(
      fc.property(fc.array(person, { minLength: 2, maxLength: 12 }), (people) => {
        const reader = new IdentifierReader(file)
        for (const { role, ...of } of [...people, ...people]) {
          const cells = { ...BLANK, firstName: of.first, lastName: of.last }
          const written = { ...cells, dateOfBirth: of.birth, postcode: of.postcode }
          const alone = normaliseIdentifiers(written, { ...file, givenRole: role })
          expect(reader.read(written, role)).toEqual(alone)
        }
      }),
      { numRuns: 20 },
    )
  })

  it('shows of two names what they show where nobody was read before', () => {
    const header = [
      'Client ID',
      'Child first name',
      'Child surname',
      'Child DOB',
      'Mum first name',
      'Mum surname',
    ]
    const { mapping } = suggestMapping({ header, sampleRows: [], quarter: '2024-Q1' })
    const compiled = compileMapping(mapping, header)
    if (!compiled.ok) throw new Error('the file is not mapped')
    const { mapper } = compiled
    const context = { quarter: '2024-Q1', live: false, date1904: false, areas: NO_AREAS } as const
    const signs = (reader: PersonReader, row: readonly string[]): readonly string[] => {
      const mapped = mappedRow()
      mapper.fill(row, mapped)
      const { nameSign, carerNameSign } = reader.readPerson(1, mapped)
      return [nameSign, carerNameSign]
    }
    const names = ['Jane', 'Doe', 'Lowe', 'Cara', 'Amara Okafor', 'Okafor', 'Test', 'Confidential']
    const shared = new PersonReader(mapper, context)
    const found = new Set<string>()
    for (const first of [...names, ''])
      for (const last of [...names, ''])
        for (const carers of ['Lowe', '']) {
          const row = ['C-1', first, last, '', first, carers]
          const alone = signs(new PersonReader(mapper, context), row)
          expect(signs(shared, row)).toEqual(alone)
          for (const sign of alone) found.add(sign)
        }
    expect([...found].sort()).toEqual(['', 'both', 'exchanged', 'nobody'])
  })
})

const BLANK = {
  ...{ clientRef: '', firstName: '', lastName: '', dateOfBirth: '', gender: '', nhsNumber: '' },
  ...{ email: '', mobile: '', carerEmail: '', carerMobile: '', postcode: '' },
}
