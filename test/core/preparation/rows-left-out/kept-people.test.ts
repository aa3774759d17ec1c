import { describe, expect, it } from 'vitest'
import {
  KEPT_PEOPLE,
  readRowNumbers,
  withKept,
  type KeptPeople,
} from '#core/preparation/rows-left-out/kept-people.ts'
import { openPrepared } from '#core/preparation/open-prepared.ts'
import { whyLeftOut } from '#core/preparation/rows-left-out/left-out-row.ts'
import { textSource } from '../../tabular/byte-sources.ts'
import { refusedWith } from '../../tabular/reading.ts'

const PEOPLE = [
  'Client ID,First name,Surname,Date of birth,Sessions',
  'C-1,Amara,Okafor,01/06/2019,3',
  'C-2,Ben,Hall,02/07/2020,2',
  'C-3,Cara,Lowe,13/08/2018,4',
  'C-4,Dev,Patel,14/09/2019,1',
  'C-5,,,,',
  'C-6,,,,',
  'Total,,,,10',
]

/** Rows that are left out, in the file's own numbers. */
async function leftOut(people?: KeptPeople, lines = PEOPLE): Promise<number[]> {
  const table = await openPrepared({
    source: textSource(`${lines.join('\n')}\n`),
    choices: people === undefined ? {} : { people },
    quarter: '2024-Q3',
  })
  const left: number[] = []
  for await (const { firstRow, rows } of table.batches())
    for (const [at, cells] of rows.entries())
      if (whyLeftOut(cells) !== undefined) left.push(table.receipt.headerRow + firstRow + at)
  return left
}

describe('rows that somebody says are people', () => {
  it('are kept, one by one or all that one finding is about, and others are left out', async () => {
    expect(await leftOut()).toEqual([6, 7, 8])
    expect(await leftOut({ rows: [{ row: 7 }] })).toEqual([6, 8])
    expect(await leftOut({ codes: ['rows-no-person'] })).toEqual([8])
    expect(await leftOut({ codes: ['rows-no-person'], rows: [{ row: 8 }] })).toEqual([])
  })

  it('are of their own sheet alone, and change nothing where they are people already', async () => {
    expect(await leftOut({ rows: [{ row: 7, sheet: 'May' }] })).toEqual([6, 7, 8])
    expect(await leftOut({ rows: [{ row: 2 }] })).toEqual([6, 7, 8])
  })

  it('are refused where the file has no such row', async () => {
    expect(await refusedWith(() => leftOut({ rows: [{ row: 900 }] }))).toEqual({
      code: 'row-not-there',
      detail: { fileRow: 900 },
    })
  })

  it('of a second table keep what follows as well', async () => {
    const second = ['', 'Volunteer,Role,Phone,Started,Hours', ...PEOPLE.slice(1, 5)]
    const lines = [...PEOPLE.slice(0, 5), ...second]
    const left = await leftOut(undefined, lines)
    expect(left).toEqual(expect.arrayContaining([7]))
    expect(await leftOut({ codes: ['rows-second-table'] }, lines)).toEqual([])
  })
})

describe('row numbers as a person writes them', () => {
  it.each([
    ['14', [14]],
    ['14, 18-20', [14, 18, 19, 20]],
    ['20 18–19;14', [14, 18, 19, 20]],
    ['7 - 9', [7, 8, 9]],
    ['7\n  –  9 ,11', [7, 8, 9, 11]],
  ])('%s', (text, rows) => {
    expect(readRowNumbers(text)).toEqual(rows)
  })

  it.each(['', '0', '-3', '5-', 'x', '9-7', '1-2000000', '12345678', '1.5', '1e3', '‮14'])(
    'refuses “%s”',
    (text) => {
      expect(readRowNumbers(text)).toBeUndefined()
    },
  )
})

it('what is said twice is kept once', () => {
  const once = withKept(undefined, { codes: ['rows-total'], rows: [{ row: 3, sheet: 'May' }] })
  expect(withKept(once, once)).toEqual(once)
  expect(KEPT_PEOPLE.safeParse(once).success).toBe(true)
})
