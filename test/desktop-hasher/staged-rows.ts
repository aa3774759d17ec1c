/** Rows of the staging view that both SQL scripts read, as spoilt as people send them. */
import { normaliseBirthDate } from '#core/pseudonym/normalising/birth-date.ts'
import type { AreaLookup } from '#core/standard/area.ts'
import { messyCells } from './messy-cells.ts'

export const AREAS: AreaLookup = {
  find: (postcode) =>
    postcode === 'SW99SL' ? { ward: 'E05000416', imdDecile: 10, inArea: 'yes' } : undefined,
}

/** A row of the staging view: its cells by field; what is not there is blank. */
export type StagedRow = Readonly<Record<string, string>>

export const COUNT = 400

/**
 * Rows as spoilt as people send them, but with what no row may lack: a reference, and of a child a
 * birth date.
 */
export function messyRows(): StagedRow[] {
  const cells = (kind: string): string[] => messyCells(kind, COUNT)
  const columns: Readonly<Record<string, readonly string[]>> = {
    first_name: cells('name'),
    last_name: cells('name').reverse(),
    date_of_birth: cells('date'),
    gender: cells('gender'),
    nhs_number: cells('nhsNumber'),
    email: cells('email'),
    mobile: cells('mobile'),
    carer_email: cells('email').reverse(),
    carer_mobile: cells('mobile').reverse(),
    carer_first_name: cells('name').reverse(),
    carer_last_name: cells('name'),
    carer_date_of_birth: cells('date').reverse(),
    carer_gender: cells('gender').reverse(),
    carer_nhs_number: cells('nhsNumber').reverse(),
    postcode: cells('postcode').map((cell, i) => (i % 3 === 0 ? 'SW9 9SL' : cell)),
  }
  return Array.from({ length: COUNT }, (_, index) => {
    const row = Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, values[index] ?? '']),
    )
    const given = ['', 'child', 'parent', 'adult'][index % 4] ?? ''
    // A birth that cannot be read tells nobody's role: the hasher would have such a row fixed.
    const role = given === '' && !tellsRole(row['date_of_birth'] ?? '') ? 'adult' : given
    if (role === 'child') row['date_of_birth'] = '13 May 2019'
    return {
      ...row,
      role,
      client_ref: ` r${index}/x`,
      ethnicity: index % 5 === 0 ? 'A' : '',
      main_language: 'so',
      send_or_disability: index % 2 === 0 ? 'yes' : '',
      referral_date: '2024-04-02',
      start_date: '2024-05-01',
      end_date: '',
      referral_source: 'gp',
      status: 'active',
      contacts: String(index % 7),
      last_contact_date: '2024-06-30',
    }
  })
}

export const FIELDS = [
  ...[
    'client_ref',
    'role',
    'first_name',
    'last_name',
    'date_of_birth',
    'gender',
    'nhs_number',
    'email',
  ],
  ...['mobile', 'carer_email', 'carer_mobile', 'postcode', 'ethnicity', 'main_language'],
  ...['send_or_disability', 'referral_date', 'start_date', 'end_date', 'referral_source', 'status'],
  ...['contacts', 'last_contact_date'],
]
export const CARER_FIELDS = [
  'carer_first_name',
  'carer_last_name',
  'carer_date_of_birth',
  'carer_gender',
  'carer_nhs_number',
]

/** The same rows as children with their carers; every seventh has no carer at all. */
export function withCarers(rows: readonly StagedRow[]): StagedRow[] {
  return rows.map((row, index) => {
    const changed: Record<string, string> = { ...row, role: '', date_of_birth: '13 May 2019' }
    if (index % 7 === 0) {
      for (const name of [...CARER_FIELDS, 'carer_email', 'carer_mobile']) changed[name] = ' '
    }
    return changed
  })
}

function tellsRole(birth: string): boolean {
  const referenceDay = { year: 2024, month: 6, day: 30 }
  const { code } = normaliseBirthDate(birth, { referenceDay, date1904: false, givenRole: '' })
  return ['', 'birth-missing', 'birth-placeholder'].includes(code)
}
