import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type pg from 'pg'
import { databaseFault, isDatabaseError } from '#server/platform/db/database-fault.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { openPrisma } from '#server/platform/db/prisma.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'

let database: TestDatabase
let pool: pg.Pool

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openPool(database.url)
})

afterAll(async () => {
  await pool.end()
  await database.drop()
})

describe('Prisma', () => {
  test('reads what SQL wrote, over the same pool, and leaves the pool open', async () => {
    await pool.query(
      `insert into ward (code, name, gss_codes) values ('W1', 'Coldharbour', '{E05000000}')`,
    )
    const prisma = openPrisma(pool)
    expect(await prisma.ward.findMany()).toEqual([
      { code: 'W1', name: 'Coldharbour', gssCodes: ['E05000000'] },
    ])
    await prisma.$disconnect()
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  test('fails with an error that can be made a fault without its values', async () => {
    const prisma = openPrisma(pool)
    const data = { code: 'Canary-W2', name: 'Canary' }
    await prisma.ward.create({ data })
    const error: unknown = await prisma.ward.create({ data }).catch((cause: unknown) => cause)
    expect(isDatabaseError(error)).toBe(true)
    const fault = databaseFault(error)
    expect(fault).toMatchObject({ code: 'database-refused', detail: { state: 'P2002' } })
    expect(inspect(fault, { depth: null, showHidden: true })).not.toContain('Canary')
  })
})
