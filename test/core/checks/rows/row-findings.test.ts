import { describe, expect, test } from 'vitest'
import { RowFindings } from '#core/checks/rows/row-findings.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { columnsOfFields } from '#core/preparation/finding-column.ts'
import { check } from '../tables.ts'

const RECEIPT = { format: 'csv', date1904: false, headerRow: 1 } as const
const CONTEXT = { quarter: '2024-Q1', live: true } as const

function findingsOf(mapping: Mapping, header: readonly string[]): RowFindings {
  const rows = RowFindings.of({ header, receipt: RECEIPT, mapping, context: CONTEXT })
  if (rows === undefined) throw new Error('rows cannot be checked one by one')
  return rows
}

describe('a row that is checked by itself', () => {
  test('has the findings that it has among others, but for those that only others tell', async () => {
    const fields = ['client_ref', 'role', 'first_name', 'date_of_birth', 'nhs_number', 'postcode']
    const rows = [
      ['C1', 'child', 'Amara', '01/02/2021', '', 'SE11 6AA'],
      ['', 'child', 'Unknown', '31/02/2021', '943 476 5919', 'nowhere'],
      ['C3', 'adult', 'A', '', '123', ''],
      ['', '', '', '', '', ''],
      ['C1', 'child', 'Bola', '01/02/2021', '', 'SE11 6AA'],
    ]
    const { findings } = await check(fields, rows)
    const mapping = { columns: Object.fromEntries(fields.map((field) => [field, field])) }
    const single = findingsOf(mapping, fields)
    const told: string[] = []
    for (const [index, row] of rows.entries())
      for (const { field, code, severity } of await single.in(row))
        told.push(`${String(index + 1)} ${field} ${code} ${severity}`)
    const ofOthers = /ref-rows-disagree|ref-repeated|cannot-be-matched/
    expect(told.length).toBeGreaterThan(5)
    expect(told.sort()).toEqual(
      findings.filter((line) => !ofOthers.test(line) && !line.startsWith('0 ')).sort(),
    )
  })

  test('says which of its children a finding is about, and in which column of the file', async () => {
    const header = ['Family', 'Child 1 name', 'Child 1 DOB', 'Child 2 name', 'Child 2 DOB']
    const mapping: Mapping = {
      columns: { client_ref: 'Child reference', first_name: 'Name', date_of_birth: 'DOB' },
      constants: { role: 'child' },
      preparation: {
        childrenAcross: {
          children: [
            { Name: 'Child 1 name', DOB: 'Child 1 DOB' },
            { Name: 'Child 2 name', DOB: 'Child 2 DOB' },
          ],
          reference: 'Family',
        },
      },
    }
    const rows = findingsOf(mapping, header)
    const found = await rows.in(['F1', 'Amara', '01/02/2021', 'Bola', '31/02/2021'])
    expect(found.filter(({ severity }) => severity === 'must-fix')).toEqual([
      { field: 'date_of_birth', code: 'birth-impossible', severity: 'must-fix', part: 2 },
    ])
    const columnOf = columnsOfFields(mapping, header)
    expect(columnOf('date_of_birth', 2)).toBe(4)
    expect(columnOf('date_of_birth', 1)).toBe(2)
    expect(columnOf('postcode', 1)).toBe(-1)
  })

  test('is not checked by itself where its cells come from the row above', () => {
    const file = { header: ['Ref'], receipt: RECEIPT, context: CONTEXT }
    const mapping = {
      columns: { client_ref: 'Ref' },
      preparation: { fillDown: { blocks: ['Ref'] } },
    }
    expect(RowFindings.of({ ...file, mapping })).toBeUndefined()
    expect(
      RowFindings.of({ ...file, mapping: { columns: { client_ref: 'Other' } } }),
    ).toBeUndefined()
  })
})
