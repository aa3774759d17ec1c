import { expect, test } from 'vitest'
import { checkTable } from '#core/checks/check-table.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { showShape } from '#core/mapping/overview/shape-view.ts'
import { suggestMapping } from '#core/mapping/suggestions/suggest.ts'
import type { Preparation } from '#core/preparation/preparation.ts'
import { preparationOf } from '#core/preparation/proposals/proposals.ts'
import { isReached } from '#core/reach/reached.ts'
import { NO_AREAS } from '#core/standard/area.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import { openBytes } from '../preparation/shapes.ts'
import { writeWorkbook, type CellValue } from '../tabular/workbook/workbook-writer.ts'

/** Files that are kept in several shapes at once, from their bytes to the people who are counted. */

const QUARTER = '2024-Q3'

interface Taken {
  readonly shapes: readonly string[]
  /** How many rows of each shape are shown as they stand, and as they would be read. */
  readonly shown: readonly (readonly [before: number, after: number])[]
  readonly stops: readonly string[]
  readonly people: readonly string[]
  /** Different people, as this file alone tells them. */
  readonly unique: number
  /** Contacts of all records. */
  readonly contacts: number
  /** References that some record says were reached. */
  readonly reached: readonly string[]
}

/** Takes every shape in the likeliest way, and whatever columns nobody need be asked about. */
async function take(
  bytes: Uint8Array,
  { also = {}, mapping: given = {} }: { also?: Preparation; mapping?: Partial<Mapping> } = {},
): Promise<Taken> {
  const { proposals, asItStands } = await openBytes(bytes, undefined, QUARTER)
  const shown: [number, number][] = []
  for (const proposal of proposals) {
    const { before, after } = await showShape(asItStands, proposal, QUARTER)
    shown.push([before.rows.length, after.rows.length])
  }
  const preparation = { ...preparationOf(proposals, () => 0), ...also }
  const { table, open } = await openBytes(bytes, preparation, QUARTER)
  const { header, receipt } = table
  const sampleRows: (readonly string[])[] = []
  for await (const { rows } of table.batches())
    sampleRows.push(...rows.filter((row) => !isNoRow(row)))
  const suggested = suggestMapping({ header, sampleRows, quarter: QUARTER, receipt }).mapping
  const columns = { ...suggested.columns, ...given.columns }
  const compiled = compileMapping({ ...suggested, ...given, columns, preparation }, header)
  if (!compiled.ok) throw new Error(compiled.refusals.map(({ code }) => code).join())
  const people: string[] = []
  let sum = 0
  const reached = new Set<string>()
  const outcome = await checkTable(
    table,
    compiled.mapper,
    {
      ...{ quarter: QUARTER, live: false, date1904: false, areas: NO_AREAS },
      unansweredShapes: open.map(({ shape }) => shape),
    },
    {
      accept: (facts, { components }) => {
        const { role, contacts, lastContactDate } = facts
        sum += contacts ?? 0
        if (isReached(facts, QUARTER, 'contacts')) reached.add(components.clientRef.value)
        const { clientRef, firstCanonical, last } = components
        const told = [clientRef, firstCanonical, last].map(({ value }) => value || '-')
        people.push([...told, role, contacts ?? '-', lastContactDate].join(' ').trim())
      },
    },
  )
  return {
    shapes: proposals.map(({ shape }) => shape),
    shown,
    stops: outcome.findings
      .filter(({ severity }) => severity !== 'note')
      .map(({ code, rows }) => `${code} ${rows}`),
    people,
    unique: outcome.forecast.least,
    contacts: sum,
    reached: [...reached],
  }
}

function workbook(sheets: Readonly<Record<string, readonly (readonly CellValue[])[]>>): Uint8Array {
  return writeWorkbook({ sheets: Object.entries(sheets).map(([name, rows]) => ({ name, rows })) })
}

const text = (...lines: string[]) => new TextEncoder().encode(`${lines.join('\n')}\n`)

test('children across on sheets whose columns differ in order and number', async () => {
  const bytes = workbook({
    Oct: [
      [
        'Family ref',
        'Postcode',
        'Mum',
        'Child 1 name',
        'Child 1 DOB',
        'Child 2 name',
        'Child 2 DOB',
        'Sessions',
      ],
      [
        'F1',
        'SE11 6AB',
        'Grace Okafor',
        'Amara Okafor',
        '01/06/2019',
        'Obi Okafor',
        '03/04/2021',
        2,
      ],
      ['F2', 'SE11 6AA', 'Sue Hall', 'Ben Hall', '22/07/2020', null, null, 1],
    ],
    Nov: [
      [
        'Family ref',
        'Mum',
        'Child 2 name',
        'Child 2 DOB',
        'Child 1 name',
        'Child 1 DOB',
        'Sessions',
      ],
      ['F1', 'Grace Okafor', 'Obi Okafor', '03/04/2021', 'Amara Okafor', '01/06/2019', 3],
    ],
  })
  expect(await take(bytes)).toMatchObject({
    shapes: ['sheets', 'children-across'],
    shown: [
      [2, 2],
      [1, 2],
    ],
    stops: [],
    people: [
      'F1#CHILD1 AMARA OKAFOR child 2',
      'F1#CARER GRACE OKAFOR parent 2',
      'F1#CHILD2 OBI OKAFOR child 2',
      'F1#CARER GRACE OKAFOR parent 2',
      'F2#CHILD1 BENJAMIN HALL child 1',
      'F2#CARER SUSAN HALL parent 1',
      'F1#CHILD1 AMARA OKAFOR child 3',
      'F1#CARER GRACE OKAFOR parent 3',
      'F1#CHILD2 OBI OKAFOR child 3',
      'F1#CARER GRACE OKAFOR parent 3',
    ],
  })
})

