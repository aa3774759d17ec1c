import { expect, test } from 'vitest'
import { checkTable } from '#core/checks/check-table.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import { childrenAcross } from '#core/preparation/shapes/children-across.ts'
import { NO_AREAS } from '#core/standard/area.ts'
import { openTable } from '#core/tabular/open-table.ts'

const LINES = [
  'Client,Child 1,Born 1,Child 2,Born 2,Surname,Number of children attending',
  'A1,Ada,02/03/2021,Ben,04/05/2022,Okafor,2',
  'A2,Cara,06/07/2020,,,Hall,2',
  'A3,Dev,08/09/2021,Esme,01/02/2022,Lowe,3',
]
const CHILDREN = [1, 2].map((n) => ({ 'First name': `Child ${n}`, Born: `Born ${n}` }))

test('counts the children of a row who came against those that are in it', async () => {
  const bytes = new TextEncoder().encode(LINES.join('\r\n'))
  const read = (offset: number, length: number) =>
    Promise.resolve(bytes.slice(offset, offset + length))
  const asItStands = await openTable({ name: 'file', size: bytes.length, read })
  const table = childrenAcross(asItStands, {
    childrenAcross: { children: CHILDREN, reference: 'Client' },
  })
  const columns = {
    ...{ client_ref: 'Child reference', first_name: 'First name', last_name: 'Surname' },
    date_of_birth: 'Born',
  }
  const compiled = compileMapping({ columns }, table.header)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.refusals))
  const { findings } = await checkTable(
    table,
    compiled.mapper,
    { quarter: '2024-Q1', live: false, date1904: false, areas: NO_AREAS },
    { accept: () => undefined },
  )
  const asked = findings.filter(({ code }) => code === 'row-of-several')
  // The family of one child with two, and both children of the family with three.
  expect(asked.map(({ rows }) => rows)).toEqual([3])
})
