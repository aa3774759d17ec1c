import { describe, expect, it } from 'vitest'
import { SealedRows, WORK_COLUMNS } from '#core/hashed-file/sealed-rows.ts'

const CHECK = '6bc5c3617eb9d513'
const MADE = 'a'.repeat(64)
const OTHER = 'b'.repeat(64)

type Cells = Readonly<Record<string, string>>

const ACCEPTED: Cells = {
  row_status: 'accepted',
  source_row: '1',
  role: 'child',
  birth: '2019-04',
  gender: 'F',
  ward: 'W-1',
  imd_decile: '3',
  in_area: 'yes',
  send_or_disability: 'unknown',
  client_pseudonym: MADE,
  pseudonym_version: '2',
  source_key_check: CHECK,
  codes: [
    ...['nhs-missing', 'email-missing', 'mobile-missing', 'email-missing', 'email-missing'],
    ...['mobile-missing', 'mobile-missing', 'first-missing', 'last-missing', 'first-missing'],
    ...['first-missing', ''],
    ...['first-missing', 'first-missing', 'first-missing', 'first-missing', 'first-missing'],
  ].join('|'),
}

function work(changed: Cells = {}): string[] {
  const row = { ...ACCEPTED, ...changed }
  return WORK_COLUMNS.map((name) => row[name as keyof typeof row] ?? '')
}

function rows(): SealedRows {
  return new SealedRows({ quarter: '2024-Q1', sourceKeyCheck: CHECK, wards: new Set(['W-1']) })
}

describe('rows on their way to be sealed', () => {
  it('are counted as a manifest tells them, and come out as lines of a hashed file', () => {
    const taken = rows()
    const line = taken.add(work({ findings: 'first-please-confirm' }))
    expect(line).toBe(
      `1,child,2019-04,F,W-1,3,yes,,,unknown,,,,,,,,${','.repeat(11)}${MADE}${','.repeat(5)},2,${CHECK}\n`,
    )
    const carer = { role: 'parent', birth: '1990', client_pseudonym: OTHER }
    expect(typeof taken.add(work(carer))).toBe('string')
    const blank = WORK_COLUMNS.map((name) => ({ row_status: 'blank', source_row: '2' })[name] ?? '')
    expect(taken.add(blank)).toBe('')
    const rejected = WORK_COLUMNS.map(
      (name) => ({ row_status: 'rejected', source_row: '3' })[name] ?? '',
    )
    expect(taken.add(rejected)).toBe('')
    const { columns, ...counts } = taken.outcome
    expect(counts).toEqual({
      rows: { read: 3, accepted: 1, rejected: 1, blank: 1, leftOut: 0 },
      records: 2,
      familyTies: 1,
      keptFindings: { 'first-please-confirm': 1 },
    })
    expect(columns['client_pseudonym']).toEqual({ made: 2, blank: {} })
    expect(columns['nhs_number_pseudonym']).toEqual({ made: 0, blank: { 'nhs-missing': 2 } })
  })

  it.each<readonly [string, Cells, string, string]>([
    ['a cell outside its grammar', { ethnicity: 'White' }, 'seal-cell', 'ethnicity'],
    [
      'a pseudonym that is none',
      { nhs_number_pseudonym: '4010232137' },
      'seal-cell',
      'nhs_number_pseudonym',
    ],
    ['a day that there is not', { start_date: '2024-02-30' }, 'seal-cell', 'start_date'],
    ['a ward that nobody knows', { ward: 'W-2' }, 'seal-cell', 'ward'],
    ['a language that is none', { main_language: 'qq' }, 'seal-cell', 'main_language'],
    ['a month of birth of 16 years', { birth: '2008-06' }, 'seal-cell', 'birth'],
    ['a birth without its month under 16', { birth: '2010' }, 'seal-cell', 'birth'],
    ['a birth to come', { birth: '2024-07' }, 'seal-cell', 'birth'],
    ['another version', { pseudonym_version: '1' }, 'seal-cell', 'pseudonym_version'],
    ['a status that is none', { row_status: 'ok' }, 'seal-cell', 'row_status'],
    [
      'a pseudonym of a row that is left out',
      { row_status: 'rejected' },
      'seal-cell',
      'row_status',
    ],
    ['a pseudonym that has a code all the same', { email_pseudonym: MADE }, 'seal-cell', 'codes'],
    ['a code too few', { codes: 'nhs-missing' }, 'seal-cell', 'codes'],
    ['another key', { source_key_check: '0'.repeat(16) }, 'seal-other-key', 'source_key_check'],
    ['a first row that is not the first', { source_row: '2' }, 'seal-rows', 'source_row'],
    [
      'no reference',
      { client_pseudonym: '', codes: `${ACCEPTED['codes'] ?? ''}ref-missing` },
      'seal-must-fix',
      'client_pseudonym',
    ],
    ['a child without a birth date', { birth: '' }, 'seal-must-fix', 'birth'],
    [
      'an end before the start',
      { start_date: '2024-05-02', end_date: '2024-05-01' },
      'seal-must-fix',
      'end_date',
    ],
    [
      'a start before the referral',
      { referral_date: '2024-05-02', start_date: '2024-05-01' },
      'seal-must-fix',
      'start_date',
    ],
    [
      'a last contact after the quarter',
      { last_contact_date: '2024-07-01' },
      'seal-must-fix',
      'last_contact_date',
    ],
  ])('are refused for %s', (_, changed, code, column) => {
    expect(rows().add(work(changed))).toMatchObject({ code, column })
  })

  it('are refused when one is missing, there a third time, or a pair that is no child and carer', () => {
    const missing = rows()
    missing.add(work())
    expect(missing.add(work({ source_row: '3' }))).toMatchObject({ code: 'seal-rows' })
    const third = rows()
    third.add(work())
    third.add(work({ role: 'parent', birth: '1990', client_pseudonym: OTHER }))
    expect(third.add(work({ role: 'parent', birth: '1990' }))).toMatchObject({ code: 'seal-rows' })
    const twins = rows()
    twins.add(work())
    expect(twins.add(work({ client_pseudonym: OTHER }))).toMatchObject({ code: 'seal-rows' })
    const adults = rows()
    adults.add(work({ role: 'adult', birth: '1990' }))
    expect(adults.add(work({ role: 'parent', birth: '1990' }))).toMatchObject({ code: 'seal-rows' })
  })

  it('are refused when one reference stands for two people, and a blank disagrees with nothing', () => {
    const taken = rows()
    taken.add(work({ gender: 'unknown' }))
    expect(typeof taken.add(work({ source_row: '2' }))).toBe('string')
    expect(taken.add(work({ source_row: '3', gender: 'M' }))).toMatchObject({
      code: 'seal-must-fix',
      row: 3,
      column: 'client_pseudonym',
    })
  })
})
