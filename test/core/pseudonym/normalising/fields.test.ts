import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseClientReference } from '#core/pseudonym/normalising/client-reference.ts'
import { normaliseEmail } from '#core/pseudonym/normalising/email.ts'
import { foldEmail, foldName, foldValue } from '#core/pseudonym/normalising/fold.ts'
import { normaliseMobile } from '#core/pseudonym/normalising/mobile.ts'
import { normaliseFirstName, normaliseLastName } from '#core/pseudonym/normalising/name.ts'
import { normaliseNhsNumber } from '#core/pseudonym/normalising/nhs-number.ts'
import type { NormalisedValue } from '#core/pseudonym/normalising/normalised-value.ts'
import { normalisePostcode } from '#core/pseudonym/normalising/postcode.ts'
import {
  type Literal,
  literalEmail,
  literalFold,
  literalMobile,
  literalName,
  literalNhsNumber,
  literalPostcode,
  literalReference,
} from '../literal-specification.ts'
import { anyText, listedText, textOf } from './messy-text.ts'

const RUNS = 3_000

interface Field {
  readonly name: string
  readonly core: (cell: string) => NormalisedValue
  readonly literal: (cell: string) => Literal
  readonly pieces: readonly string[]
}

const digits = Array.from('0123456789')
const fields: readonly Field[] = [
  {
    name: 'NHS number',
    core: (cell) => normaliseNhsNumber(cell, true),
    literal: (cell) => literalNhsNumber(cell, true),
    pieces: [
      ...digits,
      '943',
      '476',
      '5919',
      '9434765919',
      '1111111111',
      '999000',
      '0018',
      '.0',
      'E+09',
      '+',
      '９',
    ],
  },
  {
    name: 'mobile',
    core: normaliseMobile,
    literal: literalMobile,
    pieces: [
      ...digits,
      '07700',
      '900123',
      '0044',
      '+44',
      '+',
      '(0)',
      '(',
      ')',
      '7624',
      '76',
      '70',
      '00',
      '353',
      '.0',
      'E9',
      'Tel',
      '00000000',
      '/',
    ],
  },
  {
    name: 'email',
    core: (cell) => normaliseEmail(cell, true),
    literal: (cell) => literalEmail(cell, true),
    pieces: [
      'jane',
      '.doe',
      '@',
      'leap',
      '.test',
      '.',
      '..',
      '<',
      '>',
      'mailto:',
      '?',
      'example.com',
      'none',
      'N/A',
      'xn--a',
      '-',
      '+tag',
      'É',
      'K',
      '．',
      'ß',
      '_',
      'ｊ',
      '٣',
      'A',
    ],
  },
  {
    name: 'postcode',
    core: normalisePostcode,
    literal: literalPostcode,
    pieces: [
      'SW',
      '9',
      '9SL',
      'W1A',
      'O',
      '0',
      'I',
      '1',
      'E',
      'EC1A',
      '1BB',
      'ZZ99',
      'GIR',
      'BX',
      '2',
      'AB',
      'É',
      'S',
    ],
  },
  {
    name: 'client reference',
    core: normaliseClientReference,
    literal: literalReference,
    pieces: ['A', '1', '#', '/', 'é', 'Й', 'ref', '-', '_', '–'],
  },
  ...(['first', 'last'] as const).map((field) => ({
    name: `${field} name`,
    core: field === 'first' ? normaliseFirstName : normaliseLastName,
    literal: (cell: string) => literalName(cell, field),
    pieces: [
      'ZOË',
      'Mary',
      ' ',
      'MR',
      'Dr.',
      'II',
      'JR',
      'BABY',
      ' OF ',
      'TWIN',
      '1',
      'A',
      'X',
      'XX',
      'TRIPLET',
      'N/A',
      'N.A',
      'NA',
      'BOY',
      'GIRL',
      'INFANT',
      'TEST',
      'UNKNOWN',
      'NOT',
      'KNOWN',
      'Й',
      'Ł',
      'ß',
      "O'",
      '`',
      '&',
      '(',
      '3',
    ],
  })),
]

describe.each(fields)('$name', ({ core, literal, pieces }) => {
  it('[S34] is what a literal reading of the specification makes of it', () => {
    const cell = fc.oneof(textOf(pieces), listedText, anyText)
    fc.assert(
      fc.property(cell, (text) => {
        const { value, code } = core(text)
        expect({ value, code }).toEqual(literal(text))
      }),
      { numRuns: RUNS },
    )
  })

  it('is a component or the code of a blank, never both and never neither', () => {
    fc.assert(
      fc.property(fc.oneof(textOf(pieces), anyText), (text) => {
        const { value, code } = core(text)
        expect(value === '').toBe(code !== '')
      }),
    )
  })
})

describe('folding', () => {
  it.each([
    { mode: 'name', fold: foldName },
    { mode: 'value', fold: foldValue },
    { mode: 'email', fold: foldEmail },
  ] as const)('[S34] of a $mode is what a literal reading of the table makes of it', (folding) => {
    fc.assert(
      fc.property(fc.oneof(listedText, anyText, fc.string()), (text) => {
        expect(folding.fold(text)).toBe(literalFold(text, folding.mode))
      }),
      { numRuns: RUNS },
    )
  })

  it('leaves what it has folded, but for a further leading apostrophe and marks that would compose', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), listedText), (text) => {
        const folded = foldValue(text)
        if (folded === null || folded.startsWith("'")) return
        // What came out is not normalised again: marks may stand where a second reading would compose them.
        if (folded.normalize('NFC') !== folded) return
        expect(foldValue(folded)).toBe(folded)
      }),
      { numRuns: RUNS },
    )
  })
})
