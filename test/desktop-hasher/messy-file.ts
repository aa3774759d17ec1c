import type { PeopleFieldName } from '#core/standard/fields.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { inventedNhsNumber } from '#demonstration/invented-identifiers.ts'
import { Choices } from '#demonstration/random.ts'
import {
  FIRST,
  GENDERS,
  LAST,
  MONTHS,
  NO_DATE,
  NO_EMAIL,
  NO_MOBILE,
  NO_NAME,
  NO_NHS,
  NO_POSTCODE,
  type List,
} from './messy-words.ts'

/**
 * A file as messy as services send them, the same for the same seed: what every way of making
 * pseudonyms is held to. A row holds a child and a carer. Nothing in it must be fixed, so that
 * every row reaches every way; nobody in it exists.
 */

/** The file, how its columns are matched, and its cells by field for a way that reads no file. */
export interface MessyFile {
  readonly csv: Uint8Array
  readonly mapping: Mapping
  /** As written in the file: of a code field, before `mapping.values` and the code lists. */
  readonly rows: readonly Readonly<Partial<Record<PeopleFieldName, string>>>[]
}

const COLUMNS = {
  client_ref: 'Case no.',
  first_name: 'Child’s forename',
  last_name: 'Child’s surname',
  date_of_birth: 'Child DoB',
  gender: 'Boy/girl',
  nhs_number: 'NHS No',
  carer_first_name: 'Carer forename',
  carer_last_name: 'Carer surname',
  carer_date_of_birth: 'Carer DoB',
  carer_gender: 'Carer M/F',
  carer_nhs_number: 'Carer NHS No',
  carer_email: 'Carer e-mail',
  carer_mobile: 'Carer mobile',
  postcode: 'Post code',
  ethnicity: 'Ethnic group',
  main_language: 'Home language',
  send_or_disability: 'SEND?',
  referral_date: 'Referred',
  start_date: 'Started',
  status: 'Where are they now',
  contacts: 'Sessions',
  last_contact_date: 'Last seen',
} satisfies Partial<Record<PeopleFieldName, string>>

type Column = keyof typeof COLUMNS

const MAPPING: Mapping = {
  shape: 'child-and-carer',
  columns: COLUMNS,
  values: { gender: { Laddie: 'M', Lassie: 'F' }, status: { 'still with us': 'active' } },
}

/** Wards are given to these by whoever makes the programme; the rest lie outside it. */
const MESSY_POSTCODES = ['SE11 6AA', 'SE11 6BA', 'SE11 6DA', 'SE11 6EA'] as const

/** Makes the file; the same bytes for the same seed and number of rows. */
export function messyFile(seed: number, count: number): MessyFile {
  const rows = Array.from({ length: count }, (_, index) => messyRow(seed, index))
  const columns = Object.keys(COLUMNS) as Column[]
  const lines = [
    Object.values(COLUMNS),
    ...rows.map((row) => columns.map((column) => row[column] ?? '')),
  ]
  const text = lines.map((cells) => cells.map(quoted).join(';')).join('\r\n')
  return { csv: new TextEncoder().encode(`\ufeff${text}\r\n`), mapping: MAPPING, rows }
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`
}

function messyRow(seed: number, index: number): MessyFile['rows'][number] {
  const choices = new Choices(seed, index)
  // Blank rows, of spaces and of what cannot be seen.
  if (choices.happens(0.01)) return choices.happens(0.5) ? {} : { last_name: ' \u200b' }
  const isTwin = index % 20 === 1
  // A twin has the family of the row before it.
  const family = new Choices(seed, isTwin ? index - 1 : index)
  family.fraction()
  const surname = name(family, LAST)
  const birth = day(family, 2009, 2023)
  const mailbox = `${family.oneOf(['m.khan', 'zoe.oneil', 'a+b', 'j_smith'])}${isTwin ? index - 1 : index}`
  return {
    client_ref: reference(choices, index),
    first_name: isTwin ? family.oneOf(FIRST) : name(choices, FIRST),
    last_name: surname,
    // Of a child given as one, a birth date is what must be there.
    date_of_birth: written(choices, birth, true),
    gender: choices.oneOf(GENDERS),
    nhs_number: nhsNumber(choices, index * 2),
    carer_first_name: name(choices, FIRST),
    carer_last_name: choices.happens(0.7) ? surname : name(choices, LAST),
    carer_date_of_birth: choices.happens(0.15)
      ? choices.oneOf(NO_DATE)
      : written(choices, day(choices, 1960, 2004), false),
    carer_gender: choices.oneOf(GENDERS),
    carer_nhs_number: nhsNumber(choices, index * 2 + 1),
    carer_email: email(choices, mailbox),
    carer_mobile: mobile(choices, 100_000 + index),
    postcode: postcode(choices),
    ethnicity: choices.oneOf(['', 'Black African', 'A', 'white british', 'Not stated', 'Z']),
    main_language: choices.oneOf(['', 'Portuguese', 'so', 'ENGLISH', 'Yoruba', 'pt']),
    send_or_disability: choices.oneOf(['', 'Y', 'no', 'EHCP', 'unknown']),
    referral_date: choices.oneOf(['', '02/01/2024', '3 January 2024', '2024-01-04']),
    start_date: choices.oneOf(['', '13/02/2024', '14 Feb 24', '2024-02-15 10:30']),
    status: choices.oneOf(['still with us', 'Active', 'waiting list', 'completed', '']),
    contacts: choices.oneOf(['', '0', '3', '12.0', ' 7 ']),
    last_contact_date: choices.oneOf(['', '29/05/2024', '2024/05/30', '5.6.2024']),
  }
}

/**
 * A reference of the row's own, but now and then one that the row before was written under in other
 * letters.
 */
function reference(choices: Choices, index: number): string {
  const number = String(index).padStart(6, '0')
  return choices.oneOf([
    `k-${number}`,
    `K-${number} `,
    ` K- ${number}`,
    `'${number}`,
    `Ｋ${number}`,
  ])
}

