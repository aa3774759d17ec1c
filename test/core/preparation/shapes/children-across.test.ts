import { expect, it } from 'vitest'
import { preparationOf } from '#core/preparation/proposals/proposals.ts'
import { placeOf, placeWords } from '#core/preparation/row-places.ts'
import { openSample, openText, rowsOf } from '../shapes.ts'

const FAMILIES = [
  'Family ref,Mum,Address,Child 1 name,Child 1 DOB,Child 2 name,Child 2 DOB,Sessions',
  'F-01,Ada Lane,1 High St,Ben Lane,01/02/2020,Cara Lane,03/04/2021,4',
  'F-02,Bea Moss,2 High St,Dan Moss,05/06/2019,,,2',
  'F-03,Cat Nye,3 High St,,,n/a,-,0',
  ',,,,,,,',
  'F-04,Dee Orr,4 High St,,,Eve Orr,07/08/2022,1',
].join('\n')

it('makes every child a row with the cells of its family, and counts none that is not there', async () => {
  const { proposals } = await openText(FAMILIES)
  expect(proposals.map(({ shape }) => shape)).toEqual(['children-across'])
  expect(proposals[0]?.evidence).toContain('4 children are in 3 rows; 1 row has more than one.')
  const { table, open } = await openText(
    FAMILIES,
    preparationOf(proposals, () => 0),
  )
  expect(open).toEqual([])
  expect(table.header).toEqual([
    ...['Child reference', 'Mum', 'Address', 'Child name', 'Child DOB', 'Sessions'],
  ])
  const rows = await rowsOf(table)
  expect(rows.map(({ row, cells }) => [row, cells.join('|')])).toEqual([
    [1, 'F-01#CHILD1|Ada Lane|1 High St|Ben Lane|01/02/2020|4'],
    [2, 'F-01#CHILD2|Ada Lane|1 High St|Cara Lane|03/04/2021|4'],
    [3, 'F-02#CHILD1|Bea Moss|2 High St|Dan Moss|05/06/2019|2'],
    // Nobody is lost: a family without a child stays a row, to be looked at.
    [5, 'F-03#CHILD1|Cat Nye|3 High St|||0'],
    [7, '|||||'],
    // A child's number is that of its columns.
    [10, 'F-04#CHILD2|Dee Orr|4 High St|Eve Orr|07/08/2022|1'],
  ])
  expect(placeWords(placeOf(table.receipt, 10))).toBe('6, child 2')
  expect(table.receipt.prepared).toEqual({ children: { rows: 3, children: 4 } })
})

it('asks again when there is room for a child that was not chosen', async () => {
  const { proposals } = await openText(FAMILIES)
  const before = preparationOf(proposals, () => 0)
  const more = FAMILIES.replace('Sessions', 'Child 3 name')
  expect((await openText(more, before)).open.map(({ shape }) => shape)).toEqual(['children-across'])
})

it('leaves the table as it stands when the shape was turned down, and asks no more', async () => {
  const { proposals, asItStands } = await openText(FAMILIES)
  const declined = preparationOf(proposals, () => undefined)
  expect(declined).toEqual({ declined: ['children-across'] })
  const { table, open } = await openText(FAMILIES, declined)
  expect(open).toEqual([])
  expect(table.header).toEqual(asItStands.header)
})

it('refuses a file without the columns that were chosen', async () => {
  const { proposals } = await openText(FAMILIES)
  const other = 'Family ref,Name,DOB\nF-01,Ben Lane,01/02/2020\nF-02,Dan Moss,05/06/2019'
  await expect(
    openText(
      other,
      preparationOf(proposals, () => 0),
    ),
  ).rejects.toMatchObject({
    code: 'preparation-column-missing',
  })
})

it('is not proposed where no row has a second child', async () => {
  const single = FAMILIES.split('\n').filter((_, at) => at === 0 || at === 2)
  expect((await openText(single.join('\n'))).proposals).toEqual([])
})

it.each([
  ['ugly-C2.csv', 31],
  ['24-second-child-columns.csv', 5],
])('finds every child of %s', async (name, children) => {
  const { proposals, open } = await openSample(name)
  expect(open.map(({ shape }) => shape)).toContain('children-across')
  const { table } = await openSample(
    name,
    preparationOf(proposals, () => 0),
  )
  const rows = await rowsOf(table)
  expect(rows).toHaveLength(children)
  const references = rows.map(({ cells }) => cells[0])
  expect(new Set(references).size).toBe(children)
  expect(table.receipt.prepared?.children?.children).toBe(children)
})

it.each([
  'Ref,Mum,Child 1,DOB,M/F,Child 2,DOB,M/F,Sessions',
  'Ref,Mum,Child name,DOB,M/F,Child name,DOB,M/F,Sessions',
])('tells headings apart that come again for each child: %s', async (header) => {
  const text = [
    header,
    'F-01,Ada Lane,Ben Lane,01/02/2020,M,Cara Lane,03/04/2021,F,4',
    'F-02,Bea Moss,Dan Moss,05/06/2019,M,,,,2',
  ].join('\n')
  const { proposals } = await openText(text)
  const { table } = await openText(
    text,
    preparationOf(proposals, () => 0),
  )
  expect(table.header.slice(2)).toEqual(['Child name', 'Child DOB', 'Child M F', 'Sessions'])
  expect((await rowsOf(table)).map(({ cells }) => cells.join('|'))).toEqual([
    'F-01#CHILD1|Ada Lane|Ben Lane|01/02/2020|M|4',
    'F-01#CHILD2|Ada Lane|Cara Lane|03/04/2021|F|4',
    'F-02#CHILD1|Bea Moss|Dan Moss|05/06/2019|M|2',
  ])
})