test('registers as sheets, under a title and two rows of headings', async () => {
  const bytes = workbook({
    October: [
      ['Stay and play'],
      ['', '', '', 'October', '', ''],
      ['Client ID', 'Name', 'DOB', '3 Oct', '10 Oct', '17 Oct'],
      ['R1', 'Amara Okafor', '01/06/2019', '✓', '', '✓'],
      ['R2', 'Ben Hall', '22/07/2020', '', '✓', ''],
    ],
    November: [
      ['Stay and play'],
      ['', '', '', 'November', '', ''],
      ['Client ID', 'Name', 'DOB', '7 Nov', '14 Nov', '21 Nov'],
      ['R1', 'Amara Okafor', '01/06/2019', '✓', '✓', '✓'],
    ],
  })
  expect(await take(bytes)).toMatchObject({
    shapes: ['sheets', 'register'],
    stops: [],
    people: [
      'R1 AMARA OKAFOR child 2 2024-10-17',
      'R2 BENJAMIN HALL child 1 2024-10-10',
      'R1 AMARA OKAFOR child 3 2024-11-21',
    ],
  })
})

test('a register with two sessions on one day, under a merged heading', async () => {
  const bytes = text(
    'Child,,,Sessions,,,',
    'Ref,Name,DOB,03/10/2024,03/10/2024,10/10/2024,Total',
    'R1,Amara Okafor,01/06/2019,x,x,,2',
    'R2,Ben Hall,22/07/2020,,x,x,2',
    'R3,Cara Lowe,13/08/2018,x,,,1',
  )
  const { proposals } = await openBytes(bytes, undefined, QUARTER)
  expect(proposals[0]?.evidence).toContain(
    'More than one column has the heading 03/10/2024: each counts as a session.',
  )
  expect(await take(bytes)).toMatchObject({
    shapes: ['register'],
    stops: [],
    people: [
      'R1 AMARA OKAFOR child 2 2024-10-03',
      'R2 BENJAMIN HALL child 2 2024-10-10',
      'R3 CARA LOWE child 1 2024-10-03',
    ],
  })
})

test('children across, their mother, and a column for each session', async () => {
  const bytes = text(
    'Family ref,Mum name,Child 1 name,Child 1 DOB,Child 2 name,Child 2 DOB,03/10/2024,10/10/2024,17/10/2024',
    'F1,Grace Okafor,Amara Okafor,01/06/2019,Obi Okafor,03/04/2021,✓,✓,',
    'F2,Sue Hall,Ben Hall,22/07/2020,,,,✓,✓',
  )
  expect(await take(bytes)).toMatchObject({
    shapes: ['register', 'children-across'],
    stops: [],
    people: [
      'F1#CHILD1 AMARA OKAFOR child 2 2024-10-10',
      'F1#CARER GRACE OKAFOR parent 2 2024-10-10',
      'F1#CHILD2 OBI OKAFOR child 2 2024-10-10',
      'F1#CARER GRACE OKAFOR parent 2 2024-10-10',
      'F2#CHILD1 BENJAMIN HALL child 2 2024-10-17',
      'F2#CARER SUSAN HALL parent 2 2024-10-17',
    ],
  })
})

test('blocks of families with a note between them, which belongs to nobody', async () => {
  const bytes = text(
    'Client ID,Surname,Postcode,First name,DOB,Sessions',
    'F1,Okafor,SE11 6AB,Amara,01/06/2019,2',
    ',,,Obi,03/04/2021,1',
    ',,,,,',
    'F2,Hall,SE11 6AA,Ben,22/07/2020,1',
    ',,,Bea,22/07/2018,1',
    'NB: the Hall family moved in May,,,,,',
    'F3,Lowe,SE11 6AB,Cara,13/08/2018,4',
    ',,,Cy,13/08/2021,3',
  )
  expect(await take(bytes)).toMatchObject({
    shapes: ['family-blocks'],
    stops: ['rows-titles 1'],
    people: [
      'F1#CHILD1 AMARA OKAFOR child 2',
      'F1#CHILD2 OBI OKAFOR child 1',
      'F2#CHILD1 BENJAMIN HALL child 1',
      'F2#CHILD2 BEA HALL child 1',
      'F3#CHILD1 CARA LOWE child 4',
      'F3#CHILD2 CY LOWE child 3',
    ],
  })
})

