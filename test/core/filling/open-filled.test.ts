import { expect, it } from 'vitest'
import { openWithProposals } from '#core/preparation/open-prepared.ts'
import type { Preparation } from '#core/preparation/preparation.ts'
import { preparationAnswered } from '#core/preparation/proposals/shape-answers.ts'
import { openText, rowsOf } from '../preparation/shapes.ts'
import { fillingOf } from './tables.ts'

const TEXT = 'Ref,Centre,Postcode\n1,Library,\n2,Hall,SW9 8AB\n'
const filling = fillingOf([
  {
    ...{ kind: 'look-up', column: 'Postcode', from: 'Centre' },
    words: [{ word: 'library', becomes: 'SW9 8AA' }],
  },
])

async function cellsOf(text: string, preparation?: Preparation): Promise<string[]> {
  const { table } = await openText(text, preparation)
  return (await rowsOf(table)).map(({ row, cells }) => `${row} ${cells.join('|')}`)
}

it('fills gaps once a file has its shape, and tells what each rule did', async () => {
  expect(await cellsOf(TEXT, { filling })).toEqual(['1 1|Library|SW9 8AA', '2 2|Hall|SW9 8AB'])
  const blocks = 'Surname,Postcode,First name,DOB,Area\nLane,SW9 8AA,Ada,01/02/2019,\n'
  const rows = ',,Ben,03/04/2021,\nMoss,SW9 8AB,Cara,05/06/2022,\n,,Dan,07/08/2020,\n'
  const preparation = {
    fillDown: { blocks: ['Surname', 'Postcode'] },
    filling: fillingOf([{ kind: 'take-from', column: 'Area', from: 'Postcode' }]),
  }
  expect((await cellsOf(blocks + rows, preparation)).map((row) => row.split('|')[4])).toEqual([
    ...['SW9 8AA', 'SW9 8AA', 'SW9 8AB', 'SW9 8AB'],
  ])
  const { table } = await openText(blocks + rows, preparation)
  await rowsOf(table)
  expect(table.receipt.prepared?.gaps).toEqual([{ rows: 4, filled: 4, changed: 0, without: 0 }])
})

it('uses the rules of the last file again only where nobody said how this one is prepared', async () => {
  const bytes = new TextEncoder().encode(TEXT)
  const source = {
    ...{ name: 'file', size: bytes.length },
    read: (offset: number, length: number) => Promise.resolve(bytes.slice(offset, offset + length)),
  }
  const before = { filling }
  const again = await openWithProposals({ source, choices: {} }, before)
  expect(again.preparation).toEqual({ filling })
  const said = await openWithProposals({ source, choices: { preparation: {} } }, before)
  expect((await rowsOf(said.table)).map(({ cells }) => cells[2])).toEqual(['', 'SW9 8AB'])
})

it('refuses a file without a column that a rule needs, and names it', async () => {
  await expect(openText('Ref,Postcode\n1,\n', { filling })).rejects.toMatchObject({
    code: 'filling-column-missing',
    detail: { heading: 'Centre', rule: 1 },
  })
})

it('keeps rules when the shape of the file is chosen anew', () => {
  expect(preparationAnswered([], {}, { filling, leaveOutMarked: ['struck'] })).toEqual({
    ...{ filling, leaveOutMarked: ['struck'] },
  })
})