function name(choices: Choices, list: List): string {
  if (choices.happens(0.12)) return choices.oneOf(NO_NAME)
  const plain = choices.oneOf(list)
  return choices.oneOf([
    plain,
    plain.toUpperCase(),
    ` ${plain.toLowerCase()}  `,
    plain.normalize('NFD'),
    plain.replaceAll(' ', '\u00a0'),
    plain.replaceAll('’', '\u02bc'),
    `'${plain}`,
  ])
}

interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

function day(choices: Choices, from: number, to: number): Day {
  return {
    year: choices.between(from, to),
    month: choices.between(1, 12),
    day: choices.between(1, 28),
  }
}

/**
 * A day in one of the ways that dates are written; a child's two-digit year is never a century off.
 */
function written(choices: Choices, { year, month, day }: Day, isChild: boolean): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const word = MONTHS.split(' ')[month - 1] ?? ''
  const serial = Math.round((Date.UTC(year, month - 1, day) - Date.UTC(1899, 11, 30)) / 86_400_000)
  const ending = day % 10 === 1 && day !== 11 ? 'st' : day % 10 === 2 && day !== 12 ? 'nd' : 'th'
  return choices.oneOf([
    `${two(day)}/${two(month)}/${year}`,
    `${day}/${month}/${year}`,
    `${day}.${month}.${year}`,
    `${day}-${month}-${two(year % 100)}`,
    `${year}-${two(month)}-${two(day)}`,
    `${year}/${two(month)}/${two(day)}`,
    `${year}${two(month)}${two(day)}`,
    `${day}${ending} ${word} ${year}`,
    `${two(day)} ${word.slice(0, 3).toUpperCase()} ${isChild ? year : two(year % 100)}`,
    `${two(day)} / ${two(month)} / ${year}`,
    `${two(day)}/${two(month)}/${year} 00:00`,
    `${year}-${two(month)}-${two(day)}T23:59:59.000Z`,
    `${day}-${word}-${year}`,
    String(serial),
    `${serial}.75`,
    `'${two(day)}/${two(month)}/${year}`,
    `${day}\u00a0${word}\u00a0${year}`,
  ])
}

function nhsNumber(choices: Choices, serial: number): string {
  if (choices.happens(0.2)) return choices.oneOf(NO_NHS)
  const number = inventedNhsNumber(serial)
  const parts = [number.slice(0, 3), number.slice(3, 6), number.slice(6)]
  return choices.oneOf([
    number,
    parts.join(' '),
    parts.join('-'),
    parts.join('\u00a0'),
    `'${number}`,
    `${number}.0`,
    ` ${number} `,
    // What a spreadsheet makes of a number: a zero lost at its end.
    number.slice(0, 9),
    Array.from(number, (digit) => String.fromCharCode(0xff10 + Number(digit))).join(''),
  ])
}

function email(choices: Choices, mailbox: string): string {
  if (choices.happens(0.15)) return choices.oneOf(NO_EMAIL)
  const address = `${mailbox}@mail.leap.test`
  return choices.oneOf([
    address,
    address.toUpperCase(),
    ` ${address} `,
    `mailto:${address}?subject=Hello`,
    `"Zoë" <${address}>`,
    `${address}.`,
    `\u200b${address}`,
    address.replace('@', '@\u00ad'),
  ])
}

function mobile(choices: Choices, serial: number): string {
  if (choices.happens(0.15)) return choices.oneOf(NO_MOBILE)
  const rest = `7${String(700_000_000 + (serial % 99_999_999)).padStart(9, '0')}`
  return choices.oneOf([
    `0${rest}`,
    `0${rest.slice(0, 4)} ${rest.slice(4)}`,
    `+44 (0)${rest.slice(0, 4)} ${rest.slice(4)}`,
    `0044${rest}`,
    `44 ${rest}`,
    // A zero that a spreadsheet ate.
    rest,
    `${rest}.0`,
    `+353 85 ${rest.slice(3)}`,
    `0${rest.slice(0, 3)}-${rest.slice(3, 6)}-${rest.slice(6)}`,
    `Mum: 0${rest}`,
  ])
}

function postcode(choices: Choices): string {
  if (choices.happens(0.12)) return choices.oneOf(NO_POSTCODE)
  const known = choices.oneOf(MESSY_POSTCODES)
  const plain = choices.happens(0.6)
    ? known
    : `SW${choices.between(1, 9)} ${choices.between(0, 9)}${choices.oneOf(['AA', 'BD', 'XY'])}`
  return choices.oneOf([
    plain,
    plain.toLowerCase(),
    plain.replace(' ', ''),
    plain.replace(' ', '  '),
    plain.replace('SE11', 'SEI1'),
    plain.replace(' ', '\u00a0'),
    `${plain}.`,
  ])
}
