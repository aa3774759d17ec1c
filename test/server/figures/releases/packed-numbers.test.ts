import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createTestDatabase } from '../../setup/database.ts'

async function ask<Row extends pg.QueryResultRow>(statement: string): Promise<Row[]> {
  const database = await createTestDatabase()
  const client = new pg.Client(database.url)
  await client.connect()
  onTestFinished(async () => {
    await client.end()
    await database.drop()
  })
  return (await client.query<Row>(statement)).rows
}

describe('the numbers that a release packs', () => {
  test('always give back each of their parts, up to the largest that fits', async () => {
    const rows = await ask(`
      select who, year, place
        from generate_series(0, 5) as who,
             unnest(array[0, 1, 1900, 2024, 2199, 4095]) as year,
             unnest(array[0, 1, 4, 5, 4095]) as place
       where (cell_who(pack_cell(who, year, place)), cell_year(pack_cell(who, year, place)),
              cell_place(pack_cell(who, year, place))) <> (who, year, place)
          or (start_cell_who(pack_start_cell(who, place)), start_cell_place(pack_start_cell(who, place)))
             <> (who, place)`)
    expect(rows).toEqual([])
  })

  test('tell quarters as a child and as an adult apart, and the first of them', async () => {
    const [row] = await ask(`
      select child_quarters(packed) as child, adult_quarters(packed) as adult, all_quarters(packed) as "all",
             first_quarter(child_quarters(packed)) as "firstChild", first_quarter(adult_quarters(packed)) as "firstAdult",
             first_quarter(0) as never
        from (select pack_quarter(2, true) | pack_quarter(4, true) | pack_quarter(3, false) as packed) as used`)
    expect(row).toEqual({ child: 10, adult: 4, all: 14, firstChild: 1, firstAdult: 2, never: null })
  })

  test('put what was said at the earliest contact first, and silence behind what says something', async () => {
    const rows = await ask<{ value: number }>(`
      select said_value(said) as value from unnest(array[
        pack_said(8 + 1, 0, 0, 70), pack_said(8, 2, 0, 71), pack_said(8, 0, 9, 72), pack_said(8, 0, 2, 73)
      ]) as said order by said`)
    expect(rows.map(({ value }) => value)).toEqual([73, 72, 71, 70])
  })
})
