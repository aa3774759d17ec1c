/**
 * Cells of each field as people and spreadsheets spoil them, in numbers, from a seed: what SQL is
 * compared with the core by.
 */
import fc from 'fast-check'
import { anyText, listedText, textOf } from '../core/pseudonym/normalising/messy-text.ts'
import { publishedVectors } from '../core/pseudonym/published-vectors.ts'

/** Pieces that the rules of each field speak of. */
const PIECES: Readonly<Record<string, readonly string[]>> = {
  nhsNumber: [
    '943 476 5919',
    '9434765919',
    '999',
    '0',
    '1',
    '5',
    '9',
    '.0',
    'E+09',
    '943-476-5919',
    '1111111111',
  ],
  email: [
    'jane',
    'doe',
    '@',
    '@leap.test',
    '.',
    '..',
    'mailto:',
    '?subject=x',
    '<',
    '>',
    'xn--p1ai',
    'example.com',
    'test',
    'no-reply',
    '+a',
    'É',
    'Ｊ',
    '１',
    'ſ',
    'K',
  ],
  mobile: [
    '07700900123',
    '+44',
    '(0)',
    '0044',
    '7700',
    '900',
    '123',
    '0',
    '00',
    '7624',
    '76',
    '70',
    '+353',
    '(',
    ')',
    ' ext 5',
    '.0',
    'E+10',
    '55555555',
  ],
  postcode: [
    'SW9',
    '9SL',
    'SW9 9SL',
    'EC1A',
    '1BB',
    'O',
    '0',
    'I',
    '1',
    'BX',
    'GIR',
    'ZZ99',
    'W1T',
    'M1',
    '1AA',
  ],
  reference: ['A', '1', '/', '#CARER', '-', 'é', '', '٣', '123'],
  name: [
    'Mary',
    'Ellen',
    'Mr',
    'Dr.',
    'Jr',
    'II',
    'Baby',
    ' of ',
    'Twin',
    '1',
    'N/A',
    'XX',
    "O'",
    '-',
    'é',
    'ß',
    'Þ',
    'Й',
    '𝐉',
    ',',
    'Test',
    'na',
    'boy',
    'Unknown',
    'ﬁ',
    'Kate',
    'Mohammad',
  ],
  lastName: [
    ...['Smith', 'Jones', 'de', 'La', 'van', 'der', 'Mc', 'Mac', "O'", 'St.', 'al', 'Abdul', 'ibn'],
    ...['-', '–', ' ', ' - ', ',', '/', '_', "'", '.', 'A', 'O', 'Lord', 'Mr', 'Jr', 'III'],
    ...['Test', 'Baby', 'XX', 'ß', 'É', 'Й', '李', 'ph', 'CK', 'Kh', 'x', 'yj', 'hh', 'wz', 'sha'],
  ],
  gender: [
    'M',
    'F',
    'male',
    'Female',
    'boy',
    '1',
    '2',
    '9',
    'x',
    'non',
    '-',
    'binary',
    'Indeterminate',
    'other',
    '.',
  ],
  date: [
    '2019',
    '19',
    '75',
    '0',
    '1',
    '01',
    '12',
    '13',
    '29',
    '31',
    '-',
    '/',
    '.',
    ' ',
    'Feb',
    'SEPT',
    'december',
    'th',
    '1st',
    'T',
    ' 10:30',
    ':59',
    '.5',
    ' pm',
    'Z',
    '+01:00',
    '43831',
    '1900-01-01',
    '1970-01-01',
    '20190401',
    '04/05/2019',
  ],
}

/** A date in one of the forms that are read, most of them days. */
const writtenDate = fc
  .tuple(
    fc.nat({ max: 32 }),
    fc.constantFrom('1', '02', '12', '13', 'Feb', 'SEPTEMBER', 'sept'),
    fc.constantFrom('1903', '1904', '2012', '2019', '2024', '12', '19', '24', '25', '99'),
    fc.constantFrom('/', '-', '.', ' ', ' - '),
    fc.constantFrom('', '', ' 00:00:00', 'T10:30Z', ' 9:05 pm'),
  )
  .map(([day, month, year, separator, time]) => [day, month, year].join(separator) + time)

const WHOLE: Readonly<Record<string, fc.Arbitrary<string>>> = {
  nhsNumber: fc
    .integer({ min: 4_000_000_000, max: 4_000_099_999 })
    .map((n) => withCheckDigit(String(n))),
  email: fc.emailAddress(),
  mobile: fc
    .tuple(
      fc.constantFrom('07', '+447', '00447', '447', '+33 6 ', '01'),
      fc.nat({ max: 999_999_999 }),
    )
    .map(([start, rest]) => start + String(rest)),
  postcode: fc.stringMatching(/^[A-Z]{1,2}[0-9OI]{1,2} ?[0-9O][ABIOUW]{2}$/),
  reference: fc.stringMatching(/^[a-z0-9 /#-]{0,8}$/),
  name: fc.stringMatching(/^[A-Za-zÀ-ÿ' .-]{1,12}$/),
  lastName: fc.stringMatching(/^[A-Za-z]{1,6}[ -][A-Za-z]{1,8}([ -][A-Za-zÀ-ÿ]{1,6})?$/),
  gender: fc.constantFrom('Male', ' f ', 'NON-BINARY', 'Ｆ'),
  date: writtenDate,
}

/** So many cells of a field, none with what no database can hold: U+0000 and ill-formed UTF-16. */
export function messyCells(kind: string, count: number): string[] {
  const pieces = PIECES[kind] ?? []
  const cell = fc.oneof(
    { arbitrary: textOf(pieces), weight: 6 },
    { arbitrary: WHOLE[kind] ?? anyText, weight: 6 },
    { arbitrary: listedText, weight: 2 },
    { arbitrary: anyText, weight: 1 },
    { arbitrary: fc.constantFrom(...publishedCells), weight: 2 },
  )
  return fc
    .sample(cell, { numRuns: count, seed: 20_24 })
    .map((text) => text.toWellFormed().replaceAll('\0', ''))
}

const publishedCells = [
  ...new Set(publishedVectors.vectors.flatMap(({ input }) => Object.values(input))),
]

/** Nine digits and, where there is one, the tenth that checks them. */
function withCheckDigit(number: string): string {
  const digits = number.slice(0, 9)
  let sum = 0
  for (let i = 0; i < 9; i++) sum += Number(digits[i]) * (10 - i)
  return digits + String(((11 - (sum % 11)) % 11) % 10)
}
