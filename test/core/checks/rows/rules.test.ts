import { expect, test } from 'vitest'
import type { ExampleRow } from '#core/checks/rows/check.ts'
import { IDENTIFIER_CHECKS, identifierSeverity } from '#core/checks/rows/identifier-checks.ts'
import { ROW_CHECKS } from '#core/checks/rows/row-checker.ts'
import { peopleField } from '#core/standard/fields.ts'
import {
  aboutWords,
  FINDING_CATALOGUES,
  isAboutFile,
  isFindingCode,
} from '#core/messages/findings/findings.ts'
import type { Words } from '#core/messages/words.ts'
import { check } from '../tables.ts'

/** What one row of a file for 2024-Q1 gets, as `field code severity`. */
async function findingsOf(row: ExampleRow): Promise<string[]> {
  const isContact = row.contact_date !== undefined || row.attended !== undefined
  const isFamily = Object.keys(row).some((name) => peopleField(name)?.for === 'carer')
  const cells: ExampleRow = {
    client_ref: 'A1',
    ...(isContact ? { contact_date: '01/05/2024' } : {}),
    ...(isFamily ? { date_of_birth: '03/02/2021' } : {}),
    ...row,
  }
  const { findings } = await check(Object.keys(cells), [Object.values(cells)])
  return findings.filter((finding) => finding.startsWith('1 ')).map((finding) => finding.slice(2))
}

for (const rule of ROW_CHECKS) {
  test(`finds ${rule.code} in ${rule.field} as its examples say`, async () => {
    const finding = `${rule.field} ${rule.code} ${rule.severity}`
    for (const row of rule.examples.fail) expect(await findingsOf(row)).toContain(finding)
    for (const row of rule.examples.pass) expect(await findingsOf(row)).not.toContain(finding)
    expect(rule.examples.fail.length).toBeGreaterThan(0)
    expect(rule.examples.pass.length).toBeGreaterThan(0)
  })
}

for (const rule of IDENTIFIER_CHECKS) {
  test(`finds what is wrong with ${rule.field} as its examples say`, async () => {
    const role = rule.childOnly ? { role: 'child', date_of_birth: '03/02/2021' } : { role: 'adult' }
    for (const cell of rule.pass) {
      const found = (await findingsOf({ ...role, [rule.field]: cell })).filter((one) =>
        one.startsWith(`${rule.field} `),
      )
      expect(found).toEqual([])
    }
    for (const [code, cell] of Object.entries(rule.fail)) {
      expect(await findingsOf({ ...role, first_name: 'Amara', [rule.field]: cell })).toContain(
        `${rule.field} ${code} ${identifierSeverity(rule.field, 'adult', code)}`,
      )
    }
  })
}

test('has words with a way to fix it for the code of every rule', () => {
  const codes = new Set([
    ...ROW_CHECKS.map(({ code }) => code),
    ...IDENTIFIER_CHECKS.flatMap(({ fail }) => Object.keys(fail)),
    'birth-two-digit-year',
    'first-please-confirm',
    'last-please-confirm',
    'cannot-be-matched',
    'ref-rows-disagree',
    'ref-carers-disagree',
    'ref-repeated',
    'birth-month-first',
    'date-month-first',
    'nhs-column-exponent',
    'quarter-mismatch',
    'most-dates-after-quarter',
    'contacts-not-mapped',
    'attended-not-mapped',
    'no-rows',
  ])
  expect([...codes].filter((code) => !isFindingCode(code))).toEqual([])
  for (const { title, fix } of FINDING_CATALOGUES.flatMap<Words>(Object.values)) {
    expect(title).toMatch(/^[A-Z“].{8,90}$/)
    expect(fix).toMatch(/\.$/)
  }
  expect(isFindingCode('constructor')).toBe(false)
})

test('tells a finding about the file as a whole from one about a row', async () => {
  const fields = ['client_ref', 'first_name', 'date_of_birth', 'nhs_number']
  const cells = Array.from({ length: 30 }, (_, row) => [
    `C${String(row)}`,
    'Amara',
    `05/${String(13 + (row % 15))}/2020`,
    '9.43E+09',
  ])
  const { outcome } = await check(fields, [...cells, ['D1', '', '', '']])
  const codes = outcome.findings.map(({ code }) => code)
  expect(codes).toEqual(
    expect.arrayContaining(['birth-month-first', 'nhs-column-exponent', 'cannot-be-matched']),
  )
  for (const { code, firstRows } of outcome.findings)
    expect(`${code} ${String(isAboutFile(code))}`).toBe(`${code} ${String(firstRows[0] === 0)}`)
  expect(aboutWords('cannot-be-matched', '')).toBe('The row as a whole')
  expect(aboutWords('no-rows', '')).toBe('The file as a whole')
})

test('stops a row for the grave findings alone', async () => {
  const severe = async (row: ExampleRow) =>
    (await findingsOf(row)).filter((finding) => finding.endsWith('must-fix'))
  expect(await severe({ client_ref: '', first_name: 'Amara' })).toEqual([
    'client_ref ref-missing must-fix',
  ])
  expect(await severe({ role: 'child', date_of_birth: '' })).toEqual([
    'date_of_birth birth-missing must-fix',
  ])
  expect(await severe({ role: 'child', date_of_birth: '31/02/2021' })).toEqual([
    'date_of_birth birth-impossible must-fix',
  ])
  // A child given as one in a file without the column.
  expect(await severe({ role: 'child' })).toEqual(['date_of_birth birth-missing must-fix'])
  // Whose role their age would tell, and cannot.
  for (const birth of ['31/02/2021', '2 yrs', 'unborn', '01/07/2024', '01/01/1019'])
    expect(await severe({ date_of_birth: birth })).toEqual([
      expect.stringMatching(/^date_of_birth birth-[a-z0-9-]+ must-fix$/),
    ])
  expect(await severe({ date_of_birth: '' })).toEqual([])
  expect(await severe({ date_of_birth: '01/01/1900' })).toEqual([])
  expect(await severe({ role: 'parent', date_of_birth: 'x' })).toEqual([])
  expect(
    await severe({
      role: 'adult',
      date_of_birth: 'x',
      nhs_number: '1',
      email: 'x',
      mobile: 'x',
      postcode: 'x',
      first_name: 'test',
      gender: '?',
    }),
  ).toEqual([])
})

test('asks for a confirmation where the specification does', async () => {
  expect(await findingsOf({ first_name: 'Girl', last_name: 'Null' })).toEqual(
    expect.arrayContaining([
      'first_name first-please-confirm confirm',
      'last_name last-please-confirm confirm',
    ]),
  )
})
