import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canonicalLast,
  soundOfName,
  soundsTogether,
  surnameParts,
  swapDayAndMonth,
} from '#core/pseudonym/normalising/alternates.ts'
import { blankCode } from '#core/pseudonym/columns.ts'
import { normaliseIdentifiers } from '#core/pseudonym/identifiers.ts'
import { PSEUDONYM_COLUMNS, type PseudonymField } from '#core/pseudonym/kinds.ts'
import {
  canonicalName,
  normaliseFirstName,
  normaliseLastName,
} from '#core/pseudonym/normalising/name.ts'
import { blank, kept } from '#core/pseudonym/normalising/normalised-value.ts'
import { soundOf } from '#core/pseudonym/normalising/sound.ts'
import {
  literalName,
  literalSound,
  literalSounds,
  literalSurnameParts,
  literalSwapped,
} from '../literal-specification.ts'
import { anyText, listedText, textOf } from './messy-text.ts'

const RUNS = 3000

/** What the rules of parts and sounds speak of, and what comes near it. */
const PIECES = [
  ...['Smith', 'Jones', 'de', 'La', 'van', 'der', 'Mc', 'Mac', "O'", 'St.', 'al', 'Abdul', 'ibn'],
  ...['-', '–', ' ', ' - ', ',', '/', '_', "'", '.', 'A', 'O', 'Lord', 'Mr', 'Jr', 'III'],
  ...[
    'Test',
    'Baby',
    'XX',
    'Twin',
    'ß',
    'É',
    'Й',
    '李',
    '𝐉',
    'ph',
    'CK',
    'Kh',
    'x',
    'yj',
    'hh',
    'wz',
  ],
]
const name = fc.oneof(textOf(PIECES), textOf(PIECES), listedText, anyText)

describe('the parts of a last name', () => {
  it('[S34] are what a literal reading of the specification makes of it', () => {
    fc.assert(
      fc.property(name, (cell) => {
        const { firstPart, lastPart } = surnameParts(cell, normaliseLastName(cell))
        const told = [firstPart, lastPart].map(({ value, code }) => ({ value, code }))
        expect(told).toEqual(literalSurnameParts(cell))
      }),
      { numRuns: RUNS },
    )
  })

  it.each([
    ['Smith-Jones', 'SMITH', 'JONES'],
    ['Smith Jones', 'SMITH', 'JONES'],
    ['Souza de la Cruz', 'SOUZA', 'CRUZ'],
    ['de Souza', 'SOUZA', ''],
    ["O'Brien", '', ''],
    ['De La', '', ''],
    ['Garcia-García', 'GARCIA', ''],
    ['Smith', '', ''],
  ])('of %s are “%s” and “%s”', (cell, first, last) => {
    const { firstPart, lastPart } = surnameParts(cell, normaliseLastName(cell))
    expect([firstPart.value, lastPart.value]).toEqual([first, last])
  })
})

describe('the sound of a name', () => {
  it('[S34] is what one replacement after another makes of it', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...Array.from('ACDEGHIJKPQSTUWXYZHHCKP李𝐉Й')),
    })
    fc.assert(
      fc.property(fc.oneof(letters, letters, name), (text) => {
        const { value } = normaliseFirstName(text)
        expect(soundOf(value)).toBe(literalSound(value))
      }),
      { numRuns: RUNS * 3 },
    )
  })

  it('is one for the spellings of one name', () => {
    const sound = (text: string): string => soundOf(normaliseFirstName(text).value)
    expect(['Mohammed', 'Muhammad', 'Mohamud'].map(sound)).toEqual(['MD', 'MD', 'MD'])
    expect(['Xasan', 'Hassan'].map(sound)).toEqual(['HSN', 'HSN'])
    expect(['Yusuf', 'Youssef', 'Jusuf'].map(sound)).toEqual(['ISF', 'ISF', 'ISF'])
    expect(['Phillips', 'Filips'].map(sound)).toEqual(['FLPS', 'FLPS'])
  })

  it('[S34] is a component where both names together are heard enough', () => {
    fc.assert(
      fc.property(name, name, (first, last) => {
        const [one, other] = [canonicalName(normaliseFirstName(first)), normaliseLastName(last)]
        const { firstSound, lastSound } = soundsTogether(soundOfName(one), soundOfName(other))
        if (one.code === '' && other.code === '') {
          const expected = literalSounds(one.value, other.value)
          expect([firstSound.value, lastSound.value]).toEqual(expected ?? ['', ''])
          if (expected === null) expect(firstSound.code).toBe('sound-short')
        } else {
          expect([firstSound.code, lastSound.code]).toEqual([one.code, other.code])
        }
      }),
      { numRuns: RUNS },
    )
  })
})