test('a reference that is made of name and birth is the same on every sheet', async () => {
  const bytes = workbook({
    Oct: [
      ['First name', 'Surname', 'DOB', 'Sessions'],
      ['Amara', 'Okafor', '01/06/2019', 2],
      ['Ben', 'Hall', '22/07/2020', 1],
    ],
    Nov: [
      ['Surname', 'First name', 'DOB', 'Sessions'],
      ['OKAFOR', 'amara ', '2019-06-01', 3],
    ],
  })
  const { people, stops } = await take(bytes, { mapping: { reference: 'name-and-birth' } })
  expect(stops).toEqual([])
  const references = people.map((person) => person.split(' ')[0])
  expect(references[0]).toMatch(/^#NAME#/)
  expect(references[2]).toBe(references[0])
  expect(new Set(references).size).toBe(2)
})

test('months of contacts without a date take the month from the name of their sheet', async () => {
  const rows = (...marks: readonly [string, string][]): string[][] => [
    ['Client ID', 'First name', 'Surname', 'DOB', 'Attended'],
    ...marks.map(([id, mark]) => [id, ...(NAMES[id] ?? []), mark]),
  ]
  const bytes = workbook({
    'October 24': rows(['R1', 'Y'], ['R1', 'N'], ['R2', 'Y']),
    Nov: rows(['R1', 'Y'], ['R1', 'Y']),
  })
  const filling = {
    version: 1,
    rules: [{ kind: 'derive', column: 'Contact date', from: 'Sheet', what: 'month-in-text' }],
  } as const
  const taken = await take(bytes, {
    also: { filling },
    mapping: {
      shape: 'contacts',
      columns: { client_ref: 'Client ID', contact_date: 'Contact date', attended: 'Attended' },
    },
  })
  expect(taken).toMatchObject({
    shapes: ['sheets'],
    stops: [],
    people: ['R1 AMARA OKAFOR child 3 2024-11-01', 'R2 BENJAMIN HALL child 1 2024-10-01'],
  })
})

const NAMES: Readonly<Record<string, readonly string[]>> = {
  R1: ['Amara', 'Okafor', '01/06/2019'],
  R2: ['Ben', 'Hall', '22/07/2020'],
}

test('contacts on several sheets add up, and each person is counted and reached once', async () => {
  const month = (...people: string[][]): string[][] => [
    ['Client ID', 'First name', 'Surname', 'DOB', 'Sessions'],
    ...people,
  ]
  const bytes = workbook({
    July: month(
      ['C-11', 'Amara', 'Okafor', '01/06/2019', '3'],
      ['C-14', 'Ben', 'Hall', '22/07/2020', '0'],
    ),
    August: month(
      ['C-11', 'Amara', 'Okafor', '01/06/2019', '0'],
      ['C-14', 'Ben', 'Hall', '22/07/2020', '0'],
    ),
    September: month(
      ['C-17', 'Cara', 'Lowe', '13/08/2018', '1'],
      ['C-11', 'Amara', 'Okafor', '01/06/2019', '2'],
    ),
  })
  expect(await take(bytes)).toMatchObject({
    shapes: ['sheets'],
    stops: [],
    unique: 3,
    contacts: 6,
    reached: ['C-11', 'C-17'],
  })
})

test('two people under one reference on two sheets are no one person', async () => {
  const rows = (...people: string[][]): string[][] => [
    ['Client ID', 'First name', 'Surname', 'DOB', 'Sessions'],
    ...people,
  ]
  const bytes = workbook({
    Stockwell: rows(['1', 'Amara', 'Okafor', '01/06/2019', '2']),
    Vauxhall: rows(['1', 'Ben', 'Hall', '22/07/2020', '1']),
  })
  expect((await take(bytes)).stops).toEqual(['ref-rows-disagree 2'])
})

test('a second carer is told, with how many rows have one', async () => {
  const bytes = text(
    'Ref,Child name,Child DOB,Parent 1 name,Parent 2 name,Sessions',
    'C-1,Amara Okafor,01/06/2019,Grace Okafor,Tom Okafor,3',
    'C-2,Ben Hall,22/07/2020,Sue Hall,,2',
  )
  expect(await take(bytes)).toMatchObject({
    stops: ['further-person-ignored 1'],
    people: [
      'C-1 AMARA OKAFOR child 3',
      'C-1#CARER GRACE OKAFOR parent 3',
      'C-2 BENJAMIN HALL child 2',
      'C-2#CARER SUSAN HALL parent 2',
    ],
  })
})
