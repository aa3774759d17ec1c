import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { quarterDays, quartersBetween } from '#core/standard/quarter.ts'
import { createTestDatabase } from '../../setup/database.ts'

test('the database knows the days of every quarter as the core does, under any search_path', async () => {
  const database = await createTestDatabase()
  const client = new pg.Client(database.url)
  await client.connect()
  onTestFinished(async () => {
    await client.end()
    await database.drop()
  })
  const quarters = quartersBetween('1900-Q1', '2199-Q4')
  await client.query(`set search_path = 'pg_temp'`)
  const { rows } = await client.query(
    `select quarter, public.quarter_year(quarter) as year, public.quarter_of_year(quarter) as place,
            public.quarter_first_day(quarter)::text as first, public.quarter_last_day(quarter)::text as last
       from unnest($1::text[]) with ordinality as quarters (quarter, number) order by number`,
    [quarters],
  )
  expect(rows).toEqual(
    quarters.map((quarter) => ({
      quarter,
      year: Number(quarter.slice(0, 4)),
      place: Number(quarter.slice(6)),
      ...quarterDays(quarter),
    })),
  )
})
