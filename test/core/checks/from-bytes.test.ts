import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { checkTable } from '#core/checks/check-table.ts'
import { NO_AREAS } from '#core/standard/area.ts'
import type { RecordFacts } from '#core/standard/record.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import { suggestMapping } from '#core/mapping/suggestions/suggest.ts'
import { openTable } from '#core/tabular/open-table.ts'
import type { ByteSource } from '#core/tabular/table.ts'

function source(bytes: Uint8Array): ByteSource {
  return {
    name: 'file',
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  }
}

/** Reads, maps by what is certain, and checks a file. */
async function checkBytes(bytes: Uint8Array) {
  const table = await openTable(source(bytes))
  const sampleRows: (readonly string[])[] = []
  for await (const { rows } of table.batches()) sampleRows.push(...rows)
  const { mapping } = suggestMapping({
    header: table.header,
    sampleRows,
    quarter: '2024-Q1',
    receipt: table.receipt,
  })
  const compiled = compileMapping(mapping, table.header)
  if (!compiled.ok) throw new Error(compiled.refusals.map(({ code }) => code).join())
  const facts: RecordFacts[] = []
  const lastNames: string[] = []
  const context = {
    quarter: '2024-Q1',
    live: false,
    date1904: table.receipt.date1904,
    areas: NO_AREAS,
  } as const
  const outcome = await checkTable(table, compiled.mapper, context, {
    accept: (record, { components }) => {
      facts.push(record)
      lastNames.push(components.last.value)
    },
  })
  return { mapping, outcome, facts, lastNames }
}

test('reads, maps and checks a semicolon file in Windows-1252 with child and carer in a row, by itself', async () => {
  const text = [
    'Client ID;Child forename;Child surname;Child DOB;Gender;Parent forename;Parent surname;Parent email;Postcode;Sessions attended',
    'A1;Zoë;Núñez;03/02/2021;Girl;José;Núñez;j@mail.leap.test;SW9 9SL;3',
    'A2;Tom;Smith;14/02/2021;Boy;;;;SW9 9SM;0',
    ';;;;;;;;;',
  ].join('\r\n')
  const { mapping, outcome, facts, lastNames } = await checkBytes(
    Uint8Array.from(text, (character) => character.charCodeAt(0)),
  )
  expect(mapping).toMatchObject({
    shape: 'child-and-carer',
    constants: { role: 'child' },
    values: { gender: { Girl: 'F', Boy: 'M' } },
  })
  expect(Object.keys(mapping.columns)).toHaveLength(10)
  expect(outcome.rows).toEqual({ read: 3, accepted: 2, rejected: 0, blank: 1, leftOut: 0 })
  expect(lastNames).toEqual(['NUNEZ', 'NUNEZ', 'SMITH'])
  expect(facts.map(({ role, gender, birth }) => [role, gender, birth])).toEqual([
    ['child', 'F', '2021-02'],
    ['parent', 'unknown', ''],
    ['child', 'M', '2021-02'],
  ])
})

test('reads, maps and checks a workbook with title rows, dates as serials and NHS numbers as numbers, by itself', async () => {
  const rows = [
    ['Quarterly return'],
    ['Oral health packs, April to June 2024'],
    [],
    [
      'Case number',
      'First name',
      'Surname',
      'DOB',
      'Sex',
      'NHS No',
      'Mobile',
      'Post Code',
      'Start date',
      'No. of visits',
    ],
    ['C1', 'Ngozi', 'Okafor', 33495, 'F', 9434765919, '07700 900123', 'SW9 9SL', 45383, 2],
    ['C2', 'Emeka', 'Okafor', 33496, 'M', '', '', 'SW9 9SL', 45384, 0],
  ]
  const cell = (value: string | number) =>
    typeof value === 'number'
      ? `<c><v>${value}</v></c>`
      : `<c t="inlineStr"><is><t>${value}</t></is></c>`
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const parts = 'http://schemas.openxmlformats.org/package/2006'
  const files = {
    '[Content_Types].xml': `<Types xmlns="${parts}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${parts}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${parts}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('')}</sheetData></worksheet>`,
  }
  const bytes = zipSync(
    Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, strToU8(xml)])),
  )
  const { mapping, outcome, facts } = await checkBytes(bytes)
  expect(mapping.columns).toEqual({
    client_ref: 'Case number',
    first_name: 'First name',
    last_name: 'Surname',
    date_of_birth: 'DOB',
    gender: 'Sex',
    nhs_number: 'NHS No',
    mobile: 'Mobile',
    postcode: 'Post Code',
    start_date: 'Start date',
    contacts: 'No. of visits',
  })
  expect(outcome.rows).toEqual({ read: 2, accepted: 2, rejected: 0, blank: 0, leftOut: 0 })
  expect(outcome.columns['nhs_number_pseudonym']?.made).toBe(1)
  expect(facts.map(({ birth, startDate, contacts }) => [birth, startDate, contacts])).toEqual([
    ['1991', '2024-04-01', 2],
    ['1991', '2024-04-02', 0],
  ])
})

