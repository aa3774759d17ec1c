/**
 * What services write where a name, a date, a number or an address should be; nobody in it exists.
 */

export type List = readonly [string, ...string[]]

export const FIRST: List = [
  ...(['Zoë', 'Siân', 'François', 'Łukasz', 'Nguyễn', 'Çağla', 'Óscar', 'Þóra', 'Đorđe'] as const),
  ...(['Ægir', 'Strauß', 'Ångström', 'İpek', 'ıtır', 'Ana-María', 'Mary Ellen'] as const),
  ...(['D’Arcy', "O'Shea", '‘Ilima', 'Jean‑Luc', 'Ann\u200bMarie', 'ﬁona', 'ＡＮＮＡ'] as const),
  ...([
    'Σωκράτης',
    'Иван',
    'Ірина',
    '李雷',
    'محمد',
    'ไทย',
    'José Jr',
    'MR JOHN',
    'Dr. Amina',
  ] as const),
  ...(['Bob', 'Robert', 'Maggie', 'Alex', 'Mohammed', 'Muhammad', 'Kate'] as const),
  ...(['Xasan', 'Phoebe', 'Aaliyah', 'Jacky', 'Okafor', 'Smith', 'Li', 'Quincy', 'Shhh'] as const),
]
export const LAST: List = [
  ...(['O’Neil', "O'Neill", 'Núñez', 'Müller-Lüdenscheidt', 'van der Berg', 'Świątek'] as const),
  ...(['Smith', 'Smith Jones', 'Smith-Jones', 'MacDonald', 'Ó Briain', 'de la Cruz'] as const),
  ...(['Παπαδόπουλος', 'Ковальчук', '王', 'الحسن', 'Begum', 'Khan III', 'St. John', 'Ng'] as const),
  ...([
    'Souza de la Cruz',
    'de Souza',
    'De La',
    'Lord-Test',
    'Smith–Jones Jr',
    'García-Garcia',
  ] as const),
  ...(['al-Hassan ibn Ali', 'III Ng', "'St.-D’Souza, O'Brien", 'Mc O-Ter', 'Smith/Jones'] as const),
  ...([
    'Mohammed',
    'Okafor',
    'Wu',
    'Whyte-Phillips',
    'Ｂｉｎｔ–X Ｂｉｎｔ',
    'Baby-Smith',
    'Smith-Baby',
  ] as const),
]
export const NO_NAME: List = [
  ...(['', ' ', 'N/A', 'n.a.', 'Unknown', 'Baby', 'Baby of Smith', 'BABY BOY', 'Twin 1'] as const),
  ...([
    'twin II',
    'Infant of Khan',
    'Not known',
    'xxx',
    'X',
    '?',
    '-',
    'TBC',
    '1234',
    'Mr',
  ] as const),
  ...(['Zo\ufffde', 'Ann\u{1f600}', '\u200b', 'BOY', 'Girl', 'Null', 'NA', '=1+1'] as const),
]
export const MONTHS =
  'January February March April May June July August September October November December'
export const NO_DATE: List = [
  ...(['', 'unknown', '31/02/1990', '00/00/0000', '01/01/1900', '1900-01-01', 'c. 1985'] as const),
  ...([
    '12/2001',
    '03/02/2031',
    '1 Jan 1850',
    '99999',
    '1985',
    '32 March 1991',
    'May 1980',
  ] as const),
]
export const NO_NHS: List = [
  ...(['', '0000000000', '9876543210', '999 000 0019', '9.43E+09', '1,23E+9', 'n/k'] as const),
  ...(['123456789', '99900000188', 'NHS 999', '999-000-00'] as const),
]
export const NO_EMAIL: List = [
  ...(['', 'none', 'none@mail.leap.test', 'no-reply@mail.leap.test', 'a@b', 'a@@b.test'] as const),
  ...(['zoë@mail.leap.test', 'a b@mail.leap.test', '.a@mail.leap.test', 'a@-b.test'] as const),
]
export const NO_MOBILE: List = [
  ...(['', 'ask mum', '020 7946 0018', '07000 000000', '0161 496 0000', '12345'] as const),
  ...(['+0 7700 900123', '7624', '0800 123 4567', 'ex-directory'] as const),
]
export const NO_POSTCODE: List = [
  '',
  'ZZ99 3VZ',
  'GIR 0AA',
  'Brixton',
  'SE11',
  'BX1 1LT',
  'SE11 6\ufffdA',
]
export const GENDERS: List = [
  'Laddie',
  'Lassie',
  'M',
  'f',
  'Male ',
  'GIRL',
  '1',
  '2',
  'X',
  'not stated',
  '',
]
