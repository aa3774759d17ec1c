import { expect, it } from 'vitest'
import { normaliseBirthDate } from '#core/pseudonym/normalising/birth-date.ts'
import { isoDay, serialDay } from '#core/pseudonym/normalising/calendar.ts'
import { normaliseEmail } from '#core/pseudonym/normalising/email.ts'
import { normaliseMobile } from '#core/pseudonym/normalising/mobile.ts'
import { normaliseFirstName, normaliseLastName } from '#core/pseudonym/normalising/name.ts'
import { normaliseNhsNumber } from '#core/pseudonym/normalising/nhs-number.ts'
import { normalisePostcode } from '#core/pseudonym/normalising/postcode.ts'

const NAMES: readonly (readonly [string, string])[] = [
  ['Zoë', 'ZOE'],
  ["O'Neil", 'ONEIL'],
  ['Smith-Jones', 'SMITHJONES'],
  ['Núñez', 'NUNEZ'],
  ['Olúwaseun', 'OLUWASEUN'],
  ['Łukasz', 'LUKASZ'],
  ['Þórdís', 'THORDIS'],
  ['Weiß', 'WEISS'],
  ['Ægir', 'AEGIR'],
  ['Nguyễn', 'NGUYEN'],
  ['Mary Ellen', 'MARYELLEN'],
  ["D'Souza-Brown", 'DSOUZABROWN'],
  ['Сергей', 'СЕРГЕИ'],
  ['Żółć', 'ZOLC'],
  ['Ngozi', 'NGOZI'],
]

/** One spelling in many disguises, none of which a person would call another name. */
function disguises(text: string): string[] {
  const spaced = (space: string): string => text.replaceAll(' ', space)
  return [
    text,
    text.normalize('NFC'),
    text.normalize('NFD'),
    text.toUpperCase(),
    text.toLowerCase(),
    ` ${text} `,
    `\u00a0${text}\u00a0`,
    `\t${text}\r\n`,
    `'${text}`,
    `\ufeff${text}`,
    `${text}\u200b`,
    `\u202a${text}\u202c`,
    spaced('\u00a0'),
    spaced('   '),
    spaced('\u3000'),
    text.replaceAll("'", '\u2019'),
    text.replaceAll("'", '\u00b4'),
    text.replaceAll("'", '`'),
    text.replaceAll("'", '\u02bc'),
    text.replaceAll('-', '\u2010'),
    text.replaceAll('-', '\u2011'),
    text.replaceAll('-', '\u2013'),
    text.replaceAll('-', ' '),
    text.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
    text.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
    Array.from(text).join('\u00ad'),
  ]
}

it.each(NAMES)('[S34] knows %s as %s in every disguise', (name, expected) => {
  for (const text of disguises(name)) {
    expect(normaliseFirstName(text).value).toBe(expected)
    expect(normaliseLastName(text).value).toBe(expected)
  }
})

it('[S34] knows a name with a title, a suffix or both', () => {
  for (const title of ['Mr', 'MRS.', 'miss', 'Dr.', 'Rev', 'Prof. Dr.', 'Mr. & Mrs.']) {
    for (const suffix of ['', ' Jr', ' Sr.', ' II', ', III']) {
      expect(normaliseLastName(`${title} Okafor${suffix}`).value).toBe('OKAFOR')
    }
  }
})

it.each([
  ['Baby', 'first-placeholder'],
  ['baby b', 'first-placeholder'],
  ['Baby of Jane', 'first-placeholder'],
  ['Twin 1', 'first-placeholder'],
  ['Boy Triplet Three', 'first-placeholder'],
  ['xxx', 'first-placeholder'],
  ['n/a', 'first-placeholder'],
  ['N. A.', 'first-placeholder'],
  ['Mr Unknown', 'first-placeholder'],
  ['Not-Known', 'first-placeholder'],
  ['???', 'first-no-letters'],
  ['42', 'first-no-letters'],
  ['J.', 'first-one-letter'],
  ['   ', 'first-missing'],
  ["'", 'first-missing'],
  ['\u0000', 'first-missing'],
  ['Ja\ufffdne', 'first-character'],
  ['Ja\ud800ne', 'first-character'],
])('[S41] makes nothing of the first name %j: %s', (cell, code) => {
  expect(normaliseFirstName(cell)).toMatchObject({ value: '', code })
})