describe('a swapped birth date', () => {
  it('[S34] is what a literal reading of the specification makes of it', () => {
    const two = (value: number): string => String(value).padStart(2, '0')
    const days = fc
      .tuple(
        fc.integer({ min: 1900, max: 2030 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 31 }),
      )
      .map(([year, month, day]) => `${year}-${two(month)}-${two(day)}`)
    fc.assert(
      fc.property(days, (day) => {
        const { value, code } = swapDayAndMonth(kept(day))
        expect({ value, code }).toEqual(literalSwapped(day))
      }),
    )
    expect(swapDayAndMonth(blank('birth-future'))).toEqual(blank('birth-future'))
  })
})

describe('reversed names', () => {
  const reversed = (firstCell: string, lastCell: string): string => {
    const [first, last] = [normaliseFirstName(firstCell), normaliseLastName(lastCell)]
    const { value, code } = canonicalLast(first, canonicalName(first), last)
    return code === '' ? `${value} ${first.value}` : code
  }

  it('take the last name as a first name is taken, and the first as it stands', () => {
    expect(reversed('Okafor', 'Mohammed')).toBe('MUHAMMAD OKAFOR')
    expect(reversed('Bob', 'Robert')).toBe('ROBERT BOB')
  })

  it('are none where first and last name are one', () => {
    expect(reversed('James', 'James')).toBe('alternate-none')
    expect(reversed('', 'James')).toBe('JAMES ')
    expect(literalName('', 'last').code).toBe(reversed('James', ''))
  })
})

describe('the reason of a blank', () => {
  const context = {
    referenceDay: { year: 2024, month: 6, day: 30 },
    live: true,
    date1904: false,
    givenRole: '',
  } as const
  const BLANK = {
    ...{ clientRef: '', gender: '', nhsNumber: '', email: '', mobile: '', carerEmail: '' },
    ...{ carerMobile: '', postcode: '' },
  }
  const codes = (firstName: string, lastName: string, dateOfBirth: string) => {
    const record = normaliseIdentifiers({ ...BLANK, firstName, lastName, dateOfBirth }, context)
    const of = (field: PseudonymField): string => {
      const pseudonym = PSEUDONYM_COLUMNS.find((one) => one.field === field)
      return pseudonym === undefined ? 'no column' : blankCode(pseudonym, record)
    }
    return [
      ...[of('nameBirth'), of('nameBirthSwapped'), of('nameBirthReversed')],
      ...[of('nameBirthSurnameFirst'), of('nameBirthSurnameLast'), of('soundBirth')],
    ]
  }

  it('of an alternate is that of the name-birth, before there being none', () => {
    const missing = 'first-missing'
    expect(codes('', '', '')).toEqual([missing, missing, missing, missing, missing, missing])
    const birth = 'birth-missing'
    expect(codes('Jane', 'Jane', '')).toEqual([birth, birth, birth, birth, birth, 'birth-missing'])
    const none = 'alternate-none'
    expect(codes('Jane', 'Jane', '04/04/2019')).toEqual(['', none, none, none, none, ''])
  })

  it('of a sound is its being short before any of the birth date, and after those of the names', () => {
    expect(codes('Li', 'Wu', '')[5]).toBe('sound-short')
    expect(codes('Li', '', '')[5]).toBe('last-missing')
    expect(codes('Amina', 'Hussein', '31/02/2019')[5]).toBe('birth-impossible')
  })
})
