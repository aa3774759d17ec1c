import { expect, test } from 'vitest'
import { proposeFilling } from '#core/preparation/proposals/propose-filling.ts'

const HEADER = ['Client ID', 'First name', 'Surname', 'DOB']
const ROWS = [
  ['C-11', 'Amara', 'Okafor', '16/01/2019'],
  ['C-14', 'Ben', '', '22/07/2020'],
  ['C-17', 'Cara', 'Lowe', '13/08/2018'],
]

test('asks about one empty surname only where cells are merged over several rows', () => {
  expect(proposeFilling(HEADER, ROWS)).toBeUndefined()
  expect(proposeFilling(HEADER, ROWS, true)?.preparation).toEqual({
    fillDown: { blocks: ['Surname'] },
  })
})