const HEADINGS = 'Client ID,First name,Surname,Date of birth,Gender,Postcode,Sessions attended'

function fileOf(...rows: readonly string[]): Uint8Array {
  return strToU8(`${[HEADINGS, ...rows].join('\r\n')}\r\n`)
}

async function findingsOf(bytes: Uint8Array): Promise<string[]> {
  const { outcome } = await checkBytes(bytes)
  return outcome.findings
    .filter(({ severity }) => severity !== 'note')
    .map(({ code, field, severity, firstRows }) =>
      [severity, code, field, firstRows.join('+')].filter((part) => part !== '').join(' '),
    )
}

test('never takes “as above” and ditto marks for values, whatever the column', async () => {
  const bytes = fileOf(
    'C-1,Amara,Okafor,01/06/2019,F,SE11 6AB,3',
    'C-2,Ben,as above,02/07/2020,M,"""",2',
    "C-3,Do,Asante,13/08/2018,F,SE11 6AA,''",
    'Ditto,Dev,Same,14/09/2019,See above.,〃,do.',
    'C-5,Dido,Sa,15/10/2019,F,SE11 6AA,4',
  )
  const { outcome, lastNames } = await checkBytes(bytes)
  expect(lastNames).toEqual(['OKAFOR', 'SA'])
  expect(outcome.rows).toMatchObject({ read: 5, accepted: 2, rejected: 3 })
  const found = outcome.findings.filter(({ code }) => code === 'says-as-above')
  expect(found.map(({ field, firstRows }) => `${field} ${firstRows.join()}`)).toEqual([
    'client_ref 4',
    'contacts 3,4',
    'gender 4',
    'last_name 2,4',
    'postcode 2,4',
  ])
  expect(found.every(({ severity }) => severity === 'must-fix')).toBe(true)
})

test('reads numbers and dates through a leading apostrophe and what nobody sees', async () => {
  const { facts, outcome } = await checkBytes(
    fileOf(
      "'C-1,Amara,Okafor,'01/06/2019,F,SE11 6AB,'3",
      'C-2,Ben,Ha\u00adll,02/07/2020\u200b,M,SE11\u00a06AB,\u200e2',
    ),
  )
  expect(facts.map(({ birth, contacts }) => `${birth} ${String(contacts)}`)).toEqual([
    '2019-06 3',
    '2020-07 2',
  ])
  expect(outcome.findings.map(({ code }) => code)).not.toContain('contacts-unreadable')
})

test('asks about letters that were lost, and about nothing else of the file that lost them', async () => {
  const bytes = fileOf(
    'C-1,Zoë,Núñez,01/06/2019,F,SE11 6AB,3',
    'C-2,Chlo?,Dubois,15/10/2019,F,SE11 6AA,1',
  ).map((byte) => (byte === 0x3f ? 0xe9 : byte))
  expect(await findingsOf(bytes)).toEqual(['confirm letters-lost 0'])
})

test('asks about an encoding that is not plain, rows that are short and a file that was cut off', async () => {
  const whole = ['C-1,Ann,Hall,01/06/2019,F,SE11 6AB,3', 'C-2,Ben,Lowe,02/07/2020,M,SE11 6AB,2']
  const unsure = fileOf(...whole, 'C-3,Ad?le,Moss,03/07/2020,F,SE11 6AB,2').map((byte) =>
    byte === 0x3f ? 0x8a : byte,
  )
  expect(await findingsOf(unsure)).toEqual(['confirm encoding-unsure 0'])
  const four = [
    ...whole,
    'C-3,Cy,Moss,03/07/2020,F,SE11 6AB,2',
    'C-4,Di,Pond,04/07/2020,F,SE11 6AB',
  ]
  expect(await findingsOf(fileOf(...four))).toEqual(['confirm rows-short 0'])
  const cut = fileOf(...four).slice(0, -7)
  expect(await findingsOf(cut)).toContain('confirm file-cut-off 0')
  expect(await findingsOf(fileOf(...whole))).toEqual([])
})
