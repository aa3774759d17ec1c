/** Files of the small programme: a few invented families, written as services write them. */

/** A person as one row of a file says; a field that is left out is blank. */
export type Row = Readonly<Partial<Record<Column, string>>>

export const COLUMNS = [
  'client_ref',
  'role',
  'first_name',
  'last_name',
  'date_of_birth',
  'gender',
  'nhs_number',
  'email',
  'mobile',
  'carer_email',
  'carer_mobile',
  'postcode',
  'start_date',
  'contacts',
] as const

/** A heading of these files. */
export type Column = (typeof COLUMNS)[number]

const FIRST_NAMES = [
  ...['Amara', 'Bodhi', 'Cerys', 'Dafydd', 'Esme', 'Farah', 'Gethin', 'Hana', 'Idris', 'Jaya'],
  ...['Kofi', 'Leila', 'Macsen', 'Nadia', 'Osian', 'Priya', 'Quentin', 'Rhian', 'Soraya', 'Tomos'],
]
const LAST_NAMES = [
  ...[
    'Abara',
    'Bevan',
    'Chandra',
    'Dogan',
    'Evans',
    'Farouk',
    'Griffith',
    'Hussein',
    'Iwu',
    'Jarrett',
  ],
  ...[
    'Kaya',
    'Lloyd',
    'Mensah',
    'Nowak',
    'Okafor',
    'Pritchard',
    'Quaye',
    'Rossi',
    'Suleiman',
    'Tudor',
  ],
]

/** The nth invented child and its mother, with everything a file could say about them. */
export function child(n: number): Row {
  const last = LAST_NAMES[n % LAST_NAMES.length] ?? ''
  return {
    client_ref: `C-${1000 + n}`,
    role: 'child',
    first_name: FIRST_NAMES[(n * 7) % FIRST_NAMES.length] ?? '',
    last_name: last,
    date_of_birth: `20${20 + (n % 4)}-${two(1 + (n % 12))}-${two(13 + (n % 15))}`,
    gender: n % 2 === 0 ? 'F' : 'M',
    nhs_number: nhsNumber(n),
    carer_email: `mother${n}@example.org`,
    carer_mobile: mobile(n),
    postcode: postcode(n),
    start_date: '2024-04-15',
    contacts: String(1 + (n % 5)),
  }
}

/** The mother of the nth child, as an adult of her own. */
export function mother(n: number): Row {
  return {
    client_ref: `M-${1000 + n}`,
    role: 'parent',
    first_name: FIRST_NAMES[(n * 7 + 3) % FIRST_NAMES.length] ?? '',
    last_name: LAST_NAMES[n % LAST_NAMES.length] ?? '',
    date_of_birth: `19${80 + (n % 15)}-${two(1 + (n % 12))}-${two(13 + (n % 15))}`,
    gender: 'F',
    nhs_number: nhsNumber(500 + n),
    email: `mother${n}@example.org`,
    mobile: mobile(n),
    postcode: postcode(n),
    start_date: '2024-04-15',
    contacts: '2',
  }
}

/** Children from `first` up to and without `end`. */
export function children(first: number, end: number): Row[] {
  return Array.from({ length: end - first }, (_, index) => child(first + index))
}

/** Mothers of the same. */
export function mothers(first: number, end: number): Row[] {
  return Array.from({ length: end - first }, (_, index) => mother(first + index))
}

/** The rows as CSV in UTF-8. */
export function csv(rows: readonly Row[], columns: readonly Column[] = COLUMNS): Uint8Array {
  return new TextEncoder().encode(csvText(rows, columns))
}

/** The rows as CSV. */
export function csvText(
  rows: readonly Row[],
  columns: readonly Column[] = COLUMNS,
  separator = ',',
): string {
  const lines = rows.map((row) => columns.map((column) => row[column] ?? '').join(separator))
  return [columns.join(separator), ...lines, ''].join('\r\n')
}

/** Header and rows as lists of cells. */
export function table(rows: readonly Row[], columns: readonly Column[] = COLUMNS): string[][] {
  return [[...columns], ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
}

/** An NHS number of the block kept for tests, with its check digit right. */
export function nhsNumber(n: number): string {
  for (let tried = n * 11; ; tried++) {
    const digits = `999${String(tried).padStart(6, '0')}`
    let sum = 0
    for (let at = 0; at < 9; at++) sum += Number(digits[at]) * (10 - at)
    const check = (11 - (sum % 11)) % 11
    if (check !== 10) return `${digits}${check}`
  }
}

/** Numbers of neighbours are not one more than each other, as where a spreadsheet made a series. */
function mobile(n: number): string {
  return `07700 900${three(n < 1000 ? (n * 7) % 1000 : n)}`
}

function postcode(n: number): string {
  return `SE11 6${'ABDEFGHJ'[n % 8] ?? 'A'}A`
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}

function three(n: number): string {
  return String(n).padStart(3, '0')
}
