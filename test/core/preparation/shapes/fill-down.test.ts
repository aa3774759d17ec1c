import { expect, it } from 'vitest'
import { preparationOf } from '#core/preparation/proposals/proposals.ts'
import { openText, rowsOf } from '../shapes.ts'

const BLOCKS = [
  'Family ref,Surname,Address,Postcode,First name,DOB',
  'F-1,Lane,1 High St,SW9 8AA,Ada,01/02/2019',
  ',,,,Ben,03/04/2021',
  ',,,,Cara,05/06/2022',
  'F-2,Moss,2 High St,SW9 8AB,Dan,07/08/2020',
  ',,,,Eve,09/10/2021',
  'F-3,Nye,3 High St,SW9 8AC,Fay,11/12/2020',
].join('\n')

it('fills what a family has in common from its first row, and numbers its people', async () => {
  const { proposals } = await openText(BLOCKS)
  expect(proposals.map(({ preparation }) => preparation)).toEqual([
    {
      fillDown: {
        blocks: ['Family ref', 'Surname', 'Address', 'Postcode'],
        reference: 'Family ref',
      },
    },
  ])
  const { table } = await openText(
    BLOCKS,
    preparationOf(proposals, () => 0),
  )
  expect((await rowsOf(table)).map(({ cells }) => cells.slice(0, 5).join('|'))).toEqual([
    'F-1#CHILD1|Lane|1 High St|SW9 8AA|Ada',
    'F-1#CHILD2|Lane|1 High St|SW9 8AA|Ben',
    'F-1#CHILD3|Lane|1 High St|SW9 8AA|Cara',
    'F-2#CHILD1|Moss|2 High St|SW9 8AB|Dan',
    'F-2#CHILD2|Moss|2 High St|SW9 8AB|Eve',
    'F-3#CHILD1|Nye|3 High St|SW9 8AC|Fay',
  ])
  expect(table.receipt.prepared?.filled?.find(({ column }) => column === 'Surname')?.cells).toBe(3)
})

it('fills cells that say so from the row above them', async () => {
  const text = [
    'Ref,Name,Postcode,Ethnicity',
    'R1,Ada Lane,SW9 8AA,White British',
    'R2,Ben Lane,as above,"""',
    'R3,Cara Lane,See above.,ditto',
    'R4,Dan Moss,SW9 8AB,Mixed',
  ]
    .join('\n')
    .replace('"""', '""""')
  const { proposals } = await openText(text)
  expect(proposals[0]?.evidence).toEqual([
    'Cells say “as above” or the like: 2 cells in Postcode, 2 cells in Ethnicity.',
  ])
  const { table } = await openText(
    text,
    preparationOf(proposals, () => 0),
  )
  expect((await rowsOf(table)).map(({ cells }) => cells.slice(2).join('|'))).toEqual([
    'SW9 8AA|White British',
    'SW9 8AA|White British',
    'SW9 8AA|White British',
    'SW9 8AB|Mixed',
  ])
})

it('takes columns that only some rows can fill for no family', async () => {
  const adults = [
    'Ref,First name,Surname,DOB,Postcode,Carer name,Carer email,Carer mobile',
    'R1,Ada,Lane,01/02/2019,SW9 8AA,Bea Lane,bea@mail.test,07700900001',
    'R2,Bea,Lane,01/02/1990,SW9 8AA,,,',
    'R3,Cara,Moss,01/02/2020,SW9 8AB,Dee Moss,dee@mail.test,07700900002',
    'R4,Dee,Moss,01/02/1991,SW9 8AB,,,',
    'R5,Eve,Nye,01/02/1992,SW9 8AC,,,',
  ].join('\n')
  expect((await openText(adults)).proposals).toEqual([])
  const gaps = [
    'Ref,First name,Surname,DOB,Postcode,Email',
    'R1,Ada,Lane,01/02/2019,SW9 8AA,',
    'R2,Ben,Moss,01/02/2018,,ben@mail.test',
    'R3,Cara,Nye,01/02/2020,SW9 8AB,',
    'R4,Dan,Orr,01/02/2021,,',
  ].join('\n')
  expect((await openText(gaps)).proposals).toEqual([])
})
