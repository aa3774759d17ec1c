import { expect, it } from 'vitest'
import { checkTable } from '#core/checks/check-table.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { NO_AREAS } from '#core/standard/area.ts'
import type { Table } from '#core/tabular/table.ts'

const MAPPING: Mapping = {
  shape: 'child-and-carer',
  reference: 'name-and-birth',
  columns: {
    first_name: 'First',
    last_name: 'Last',
    date_of_birth: 'DOB',
    carer_first_name: 'Carer',
    contacts: 'Sessions',
  },
}

function tableOf(rows: readonly (readonly string[])[]): Table {
  return {
    header: ['First', 'Last', 'DOB', 'Carer', 'Sessions'],
    receipt: { format: 'csv', date1904: false, headerRow: 1 },
    async *batches() {
      yield await Promise.resolve({ firstRow: 1, rows })
    },
  }
}

async function referencesOf(rows: readonly (readonly string[])[], mapping = MAPPING) {
  const table = tableOf(rows)
  const compiled = compileMapping(mapping, table.header)
  if (!compiled.ok) return { refusals: compiled.refusals, references: [], findings: [] }
  const references: string[] = []
  const findings: string[] = []
  const context = { quarter: '2024-Q1', live: false, date1904: false, areas: NO_AREAS } as const
  await checkTable(table, compiled.mapper, context, {
    accept: (_, { components }) => references.push(components.clientRef.value),
    finding: (row, field, code, severity) => {
      if (code.startsWith('ref-')) findings.push([row, field, code, severity].join(' '))
    },
  })
  return { refusals: [], references, findings }
}

it('makes a reference of name and birth that is the same however they are written', async () => {
  const { references, findings } = await referencesOf([
    ['Zoë', "O'Neil", '03/04/2021', 'Ada', '1'],
    ['ZOE', 'ONeil', '2021-04-03', '', '2'],
  ])
  const [child, carer, again] = references
  expect(child).toMatch(/^#NAME#/)
  expect(again).toBe(child)
  expect(carer).toBe(`${child ?? ''}#CARER`)
  expect(findings).toEqual([
    '1 client_ref ref-repeated note',
    '2 client_ref ref-repeated note',
    '0 client_ref ref-derived note',
  ])
})

it('has a row fixed that lacks what its reference is made of', async () => {
  const { references, findings } = await referencesOf([
    ['Ada', '', '03/04/2021', '', '1'],
    ['Ben', 'Lane', 'unborn', '', '1'],
  ])
  expect(references).toEqual([])
  expect(findings).toContain('1 client_ref ref-missing must-fix')
  expect(findings).toContain('2 client_ref ref-missing must-fix')
})

it('needs the columns that it is made of, and no column that holds one', async () => {
  const { last_name: last, ...columns } = MAPPING.columns
  expect((await referencesOf([], { ...MAPPING, columns })).refusals).toContainEqual(
    expect.objectContaining({ code: 'mapping-field-missing', field: 'last_name' }),
  )
  const both = { ...MAPPING, columns: { ...MAPPING.columns, client_ref: last ?? '' } }
  expect((await referencesOf([], both)).refusals).toContainEqual(
    expect.objectContaining({ code: 'mapping-field-mapped-twice', field: 'client_ref' }),
  )
})