it.each(['boy', 'GIRL', 'Na', 'Null', 'N A'])('keeps %s and asks for confirmation', (cell) => {
  expect(normaliseFirstName(cell).finding).toBe('first-please-confirm')
  expect(normaliseLastName(cell).finding).toBe('last-please-confirm')
})

const MONTHS = [
  'jan',
  'February',
  'MAR',
  'april',
  'May',
  'JUN',
  'July',
  'aug',
  'Sept',
  'October',
  'nov',
  'DECEMBER',
]

it('[S34] reads one day in every form it may be written in', () => {
  const context = {
    referenceDay: { year: 2024, month: 6, day: 30 },
    date1904: false,
    givenRole: '',
  } as const
  let read = 0
  for (let serial = 36_526; serial < 45_400; serial += 331) {
    const day = serialDay(serial, false)
    const iso = isoDay(day)
    const [year = '', month = '', date = ''] = iso.split('-')
    const named = MONTHS[day.month - 1] ?? ''
    const forms = [
      iso,
      `${year}/${month}/${date}`,
      `${year}${month}${date}`,
      `${date}/${month}/${year}`,
      `${day.day}.${day.month}.${year}`,
      `${date} - ${month} - ${year}`,
      `${day.day} ${named} ${year}`,
      `${day.day}th-${named}-${year}`,
      `${date}/${month}/${year.slice(2)}`,
      `${iso}T23:59:59.999Z`,
      `${iso} 00:00:00`,
      `${date}/${month}/${year} 9:30 am`,
      `${iso}T00:00:00+01:00`,
      `'${date}/${month}/${year}`,
      `\u00a0${date}\u2011${month}\u2011${year}\u200b`,
      String(serial),
      `${serial}.75`,
    ]
    for (const form of forms) {
      expect([form, normaliseBirthDate(form, context).value]).toEqual([form, iso])
      read++
    }
    const from1904 = normaliseBirthDate(String(serial - 1_462), { ...context, date1904: true })
    expect(from1904.value).toBe(iso)
  }
  expect(read).toBeGreaterThan(400)
})

it('[S34] knows a mobile however its digits are grouped', () => {
  const forms = [
    '07700900123',
    '07700 900 123',
    '7700900123',
    '+447700900123',
    '+44 (0)7700 900123',
    '00447700900123',
    '0044 (0) 7700-900-123',
    '447700900123',
    '(07700) 900123',
    '07700.900.123',
    "'07700900123",
    '07700900123.0',
    'Tel: 07700 900123',
    '+4407700900123',
    '٠٧٧٠٠٩٠٠١٢٣',
    '０７７００９００１２３',
    '07700\u2011900\u2011123',
    '+00447700900123',
  ]
  for (const form of forms)
    expect([form, normaliseMobile(form).value]).toEqual([form, '+447700900123'])
})

it('[S34] knows an NHS number however it is grouped, and never adds a leading zero', () => {
  for (const form of [
    '9434765919',
    '943 476 5919',
    '943-476-5919',
    '943.476.5919',
    '9434765919.0',
    ' 943\u00a0476\u00a05919',
  ]) {
    expect([form, normaliseNhsNumber(form, true).value]).toEqual([form, '9434765919'])
  }
  expect(normaliseNhsNumber('0123456789', false).value).toBe('0123456789')
  expect(normaliseNhsNumber('123456789', false).code).toBe('nhs-not-10-digits')
})

it('[S34] knows an address and a postcode in their usual disguises', () => {
  for (const form of [
    'jane@leap.test',
    'JANE@Leap.Test',
    ' Jane <jane@leap.test>',
    'mailto:jane@leap.test?subject=x',
    'jane@leap.test.',
    "'jane@leap.test",
    'jane\u200b@leap.test',
  ]) {
    expect([form, normaliseEmail(form, true).value]).toEqual([form, 'jane@leap.test'])
  }
  for (const form of [
    'SW9 9SL',
    'sw99sl',
    'SW9-9SL',
    'SW9 9SL.',
    'ＳＷ９ ９ＳＬ',
    'SW9\u00a09SL',
    'ſw9 9sl',
  ]) {
    expect([form, normalisePostcode(form).value]).toEqual([form, 'SW99SL'])
  }
})
